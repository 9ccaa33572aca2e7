#!/bin/sh
# What CI runs: draws every case and compares it with its golden. `check.sh --update` writes those
# that are missing or differ.
set -eu
cd "$(dirname "$0")"
exec "${PODIUM:-podium}" snapshot tapes/lunch.cast --workspace kitchen --goldens goldens \
  --matrix 'at=0:06,end size=60x20,100x30' \
  --matrix 'size=80x24 color=mono charset=ascii' "$@"

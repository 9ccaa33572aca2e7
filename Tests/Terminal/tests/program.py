"""The built podium, its tapes and its hub, as the tests use them."""

import atexit
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
TAPES = ROOT / "Fixtures" / "tapes"
_named = os.environ.get("PODIUM_BINARY", "")
BINARY = str(pathlib.Path(_named).resolve()) if _named else ""
DEADLINE = 30.0
# What whoever runs the tests has configured is none of theirs.
os.environ["XDG_CONFIG_HOME"] = "/nonexistent"
# Nor do the tapes of these runs belong among theirs.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="podium-state-")
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)


def require_binary():
    """Skips without a program to test; under CI that is a failure."""
    if BINARY and os.access(BINARY, os.X_OK):
        return
    reason = f"PODIUM_BINARY={_named!r} is no program: set it to the built podium"
    if os.environ.get("CI"):
        raise AssertionError(reason)
    raise unittest.SkipTest(reason)


def tape(name):
    """A recording among the fixtures."""
    return str(TAPES / f"{name}.cast")


def run(*arguments, data=b"", environment=None):
    """Runs podium to its end: its exit status, what it printed and what it complained of."""
    return subprocess.run(
        [BINARY, *arguments],
        input=data,
        capture_output=True,
        timeout=DEADLINE,
        check=False,
        env={**os.environ, **(environment or {})},
    )


class Hub:
    """`podium hub` on this machine. `port` 0 lets it choose one."""

    def __init__(self, *arguments, port=0):
        self.process = subprocess.Popen(
            [BINARY, "hub", "--listen", f"127.0.0.1:{port}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self.url = self._address()
        self.port = int(self.url.rpartition(":")[2])

    def _address(self):
        heard = b""
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline:
            if not select.select([self.process.stderr], [], [], 0.1)[0]:
                continue
            some = os.read(self.process.stderr.fileno(), 4096)
            heard += some
            found = re.search(rb"http://[0-9.]+:[0-9]+(?=;)", heard)
            if found:
                return found.group().decode()
            if not some:
                break
        self.kill()
        raise AssertionError(f"the hub does not listen: {heard.decode(errors='replace')}")

    def kill(self):
        """Ends it without warning, as a crash of its machine does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()

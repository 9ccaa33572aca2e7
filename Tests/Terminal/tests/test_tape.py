"""Tapes of live runs, tapes that are none, and what their schema says. PODIUM_BINARY names the program."""

import gzip
import json
import os
import pathlib
import re
import resource
import signal
import stat
import subprocess
import unittest

from tests.program import BINARY, DEADLINE, ROOT, TAPES, run, tape
from tests.test_cli import CommandLineTests

HEADER = '{"version":3,"term":{"cols":80,"rows":24},"podium":{"version":1,"start":0,"sources":["a"]}}\n'


def event(number, padding=""):
    """A line of NDJSON with one event."""
    return json.dumps(
        {
            "specversion": "1.0",
            "id": str(number),
            "source": "/t",
            "type": "com.example.task.created",
            "data": {"task": f"t{number % 50}", "subject": padding or f"Title {number}"},
        }
    ).encode() + b"\n"


class BadTapeTests(CommandLineTests):
    """What is no tape is told in one line with the file and the line, and left as it is."""

    def test_what_is_no_tape(self):
        cast3 = '{"version":3,"term":{"cols":80,"rows":24}}\n[0.1,"o","x"]\n'
        keyframe = HEADER + '[0.5,"m","x"]\n[0.000000,"k","{\\"format\\":1} b:AAAA"]\n'
        cases = {
            "cast2": ('{"version":2,"width":80,"height":24}\n', "line 1: an asciicast v2 of another program"),
            "cast3": (cast3, "line 1: an asciicast v3 of another program"),
            "noise": (b"\x00\xff\xfe" * 900 + b"\n", "line 1: not a tape: it does not begin with JSON"),
            "endless-noise": (b"\xa7" * (3 << 20), "line 1: not a tape: its first line does not end"),
            "empty": ("", "not a tape: it has no header line"),
            "backwards": (HEADER + '[1.0,"m",""]\n[-0.5,"m",""]\n', "line 3: the interval -0.5 is not a time"),
            "nan": (HEADER + '[NaN,"m",""]\n', "line 2: not JSON"),
            "keyframe": (keyframe, "line 3: this keyframe is broken"),
            "newer": ('{"version":3,"podium":{"version":2,"start":0}}\n', "upgrade podium to read it"),
            "zstd": (b"\x28\xb5\x2f\xfd....", "is compressed: unpack it with `zstd -d` first"),
        }
        for name, (contents, words) in cases.items():
            path = self.file(f"{name}.cast", contents)
            before = pathlib.Path(path).read_bytes()
            for command in ("snapshot", "replay"):
                with self.subTest(tape=name, command=command):
                    self.assert_fails(65, [f"{path}: ", words], command, path)
            self.assertEqual(pathlib.Path(path).read_bytes(), before)

    def test_a_pipe_and_a_device_are_no_tapes(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        self.assert_fails(65, "is no file but a pipe or device", "snapshot", str(pipe))
        self.assert_fails(65, "is no file but a pipe or device", "replay", "/dev/zero")

    def test_a_line_of_four_gigabytes(self):
        # Sparse: it takes no room on the disk.
        for name, beginning, words in (
            ("long", HEADER, "line 2: longer than 67108864 bytes"),
            ("headless", "", "line 1: not a tape: its first line does not end"),
        ):
            path = self.file(f"{name}.cast", beginning)
            os.truncate(path, 4 << 30)
            self.assert_fails(65, words, "snapshot", path)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(peak, 500 << 10, "KiB of memory")


class RedactionTests(CommandLineTests):
    """Secrets are taken out before anything is written, unless that is switched off."""

    EVENT = event(1, "token=t0p in /home/ana/x") + event(2, "member_id=m4 acme_abcdef")

    def record(self, *flags, config=None):
        path = self.folder / "run.cast"
        path.unlink(missing_ok=True)
        folder = self.folder / "config" / "podium"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(config or "")
        environment = {"XDG_CONFIG_HOME": str(self.folder / "config")}
        outcome = run("record", "-", "-o", str(path), *flags, data=self.EVENT, environment=environment)
        return outcome, path.read_text() if path.exists() else ""

    def test_by_default(self):
        outcome, text = self.record()
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn("token=[redacted:token] in ~/x", text)
        self.assertNotIn("t0p", text)
        self.assertIn("member_id=m4", text)

    def test_switched_off(self):
        for flags, config in ((["--no-redaction"], ""), ([], "[redaction]\nenabled = false\n")):
            with self.subTest(flags=flags):
                _, text = self.record(*flags, config=config)
                self.assertIn("token=t0p in /home/ana/x", text)

    def test_as_the_config_says(self):
        _, text = self.record(config=(
            '[redaction]\nfields = ["member_id"]\n'
            'shapes = [{ prefix = "acme_", characters = "a-z", least = 4, name = "acme" }]\n'))
        self.assertIn("member_id=[redacted:field] [redacted:acme]", text)

    def test_a_role_that_is_none(self):
        outcome, text = self.record(config='[redaction]\nrole = "boss"\n')
        self.assertEqual((outcome.returncode, text), (65, ""))
        self.assertIn(b"line 2: redaction.role: is no role: server, cook, expo", outcome.stderr)


class CompressedTapeTests(CommandLineTests):
    """A gzip tape is read as the tape it holds."""

    def test_it_is_drawn_the_same(self):
        plain = run("snapshot", tape("kitchen-rush"), "--format", "json").stdout
        packed = self.file("rush.anything", gzip.compress((TAPES / "kitchen-rush.cast").read_bytes()))
        self.assertEqual(run("snapshot", packed, "--format", "json").stdout, plain)

    def test_one_that_was_cut_off_opens_up_to_there(self):
        whole = gzip.compress((TAPES / "kitchen-rush.cast").read_bytes())
        packed = self.file("cut.gz", whole[: len(whole) // 2])
        outcome = run("snapshot", packed)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn(b"cut off", outcome.stderr)


class LiveTapeTests(CommandLineTests):
    """`podium monitor` leaves a tape behind."""

    def setUp(self):
        self.state = self.folder / self.id().rpartition(".")[2]
        self.tapes = self.state / "podium" / "tapes"

    def monitor(self, *arguments, data=b"", **options):
        return subprocess.run(
            [BINARY, "monitor", "-", *arguments],
            input=data,
            capture_output=True,
            timeout=DEADLINE,
            check=False,
            env={**os.environ, "XDG_STATE_HOME": str(self.state)},
            **options,
        )

    def test_it_says_where_and_the_tape_is_the_run(self):
        board = self.folder / "board.json"
        outcome = self.monitor("--board", str(board), data=b"".join(map(event, range(40))))
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        said = outcome.stderr.decode()
        found = re.search(r"^podium: recorded to (\S+); podium replay (\S+)$", said, re.M)
        self.assertIsNotNone(found, said)
        path = pathlib.Path(found[1])
        self.assertEqual(found[2], str(path))
        self.assertEqual(path.parent, self.tapes)
        self.assertRegex(path.name, r"\A[0-9]{8}T[0-9]{6}Z-.*\.cast\Z")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.tapes.stat().st_mode), 0o700)
        replayed = run("snapshot", str(path), "--format", "json").stdout
        self.assertEqual(replayed, board.read_bytes())
        self.assertIn(b"Title 39", replayed)

    def test_without_a_tape_nothing_is_left(self):
        outcome = self.monitor("--no-record", data=event(1))
        self.assertEqual((outcome.returncode, outcome.stderr), (0, b""))
        self.assertFalse(self.state.exists())

    def test_a_tape_of_its_own(self):
        path = self.folder / "own.cast"
        outcome = self.monitor("--record", str(path), data=event(1))
        self.assertIn(f"podium: recorded to {path};".encode(), outcome.stderr)
        self.assertFalse(self.state.exists())
        self.assertEqual(self.monitor("--record", str(path)).returncode, 73)
        self.assertEqual(self.monitor("--record", str(path), "--no-record").returncode, 64)

    def test_a_folder_that_cannot_be_made_ends_nothing(self):
        self.state.write_text("in the way")
        outcome = self.monitor(data=event(1))
        self.assertEqual(outcome.returncode, 0)
        self.assertIn(b"podium: not recorded to the end: cannot create ", outcome.stderr)
        self.assertIn(b"task.created", outcome.stdout)

    def test_a_full_disk_ends_nothing(self):
        def limit():
            # Writing beyond it fails as on a full disk.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

        events = b"".join(event(number, "x" * 900) for number in range(900))
        outcome = self.monitor(data=events, preexec_fn=limit)
        self.assertEqual(outcome.returncode, 0)
        said = outcome.stderr.decode()
        self.assertRegex(said, r"not recorded to the end: cannot write \S+: File too large; what came before is in")
        self.assertGreaterEqual(outcome.stdout.count(b"task.created"), 900)
        (path,) = self.tapes.iterdir()
        self.assertTrue(path.read_bytes().endswith(b"\n"))
        self.assertEqual(run("snapshot", str(path)).returncode, 0)

    def test_killed_it_opens_up_to_its_last_line(self):
        with subprocess.Popen(
            [BINARY, "monitor", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "XDG_STATE_HOME": str(self.state)},
        ) as podium:
            podium.stdin.write(b"".join(event(number, "x" * 900) for number in range(400)))
            podium.stdin.flush()
            for _ in range(300):
                podium.stdout.readline()
            podium.kill()
        (path,) = self.tapes.iterdir()
        outcome = run("snapshot", str(path))
        self.assertEqual(outcome.returncode, 0, outcome.stderr)

    def test_the_config_file_bounds_them(self):
        home = self.folder / "config"
        (home / "podium").mkdir(parents=True)
        (home / "podium" / "config.toml").write_text(
            f'[recording]\nfolder = "{self.folder}/elsewhere"\nsegment_mib = 1\ntotal_mib = 3\n'
        )
        events = b"".join(event(number, "x" * 4000) for number in range(1500))
        outcome = subprocess.run(
            [BINARY, "monitor", "-"],
            input=events,
            capture_output=True,
            timeout=DEADLINE,
            check=False,
            env={**os.environ, "XDG_CONFIG_HOME": str(home)},
        )
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        files = sorted((self.folder / "elsewhere").iterdir())
        self.assertGreater(len(files), 1)
        self.assertLess(sum(path.stat().st_size for path in files), 5 << 20)
        board = json.loads(run("snapshot", str(files[-1]), "--format", "json").stdout)
        self.assertTrue(board)


class SchemaTests(unittest.TestCase):
    """Every line of every tape we keep is one by docs/tape.schema.json."""

    def test_every_line(self):
        schema = json.loads((ROOT / "docs" / "tape.schema.json").read_text())
        for path in sorted(TAPES.glob("*.cast")):
            lines = path.read_bytes().decode().split("\n")
            for number, line in enumerate(lines, 1):
                if not line.strip() or line.startswith("#"):
                    continue
                name = "header" if line.startswith("{") else "event"
                with self.subTest(tape=path.name, line=number):
                    self.check(json.loads(line), schema["$defs"][name])

    def test_it_refuses_what_is_none(self):
        event = json.loads((ROOT / "docs" / "tape.schema.json").read_text())["$defs"]["event"]
        bad = (
            [-1, "m", ""], [1, "d", "0 sse x:"], [1, "d", "0 morse u:"], [1, "c", "0 {}"],
            [1, "k", "hello"], [1, "m"], [1, "m", 5],
        )  # fmt: skip
        for line in bad:
            with self.subTest(line=line), self.assertRaises(AssertionError):
                self.check(line, event)

    def check(self, value, schema):
        """What of JSON Schema this schema uses, and no more."""
        if schema is True:
            return
        kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
        if "type" in schema:
            self.assertIsInstance(value, kinds[schema["type"]])
        if "const" in schema:
            self.assertEqual(value, schema["const"])
        if "minimum" in schema:
            self.assertGreaterEqual(value, schema["minimum"])
        if "exclusiveMaximum" in schema:
            self.assertLess(value, schema["exclusiveMaximum"])
        if "pattern" in schema:
            self.assertRegex(value, re.compile(schema["pattern"], re.S))
        for name in schema.get("required", []):
            self.assertIn(name, value)
        for name, part in schema.get("properties", {}).items():
            if name in value:
                self.check(value[name], part)
        if "minItems" in schema:
            self.assertEqual(len(value), schema["minItems"])
        for item, part in zip(value if isinstance(value, list) else [], schema.get("prefixItems", [])):
            self.check(item, part)
        for part in schema.get("allOf", []):
            try:
                self.check(value, part["if"])
            except AssertionError:
                continue
            self.check(value, part["then"])
        if isinstance(value, list) and isinstance(schema.get("items"), dict):
            for item in value:
                self.check(item, schema["items"])


if __name__ == "__main__":
    unittest.main()

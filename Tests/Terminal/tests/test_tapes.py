"""Tapes as files: inspect, export and bundle, as the built program does them."""

import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
import unittest

import pyte

from podium_terminal import PodiumTerminal
from tests.program import require_binary, run, tape

ELSEWHERE = {"TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C", "TERM": "dumb"}
HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


class TapeTests(unittest.TestCase):
    """What every test here has: a folder, and the program."""

    @classmethod
    def setUpClass(cls):
        require_binary()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="podium-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def path(self, name):
        return str(self.folder / name)

    def succeed(self, *arguments, environment=None):
        outcome = run(*arguments, environment=environment)
        self.assertEqual(outcome.returncode, 0, outcome.stderr.decode())
        return outcome.stdout

    def assert_fails(self, code, words, *arguments):
        outcome = run(*arguments)
        complaint = outcome.stderr.decode()
        self.assertEqual(outcome.returncode, code, complaint)
        self.assertIn(words, complaint)
        return outcome.stdout.decode()


class DeterminismTests(TapeTests):
    """The same tape and options give the same bytes in any locale, time zone and terminal."""

    def test_same_bytes_anywhere(self):
        some = tape("gaps")
        commands = [("inspect", some), ("inspect", some, "--json")] + [
            ("export", some, "--to", form, "-o", "-", "--workspace", "link")
            for form in ("cast", "svg", "html", "json", "ndjson")
        ]
        for command in commands:
            with self.subTest(command=command):
                there = self.succeed(*command, environment=ELSEWHERE)
                self.assertTrue(there)
                self.assertEqual(self.succeed(*command, environment=HERE), there)

    def test_same_bundle_anywhere(self):
        names = [self.path("there.tar"), self.path("here.tar")]
        for name, environment in zip(names, (ELSEWHERE, HERE)):
            self.succeed("bundle", tape("gaps"), "-o", name, environment=environment)
        self.assertEqual(*[pathlib.Path(name).read_bytes() for name in names])


class InspectTests(TapeTests):
    """`podium inspect`"""

    def test_json_is_one_object(self):
        report = json.loads(self.succeed("inspect", tape("outage"), "--json"))
        self.assertEqual(report["tape"]["bytes"], os.path.getsize(tape("outage")))
        self.assertEqual(report["connections"][0]["outageCount"], 2)
        self.assertEqual(report["markers"][0]["label"], "still down")

    def test_a_stretch(self):
        report = json.loads(
            self.succeed("inspect", tape("outage"), "--json", "--from", "10", "--to", "0:30")
        )
        self.assertEqual(report["span"]["lengthUs"], 20_000_000)
        self.assertEqual(report["connections"][0]["outageCount"], 1)

    def test_bad_tapes(self):
        noise = self.folder / "noise.cast"
        noise.write_bytes(os.urandom(3000) + b"\n")
        for command in (["inspect"], ["export", "--to", "cast", "-o", self.path("n")]):
            self.assert_fails(65, "not a tape", *command, str(noise))
            self.assert_fails(66, "check the path", *command, "/no/such.cast")
        self.assertFalse(os.path.exists(self.path("n")))
        self.assert_fails(64, "--to is not before --from", "inspect", tape("gaps"), "--from", "9", "--to", "3")


class ExportTests(TapeTests):
    """`podium export`"""

    def snapshot(self, *arguments):
        return self.succeed("snapshot", *arguments, "--size", "100x30").decode().splitlines()

    def cast(self, name, *arguments):
        path = self.path(name)
        self.succeed("export", tape("kitchen-rush"), "--to", "cast", "-o", path, "--force",
                     "--workspace", "kitchen", "--size", "100x30", "--end", "30", *arguments)
        return path

    def test_a_cast_shows_what_the_tape_shows(self):
        expected = self.snapshot(tape("kitchen-rush"), "--at", "30", "--workspace", "kitchen")
        for version in ("2", "3"):
            with open(self.cast("a.cast", "--cast-version", version), encoding="utf-8") as file:
                header, *lines = [json.loads(line) for line in file]
            self.assertEqual(header["version"], int(version))
            screen = pyte.Screen(100, 30)
            stream = pyte.Stream(screen)
            for _, code, data in lines[:-1]:
                if code == "o":
                    stream.feed(data)
            self.assertEqual([line.rstrip() for line in screen.display], expected)
            time = lines[-1][0] if version == "2" else sum(line[0] for line in lines)
            self.assertAlmostEqual(time, 30, places=3)

    def test_asciinema_plays_a_cast(self):
        if shutil.which("asciinema") is None:
            self.skipTest("asciinema is not installed")
        expected = self.snapshot(tape("kitchen-rush"), "--at", "30", "--workspace", "kitchen")
        command = ["asciinema", "play", "-s", "100", self.cast("b.cast")]
        with PodiumTerminal(command, columns=100, rows=31) as terminal:
            terminal.wait_for_exit()
            self.assertEqual([line.rstrip() for line in terminal.lines()][:30], expected)

    def test_a_cast_with_its_data_is_a_tape(self):
        path = self.path("both.cast")
        self.succeed("export", tape("gaps"), "--to", "cast", "--with-data", "-o", path,
                     "--workspace", "link", "--size", "100x30")
        self.assertEqual(self.succeed("snapshot", path, "--format", "json"),
                         self.succeed("snapshot", tape("gaps"), "--format", "json"))
        with open(path, encoding="utf-8") as file:
            self.assertEqual({json.loads(line)[1] for line in list(file)[1:]}, {"c", "d", "o"})

    def test_speed_and_idle_limit_shorten(self):
        def length(*options):
            with open(self.cast("c.cast", *options), encoding="utf-8") as file:
                return json.loads(file.readlines()[-1])[0]

        self.assertAlmostEqual(length("--speed", "10"), 3, places=3)
        self.assertLess(length("--idle-limit", "0.1"), 20)

    def test_events_are_those_of_tail(self):
        events = self.succeed("export", tape("gaps"), "--to", "ndjson", "-o", "-").splitlines()
        names = [(event["source"], event["id"]) for event in map(json.loads, events)]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len(names), 17)

    def test_nothing_is_overwritten(self):
        precious = self.folder / "precious"
        precious.write_text("precious")
        some = ("export", tape("gaps"), "--to", "json", "-o", str(precious))
        self.assert_fails(73, "choose another name, or --force", *some)
        self.assertEqual(precious.read_text(), "precious")
        self.succeed(*some, "--force")
        self.assertTrue(json.loads(precious.read_bytes()))
        self.assert_fails(73, "/no/such", *some[:-1], "/no/such/x")

    def test_what_is_too_long_says_what_to_do(self):
        path = self.path("long.svg")
        self.assert_fails(64, "--fps 1", "export", tape("agents-busy"), "--to", "svg", "-o", path,
                          "--size", "80x24", "--workspace", "agents")
        self.assertFalse(os.path.exists(path))


class BundleTests(TapeTests):
    """`podium bundle`"""

    def test_a_bundle_is_checked_by_hand_as_its_readme_says(self):
        path = self.path("incident")
        told = self.succeed("bundle", tape("gaps"), "-o", path).decode()
        seal = told.split("seal ")[1].split()[0]
        readme = pathlib.Path(path, "README.txt").read_text(encoding="utf-8")
        by_hand = readme.split("the seal:\n")[1]
        outcome = subprocess.run(["sh", "-c", by_hand], cwd=path, capture_output=True, check=True)
        printed = outcome.stdout.decode()
        self.assertNotIn("FAILED", printed)
        self.assertNotIn("broken", printed)
        self.assertIn("tape.cast: OK", printed)
        self.assertTrue(printed.splitlines()[-1].startswith(seal))
        self.assertIn("all as they were bundled",
                      self.succeed("bundle", "--verify", path, "--seal", seal).decode())

    def test_differences_are_named(self):
        path = self.path("altered")
        self.succeed("bundle", tape("gaps"), "-o", path)
        board = pathlib.Path(path, "board.json")
        board.write_bytes(board.read_bytes()[:-1])
        os.remove(os.path.join(path, "alerts.json"))
        told = self.assert_fails(1, "not as it was bundled: 2 differences", "bundle", "--verify", path)
        self.assertIn("changed: board.json", told)
        self.assertIn("missing: alerts.json", told)
        manifest = pathlib.Path(path, "MANIFEST")
        manifest.write_bytes(manifest.read_bytes().replace(b"board.json", b"board.JSON"))
        told = self.assert_fails(1, "1 difference", "bundle", "--verify", path)
        self.assertIn("altered: MANIFEST, line", told)

    def test_no_bundle(self):
        empty = self.folder / "empty"
        empty.mkdir()
        self.assert_fails(65, "has no MANIFEST", "bundle", "--verify", str(empty))
        self.assert_fails(65, "neither a folder nor a tar", "bundle", "--verify", tape("gaps"))
        self.assert_fails(66, "/no/such", "bundle", "--verify", "/no/such")
        self.assert_fails(66, "/no/such", "bundle", "/no/such.cast", "-o", self.path("never"))
        self.assertFalse(os.path.exists(self.path("never")))

    def test_an_archive_is_one_for_tar_too(self):
        path = self.path("incident.tar")
        self.succeed("bundle", tape("outage"), "-o", path)
        with tarfile.open(path) as archive:
            self.assertEqual(archive.getnames()[-1], "MANIFEST")
            recorded = archive.extractfile("tape.cast").read()
        self.assertEqual(recorded, pathlib.Path(tape("outage")).read_bytes())
        self.succeed("bundle", "--verify", path)


if __name__ == "__main__":
    unittest.main()

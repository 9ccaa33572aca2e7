"""`podium snapshot`: pictures, goldens, matrices and their review. PODIUM_BINARY names the program."""

import gzip
import hashlib
import json
import os
import pathlib
import shutil
import signal
import tempfile
import unittest
import xml.etree.ElementTree as XML

from lifecycle import Lifecycle
from podium_terminal import PodiumTerminal
from tests.program import BINARY, require_binary, run, tape
from tests.test_cli import CommandLineTests

FORMS = ("text", "ansi", "svg", "html", "golden", "json")
ENVIRONMENTS = [
    {"TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C", "TERM": "dumb", "PODIUM_BIDI": "terminal"},
    {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
    {"NO_COLOR": "1", "COLUMNS": "33", "LINES": "7", "COLORTERM": "truecolor"},
]


class PictureTests(CommandLineTests):
    """The same tape, moment and options give the same bytes anywhere."""

    def test_the_same_bytes_anywhere(self):
        views = [
            ("--at", "2"),
            ("--at", "-1", "--workspace", "link", "--color", "256"),
            ("--at", "1:00", "--focus", "tasks", "--zoom", "--theme", "light", "--ascii"),
            ("--at", "5:00", "--lang", "ar", "--size", "90x30"),
        ]
        for form in FORMS:
            for view in views:
                digests = set()
                for environment in ENVIRONMENTS:
                    outcome = run(
                        "snapshot", tape("agents-busy"), *view, "--format", form,
                        environment=environment,
                    )
                    self.assertEqual(outcome.returncode, 0, outcome.stderr)
                    self.assertTrue(outcome.stdout)
                    digests.add(hashlib.sha256(outcome.stdout).hexdigest())
                self.assertEqual(len(digests), 1, (form, view))

    def test_json_is_a_batch_of_events(self):
        events = json.loads(run("snapshot", tape("kitchen-rush"), "--format", "json").stdout)
        self.assertTrue(events)
        self.assertEqual({event["specversion"] for event in events}, {"1.0"})

    def test_every_tape_is_drawn_at_every_size(self):
        for name in ("agents-busy", "kitchen-rush", "outage", "gaps", "hostile", "empty"):
            for size in ("1x1", "40x12", "80x24", "200x60"):
                with self.subTest(tape=name, size=size):
                    outcome = run("snapshot", tape(name), "--size", size)
                    self.assertEqual(outcome.returncode, 0, outcome.stderr)
                    self.assertEqual(outcome.stdout.count(b"\n"), int(size.split("x")[1]))

    def test_the_largest_picture(self):
        golden = str(self.folder / "large.golden")
        drawing = ("snapshot", tape("hostile"), "--size", "1000x1000", "--check", golden)
        self.assertEqual(run(*drawing, "--update").returncode, 0)
        self.assertEqual(run(*drawing).returncode, 0)

    def test_svg_is_whole_and_needs_no_network(self):
        for name in ("hostile", "kitchen-rush"):
            svg = run("snapshot", tape(name), "--format", "svg").stdout
            XML.fromstring(svg)
            for word in (b"@import", b"url(", b"href", b"<script", b"@font-face"):
                self.assertNotIn(word, svg)

    def test_the_ending_of_the_file_chooses_the_form(self):
        starts = {"svg": b"<svg", "html": b"<!DOCTYPE", "json": b"[", "golden": b"podium-snapshot 2"}
        for ending, start in starts.items():
            path = self.folder / f"picture.{ending}"
            self.assertEqual(run("snapshot", tape("gaps"), "-o", str(path)).returncode, 0)
            self.assertTrue(path.read_bytes().startswith(start), ending)

    def test_png_is_told_how(self):
        for arguments in (("--format", "png"), ("-o", "x.png")):
            self.assert_fails(64, "| rsvg-convert -o", "snapshot", tape("gaps"), *arguments)

    def test_a_tape_is_never_overwritten(self):
        path = self.file("own.cast", pathlib.Path(tape("gaps")).read_bytes())
        self.assert_fails(73, "is the tape itself", "snapshot", path, "-o", path)
        self.assertEqual(pathlib.Path(path).read_bytes(), pathlib.Path(tape("gaps")).read_bytes())

    def test_moments(self):
        some = tape("outage")
        end = run("snapshot", some, "--at", "end").stdout
        self.assertEqual(run("snapshot", some, "--at", "-0").stdout, end)
        self.assertEqual(run("snapshot", some).stdout, end)
        self.assertNotEqual(run("snapshot", some, "--at", "-30").stdout, end)
        half = run("snapshot", some, "--at", "0:30").stdout
        self.assertEqual(run("snapshot", some, "--at=30s").stdout, half)
        self.assert_fails(65, "is not on it", "snapshot", some, "--at", "03:00:00")

    def test_help_tells_the_options_and_the_review(self):
        text = run("snapshot", "--help").stdout.decode()
        for word in ("--matrix", "--at", "podium snapshot review DIR", "--update"):
            self.assertIn(word, text)
        self.assertIn("--accept-all", run("snapshot", "review", "--help").stdout.decode())


class GoldenTests(CommandLineTests):
    """One golden file, checked and written."""

    def setUp(self):
        self.golden = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "rush.golden"
        self.check = ("snapshot", tape("kitchen-rush"), "--workspace", "kitchen", "--check", str(self.golden))
        self.actual = pathlib.Path(f"{self.golden}.actual")

    def test_its_life(self):
        missing = run(*self.check)
        self.assertEqual((missing.returncode, missing.stdout), (66, b""))
        self.assertIn(b"add --update", missing.stderr)
        self.assertTrue(self.actual.exists())
        self.assertEqual(run(*self.check, "--update").returncode, 0)
        self.assertFalse(self.actual.exists())
        made = self.golden.read_bytes()
        self.assertTrue(made.startswith(b"podium-snapshot 2 120x40\ncase rush\nglyphs\n"))
        self.assertEqual(run(*self.check).returncode, 0)
        differing = run(*self.check, "--at", "1", "--width", "250")
        self.assertEqual(differing.returncode, 1)
        self.assertRegex(differing.stderr.decode(), r"\Apodium: .*rush\.golden differs: .*\.actual\n\Z")
        self.assertIn("expected", differing.stdout.decode())
        self.assertNotIn("\x1b", differing.stdout.decode())
        self.assertEqual(self.golden.read_bytes(), made)

    def test_a_golden_by_format_is_the_one_by_update(self):
        run(*self.check, "--update")
        other = self.folder / "rush.cast"
        other.write_bytes(pathlib.Path(tape("kitchen-rush")).read_bytes())
        printed = run("snapshot", str(other), "--workspace", "kitchen", "--format", "golden").stdout
        self.assertEqual(printed, self.golden.read_bytes())

    def test_bad_goldens(self):
        run(*self.check, "--update")
        whole = self.golden.read_bytes()
        cases = {
            "noise": (os.urandom(2000), ":1: this is no golden"),
            "gzip": (gzip.compress(whole), ":1: this is no golden"),
            "empty": (b"", ":1: the golden is cut off here"),
            "newer": (whole.replace(b"snapshot 2", b"snapshot 3", 1), ":1: format version 3 is newer"),
            "other size": (
                b"podium-snapshot 2 1x1\ncase x\nglyphs\n\xe2\x94\x82x\xe2\x94\x82\nstyles\n"
                b"\xe2\x94\x82.\xe2\x94\x82\nlegend\nend\n", ":1: the golden is 1x1 and the picture 120x40"),
            "cut off": (whole[: len(whole) // 2], "cut off"),
            "no end": (whole[: -len(b"end\n")], "cut off here: expected a style or"),
            "conflict": (whole.replace(b"styles\n", b"<<<<<<< HEAD\nstyles\n", 1), ":44: a merge conflict"),
        }
        for name, (contents, words) in cases.items():
            with self.subTest(name):
                self.golden.write_bytes(contents)
                self.assert_fails(65, [str(self.golden), words], *self.check)
                self.assertEqual(self.golden.read_bytes(), contents)

    def test_line_ends_of_another_system(self):
        run(*self.check, "--update")
        self.golden.write_bytes(self.golden.read_bytes().replace(b"\n", b"\r\n"))
        self.assertEqual(run(*self.check).returncode, 0)

    def test_places_that_cannot_be(self):
        self.golden.mkdir()
        self.assert_fails(66, "Is a directory", *self.check)
        some = tape("gaps")
        self.assert_fails(66, "Not a directory", "snapshot", some, "--check", f"{some}/x.golden")
        self.assert_fails(73, "/no/such", "snapshot", some, "--check", "/no/such/x.golden", "--update")
        self.assert_fails(66, "Not a directory", "snapshot", some, "--goldens", f"{some}/x", "--update")
        pipe = str(self.folder / "pipe")
        os.mkfifo(pipe)
        self.assert_fails(66, "cannot read", "snapshot", some, "--check", pipe)

    def test_width(self):
        run(*self.check, "--update")
        for width in (40, 80, 200):
            text = run(*self.check, "--at", "1", "--width", str(width)).stdout.decode()
            self.assertLessEqual(max(map(len, text.splitlines())), width)

    def test_misuse(self):
        some = tape("gaps")
        cases = [
            ("name a tape", ()),
            ("name the golden", (some, "--check")),
            ("--update writes", (some, "--update")),
            ("--prune goes with", (some, "--goldens", "x", "--prune")),
            ("needs --goldens", (some, "--matrix", "size=1x1")),
            ("several tapes", (some, some)),
            ("--width is between", (some, "--check", "x", "--width", "3")),
        ]
        for words, arguments in cases:
            self.assert_misused(words, "snapshot", *arguments)


class MatrixTests(CommandLineTests):
    """Many cases in one line, and the folder of their goldens."""

    AXES = "size=60x20,80x24 color=truecolor,mono theme=dark,light workspace=agents,kitchen at=0:14,end"

    def setUp(self):
        self.goldens = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "goldens"
        self.matrix = ("snapshot", tape("outage"), "--matrix", self.AXES, "--goldens", str(self.goldens))

    def names(self):
        return sorted(path.name for path in self.goldens.iterdir())

    def test_its_life(self):
        missing = run(*self.matrix, "--check")
        self.assertEqual(missing.returncode, 1)
        self.assertIn(b"32 cases: 32 missing", missing.stdout)
        written = run(*self.matrix, "--update")
        self.assertEqual((written.returncode, written.stderr), (0, b""))
        self.assertEqual(len(self.names()), 32)
        self.assertIn("outage.at-end.kitchen.80x24.mono.light.golden", self.names())
        equal = run(*self.matrix, "--check")
        self.assertEqual(equal.returncode, 0)
        self.assertTrue(equal.stdout.endswith(b"\n32 cases: 32 equal\n"))
        self.assertEqual(equal.stdout.count(b"\nequal    outage."), 31)

    def test_differing_missing_broken_and_unused(self):
        matrix = ("snapshot", tape("outage"), "--matrix", "at=5,10,14,20", "--goldens", str(self.goldens))
        run(*matrix, "--update")
        first, second, third, _ = (self.goldens / name for name in self.names())
        first.write_text(first.read_text().replace("LIVE", "DEAD"))
        second.unlink()
        shutil.copy(third, self.goldens / "stray.golden")
        outcome = run(*matrix)
        self.assertEqual(outcome.returncode, 1)
        lines = outcome.stdout.decode().splitlines()
        self.assertEqual(
            [line.split()[:2] for line in lines[:5]],
            [["differs", "outage.at-00m05s"], ["missing", "outage.at-00m10s"],
             ["equal", "outage.at-00m14s"], ["equal", "outage.at-00m20s"], ["unused", "stray.golden"]])
        self.assertEqual(
            lines[-1], "4 cases: 1 differ, 1 missing, 2 equal; 1 golden that no case names")
        self.assertRegex(outcome.stderr.decode(), r"\Apodium: .*podium snapshot review .*--prune\n\Z")
        self.assertEqual(
            run("snapshot", "review", str(self.goldens), "--list").stdout.decode().splitlines()[1],
            "outage.at-00m10s.golden  new: there is no golden yet")
        third.write_bytes(b"noise")
        self.assertEqual(run(*matrix).returncode, 65)
        self.assertEqual(third.read_bytes(), b"noise")

    def test_update_removes_only_when_told(self):
        matrix = ("snapshot", tape("outage"), "--goldens", str(self.goldens), "--update", "--matrix")
        run(*matrix, "size=60x20,80x24")
        kept = run(*matrix, "size=60x20")
        self.assertEqual(kept.returncode, 1)
        self.assertEqual(len(self.names()), 2)
        pruned = run(*matrix, "size=60x20", "--prune")
        self.assertEqual(pruned.returncode, 0)
        self.assertIn(b"removed  outage.80x24.golden", pruned.stdout)
        self.assertEqual(self.names(), ["outage.60x20.golden"])

    def test_pictures_of_every_case(self):
        outcome = run(
            "snapshot", tape("gaps"), tape("outage"), "--matrix", "theme=dark,light",
            "--format", "svg", "-o", str(self.goldens))
        self.assertEqual(outcome.returncode, 0)
        self.assertEqual(
            self.names(), ["gaps.dark.svg", "gaps.light.svg", "outage.dark.svg", "outage.light.svg"])

    def test_a_matrix_that_cannot_be_meant(self):
        for axes in ("size", "sizes=1x1", "size=0x0", "theme=plaid", "workspace=agents focus=tickets"):
            with self.subTest(axes):
                self.assert_fails(64, "", *self.matrix[:3], axes, "--goldens", str(self.goldens))
        self.assertFalse(self.goldens.exists())

    def test_a_folder_that_is_a_file(self):
        path = self.file("no-folder", "")
        self.assert_fails(66, "Not a directory", "snapshot", tape("gaps"), "--goldens", path)
        self.assert_fails(66, "Not a directory", "snapshot", "review", path)

    def test_the_review_for_scripts(self):
        matrix = ("snapshot", tape("outage"), "--matrix", "size=60x20,80x24", "--goldens", str(self.goldens))
        run(*matrix, "--update")
        for path in self.goldens.iterdir():
            path.write_text(path.read_text().replace("│ ", "│x", 1))
        review = ("snapshot", "review", str(self.goldens))
        self.assertEqual(run(*matrix).returncode, 1)
        rejected = run(*review, "--reject-all")
        self.assertIn(b"0 accepted, 2 rejected, 0 left as they are", rejected.stdout)
        self.assertEqual(len(self.names()), 2)
        run(*matrix)
        self.assertEqual(run(*review, "--accept-all").returncode, 0)
        self.assertEqual(run(*matrix).returncode, 0)
        self.assertIn(b"waits to be judged", run(*review).stdout)
        run(*matrix, "--at", "1")
        (self.goldens / "outage.60x20.golden.actual").write_bytes(b"noise")
        partly = run(*review, "--accept-all")
        self.assertEqual(partly.returncode, 65)
        self.assertIn(b"1 accepted, 0 rejected, 1 left", partly.stdout)
        self.assert_fails(64, "needs a terminal", *review)
        self.assert_misused("exclude each other", *review, "--list", "--accept-all")


class ColourTests(CommandLineTests):
    """A difference in a terminal has its colours and its width."""

    def difference(self, columns, environment=None):
        golden = str(self.folder / "colours.golden")
        some = ("snapshot", tape("kitchen-rush"), "--workspace", "kitchen", "--check", golden)
        run(*some, "--update")
        terminal = PodiumTerminal(
            [BINARY, *some, "--at", "1:30"], columns=columns, rows=50, environment=environment)
        self.addCleanup(terminal.close)
        self.assertEqual(terminal.wait_for_exit(), 1)
        return terminal

    def test_colours_and_width_of_the_terminal(self):
        terminal = self.difference(100, {"COLORTERM": "truecolor"})
        self.assertIn(b"\x1b[", terminal.raw)
        self.assertIn(b"38;2;", terminal.raw)
        self.assertNotIn(b"38;2;", self.difference(100).raw)

    def test_no_colours_where_none_are_wanted(self):
        self.assertNotIn(b"\x1b", self.difference(100, {"NO_COLOR": "1"}).raw)
        self.assertNotIn(b"\x1b", self.difference(100, {"TERM": "dumb"}).raw)


class ReviewFolder:
    """A folder with three pictures that wait."""

    @classmethod
    def prepare(cls):
        folder = tempfile.mkdtemp(prefix="podium-review-")
        matrix = ("snapshot", tape("outage"), "--matrix", "at=5,14,20", "--goldens", folder)
        run(*matrix, "--update")
        for path in pathlib.Path(folder).iterdir():
            path.write_text(path.read_text().replace(" podium ", " PODIUM "))
        run(*matrix)
        return folder


class ReviewLifecycleTests(Lifecycle, unittest.TestCase):
    """The review takes the terminal and gives it back, however it ends."""

    @classmethod
    def setUpClass(cls):
        require_binary()
        folder = ReviewFolder.prepare()
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.command = [BINARY, "snapshot", "review", folder]

    def ready(self, terminal):
        return "1/3" in terminal.lines()[0] and "accept" in terminal.lines()[-1]


class ReviewTests(unittest.TestCase):
    """What the keys of the review do."""

    @classmethod
    def setUpClass(cls):
        require_binary()

    def setUp(self):
        self.folder = pathlib.Path(ReviewFolder.prepare())
        self.addCleanup(shutil.rmtree, self.folder)

    def start(self):
        terminal = PodiumTerminal([BINARY, "snapshot", "review", str(self.folder)], columns=100, rows=30)
        self.addCleanup(terminal.close)
        return terminal.wait_for("1/3  outage.at-00m05s.golden")

    def test_accept_reject_and_skip(self):
        terminal = self.start()
        terminal.wait_for("difference  1 row differs: 6 glyphs")
        terminal.press("f")
        terminal.wait_for(" actual ")
        terminal.press("f")
        terminal.wait_for(" expected ")
        terminal.press("a")
        terminal.wait_for("2/3  outage.at-00m14s.golden")
        terminal.press("r")
        terminal.wait_for("3/3  outage.at-00m20s.golden")
        terminal.press("s")
        self.assertEqual(terminal.wait_for_exit(), 0)
        self.assertIn("1 accepted, 1 rejected, 1 left as they are", terminal.text())
        names = sorted(path.name for path in self.folder.iterdir())
        self.assertEqual(
            names, ["outage.at-00m05s.golden", "outage.at-00m14s.golden", "outage.at-00m20s.golden",
                    "outage.at-00m20s.golden.actual"])
        self.assertNotIn("PODIUM", (self.folder / names[0]).read_text())
        self.assertIn("PODIUM", (self.folder / names[1]).read_text())

    def test_what_was_decided_stays_when_a_signal_ends_it(self):
        terminal = self.start()
        terminal.press("a")
        terminal.wait_for("2/3")
        terminal.signal(signal.SIGTERM)
        terminal.wait_for_exit()
        self.assertEqual(terminal.modes(), terminal.modes_before)
        self.assertEqual(len(list(self.folder.glob("*.actual"))), 2)

    def test_another_size_is_drawn_anew(self):
        terminal = self.start()
        terminal.resize(60, 20)
        terminal.wait_for(lambda it: "accept" in it.lines()[19])


if __name__ == "__main__":
    unittest.main()

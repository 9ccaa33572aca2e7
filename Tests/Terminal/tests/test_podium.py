"""The podium program in a real terminal. PODIUM_BINARY names it."""

import os
import pathlib
import subprocess
import unittest

from lifecycle import Lifecycle
from podium_terminal import PodiumTerminal

ROOT = pathlib.Path(__file__).resolve().parents[3]
BINARY = os.environ.get("PODIUM_BINARY", "")
BINARY = str(pathlib.Path(BINARY).resolve()) if BINARY else ""


def require_binary():
    if BINARY and os.access(BINARY, os.X_OK):
        return
    reason = f"PODIUM_BINARY={BINARY!r} is no program: set it to the built podium"
    if os.environ.get("CI"):
        raise AssertionError(reason)
    raise unittest.SkipTest(reason)


def tape():
    """The recording to replay: PODIUM_TAPE, or the first one among the fixtures."""
    named = os.environ.get("PODIUM_TAPE")
    tapes = [named] if named else sorted(map(str, (ROOT / "Tests").rglob("*.cast")))
    if not tapes and os.environ.get("CI"):
        raise AssertionError("no tape: set PODIUM_TAPE")
    if not tapes:
        raise unittest.SkipTest("no tape: set PODIUM_TAPE")
    return tapes[0]


class DemoLifecycleTests(Lifecycle, unittest.TestCase):
    """`podium demo` takes the terminal and gives it back."""

    command = [BINARY, "demo", "--seed", "1"]

    @classmethod
    def setUpClass(cls):
        require_binary()

    def ready(self, terminal):
        # The frame is drawn when most of its rows hold something.
        filled = sum(1 for line in terminal.lines() if line)
        return filled * 2 > terminal.screen.lines


class DashboardTests(unittest.TestCase):
    """What the dashboard shows and how it answers keys."""

    @classmethod
    def setUpClass(cls):
        require_binary()

    def start(self, *arguments, **options):
        terminal = PodiumTerminal([BINARY, *arguments], columns=120, rows=40, **options)
        self.addCleanup(terminal.close)
        return terminal

    def demo(self, **options):
        terminal = self.start("demo", "--seed", "1", **options)
        terminal.wait_for(lambda it: sum(1 for line in it.lines() if line) > 20)
        return terminal

    def test_function_keys_switch_workspaces(self):
        terminal = self.demo()
        seen = []
        for key in ("f2", "f3", "f1"):
            before = body(terminal)
            terminal.press(key)
            terminal.wait_for(lambda it: differing(before, body(it)) > 10, what=f"{key} to switch")
            seen.append(titles(terminal))
        self.assertEqual(len(set(seen)), 3, seen)

    def test_help_opens_and_closes(self):
        terminal = self.demo()
        closed = terminal.text().lower().count("quit")
        terminal.press("?")
        terminal.wait_for(lambda it: it.text().lower().count("quit") > closed, what="the help")
        terminal.press("escape")
        terminal.wait_for(lambda it: it.text().lower().count("quit") <= closed, what="no help")
        terminal.press("q")
        self.assertEqual(terminal.wait_for_exit(), 0)

    def test_colours_follow_the_terminal(self):
        truecolor = self.demo(environment={"COLORTERM": "truecolor"})
        self.assertIn(b"38;2;", truecolor.raw)
        indexed = self.demo(environment={"COLORTERM": None})
        self.assertNotIn(b"38;2;", indexed.raw)

    def test_a_file_as_output_is_not_drawn_on(self):
        outcome = subprocess.run(
            [BINARY, "replay", tape(), "--speed", "1000"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        self.assertNotIn(b"\x1b[?1049h", outcome.stdout)

    def test_the_screen_is_the_snapshot(self):
        path = tape()
        snapshot = subprocess.run(
            [BINARY, "snapshot", path, "--size", "120x40", "--format", "text"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        # The first and last rows tell of the session (live, paused, keys), not of the recording.
        expected = [line.rstrip() for line in snapshot.splitlines()][1:39]
        terminal = self.start("replay", path, "--paused", "--from", "end")
        try:
            terminal.wait_for(lambda it: it.lines()[1:39] == expected)
        except AssertionError:
            self.assertEqual(terminal.lines()[1:39], expected)


def body(terminal):
    return terminal.lines()[1:-1]


def differing(one, other):
    return sum(1 for left, right in zip(one, other) if left != right)


def titles(terminal):
    """The letters of the row where the first panes begin: their titles, without their counts."""
    for line in body(terminal):
        if any(corner in line for corner in "┌╭┏"):
            return "".join(character for character in line if character.isalpha())
    return ""

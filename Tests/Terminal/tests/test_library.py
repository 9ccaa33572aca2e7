"""The library itself, tried on programs every system has."""

import signal
import sys
import unittest

from podium_terminal import PodiumTerminal, Timeout

ECHO = "import sys,tty; tty.setraw(0)\nwhile True: print(repr(sys.stdin.read(1)), flush=True)"


class LibraryTests(unittest.TestCase):
    def start(self, *command, **options):
        terminal = PodiumTerminal(list(command), **options)
        self.addCleanup(terminal.close)
        return terminal

    def test_shows_text_and_exit_status(self):
        terminal = self.start("sh", "-c", "printf 'one\\ntwo'; exit 3")
        self.assertEqual(terminal.wait_for_exit(), 3)
        self.assertEqual(terminal.lines()[:2], ["one", "two"])

    def test_keeps_attributes(self):
        terminal = self.start("printf", r"\033[1;7;31mx\033[0my")
        terminal.wait_for_exit()
        first, second = terminal.cell(0, 0), terminal.cell(1, 0)
        self.assertEqual((first.data, first.bold, first.reverse, first.fg), ("x", True, True, "red"))
        self.assertEqual((second.data, second.bold, second.fg), ("y", False, "default"))

    def test_tells_the_screens_apart(self):
        terminal = self.start("sh", "-c", r"printf 'old\033[?1049h\033[H\033[?25lnew'; read line")
        terminal.wait_for("new")
        self.assertTrue(terminal.is_on_alternate_screen())
        self.assertTrue(terminal.is_cursor_hidden())
        self.assertNotIn("old", terminal.text())

    def test_brings_the_normal_screen_back(self):
        terminal = self.start("printf", r"old\033[?1049h\033[Hnew\033[?1049l")
        terminal.wait_for_exit()
        self.assertEqual(terminal.text().strip(), "old")
        self.assertFalse(terminal.is_on_alternate_screen())

    def test_sends_keys_and_sees_modes(self):
        terminal = self.start(sys.executable, "-c", ECHO)
        terminal.wait_for(lambda it: it.modes() != it.modes_before)
        terminal.press("q")
        terminal.wait_for("'q'")

    def test_signals_reach_the_program(self):
        terminal = self.start("sleep", "60")
        terminal.signal(signal.SIGTERM)
        self.assertEqual(terminal.wait_for_exit(), -signal.SIGTERM)

    def test_resize_is_seen(self):
        terminal = self.start("sh", "-c", "stty size; read line; stty size", columns=100, rows=30)
        terminal.wait_for("30 100")
        terminal.resize(50, 10)
        terminal.press("enter")
        terminal.wait_for("10 50")

    def test_a_condition_that_fails_shows_the_screen(self):
        terminal = self.start("printf", "here")
        with self.assertRaisesRegex(Timeout, "(?s)the text 'there'.*\\|here"):
            terminal.wait_for("there", timeout=0.3)

    def test_a_missing_program_is_told(self):
        terminal = self.start("/no/such/program")
        self.assertEqual(terminal.wait_for_exit(), 127)
        self.assertIn("cannot run", terminal.text())

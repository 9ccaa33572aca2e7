"""What every full-screen program owes its terminal, as test cases to be mixed into a TestCase.

The class says how to start the program (`command`) and what its first screen shows (`ready`).
"""

import os
import pathlib
import signal
import sys

from podium_terminal import PodiumTerminal

JOB_CONTROL = str(pathlib.Path(__file__).with_name("job_control.py"))
SHELL_TEXT = "$ typed before"


class Lifecycle:
    command = []
    quit_key = "q"
    environment = {}

    def ready(self, terminal):
        """True once the program's first frame shows."""
        raise NotImplementedError

    def start(self, command=None, **options):
        options.setdefault("environment", self.environment)
        terminal = PodiumTerminal(command or self.command, **options)
        self.addCleanup(terminal.close)
        return terminal

    def started(self, command=None, **options):
        terminal = self.start(command, **options)
        terminal.wait_for(self.ready, what="the first frame")
        self.assertTrue(terminal.is_on_alternate_screen())
        self.assertTrue(terminal.is_cursor_hidden())
        self.assertNotEqual(terminal.modes(), terminal.modes_before)
        return terminal

    def assert_restored(self, terminal):
        self.assertFalse(terminal.is_on_alternate_screen(), "still on the alternate screen")
        self.assertFalse(terminal.is_cursor_hidden(), "the cursor is still hidden")
        self.assertEqual(terminal.modes(), terminal.modes_before, "the line's modes differ")

    def ended_by(self, number):
        terminal = self.started()
        terminal.signal(number)
        status = terminal.wait_for_exit()
        self.assert_restored(terminal)
        return status

    def test_quit_key_restores_the_terminal(self):
        terminal = self.started()
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)
        self.assert_restored(terminal)

    def test_the_screen_before_comes_back(self):
        script = f'printf "{SHELL_TEXT}\\r\\n"; exec "$@"'
        terminal = self.started(["sh", "-c", script, "sh", *self.command])
        self.assertNotIn(SHELL_TEXT, terminal.text())
        terminal.press(self.quit_key)
        terminal.wait_for_exit()
        self.assertEqual(terminal.lines()[0], SHELL_TEXT)

    def test_ctrl_c_quits_and_restores(self):
        terminal = self.started()
        terminal.press("ctrl-c")
        self.assertGreaterEqual(terminal.wait_for_exit(), 0)
        self.assert_restored(terminal)

    def test_sigterm_ends_and_restores(self):
        self.ended_by(signal.SIGTERM)

    def test_sighup_ends_and_restores(self):
        self.ended_by(signal.SIGHUP)

    def test_a_crash_restores_and_keeps_its_signal(self):
        fatal = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGQUIT")
        for name in fatal:
            with self.subTest(signal=name):
                number = getattr(signal, name)
                self.assertEqual(self.ended_by(number), -number)

    def test_a_closed_window_ends_the_program(self):
        terminal = self.started()
        terminal.hang_up()
        terminal.wait_for_exit()

    def test_a_stuck_terminal_does_not_keep_the_program_alive(self):
        terminal = self.started()
        terminal.get_stuck()
        terminal.resize(120, 40, tell=False)
        terminal.signal(signal.SIGTERM)
        terminal.wait_for_exit_unread()
        self.assertEqual(terminal.modes(), terminal.modes_before)

    def test_a_slow_terminal_loses_nothing(self):
        terminal = self.started()
        terminal.get_stuck()
        terminal.resize(120, 40, tell=False)
        terminal.screen.resize(40, 120)
        terminal.wait_for(self.ready)
        self.assertEqual(terminal.lines()[-1].count("\ufffd"), 0)
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)
        self.assert_restored(terminal)

    def test_an_unasked_stop_is_repainted_after(self):
        terminal = self.started()
        terminal.signal(signal.SIGSTOP)
        terminal.wait_for_stop()
        terminal.screen.reset()
        terminal.signal(signal.SIGCONT)
        terminal.wait_for(lambda it: it.is_on_alternate_screen() and self.ready(it))
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)
        self.assert_restored(terminal)

    def test_ctrl_z_stops_and_fg_repaints(self):
        terminal = self.started([sys.executable, JOB_CONTROL, *self.command])
        terminal.press("ctrl-z")
        terminal.wait_for("stopped, modes restored: True")
        self.assertFalse(terminal.is_on_alternate_screen())
        self.assertFalse(terminal.is_cursor_hidden())
        terminal.send("fg\n")
        terminal.wait_for(lambda it: it.is_on_alternate_screen() and self.ready(it))
        terminal.press(self.quit_key)
        terminal.wait_for("job ended: 0")
        self.assert_restored(terminal)

    def test_bg_waits_for_the_foreground(self):
        terminal = self.started([sys.executable, JOB_CONTROL, *self.command])
        terminal.press("ctrl-z")
        terminal.wait_for("stopped, modes restored: True")
        terminal.send("bg\n")
        terminal.wait_for("stopped in the background")
        terminal.send("fg\n")
        terminal.wait_for(lambda it: it.is_on_alternate_screen() and self.ready(it))
        terminal.press(self.quit_key)
        terminal.wait_for("job ended: 0")

    def test_ctrl_z_without_a_shell_goes_on(self):
        # Nobody could continue a process of an orphaned group, so the kernel does not stop it.
        terminal = self.started()
        terminal.press("ctrl-z")
        terminal.wait_for(lambda it: it.raw.count(b"\x1b[?1049h") == 2 and self.ready(it))
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)

    def test_resize_redraws_at_the_new_size(self):
        terminal = self.started()
        for columns, rows in ((120, 40), (40, 12), (80, 24)):
            terminal.pump()
            mark = len(terminal.raw)
            terminal.resize(columns, rows)
            terminal.wait_for(lambda it: len(it.raw) > mark, what="a frame after the resize")
        terminal.wait_for(self.ready)

    def test_any_size_is_survived(self):
        terminal = self.started()
        for columns, rows in ((1, 1), (2, 1), (1, 50), (300, 1), (300, 100), (80, 24)):
            terminal.pump()
            mark = len(terminal.raw)
            terminal.resize(columns, rows)
            terminal.wait_for(lambda it: len(it.raw) > mark, what=f"a frame at {columns}x{rows}")
        terminal.wait_for(self.ready)
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)

    def test_garbage_input_is_survived(self):
        terminal = self.started()
        terminal.send(bytes(range(128, 256)) * 4)
        terminal.send(b"\x1b[\xff\x1b[1;99999999999Z\x1bO\xfe\x1b]52;c;" + b"A" * 200 + b"\x07")
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)

    def test_keys_come_from_the_terminal_when_data_is_piped_in(self):
        reader, writer = os.pipe()
        os.close(writer)
        terminal = self.started(stdin=reader)
        os.close(reader)
        terminal.press(self.quit_key)
        self.assertEqual(terminal.wait_for_exit(), 0)
        self.assert_restored(terminal)

    def test_an_unfit_term_is_refused_in_one_line(self):
        for value in (None, "", "dumb", "no-such-terminal"):
            with self.subTest(TERM=value):
                terminal = self.start(environment={**self.environment, "TERM": value})
                self.assertGreater(terminal.wait_for_exit(), 0)
                self.assertIn("TERM", terminal.text())
                self.assertNotIn(b"\x1b", terminal.raw)
                self.assertEqual(terminal.modes(), terminal.modes_before)

    def test_no_color_sends_no_color(self):
        terminal = self.start(environment={**self.environment, "NO_COLOR": "1"})
        terminal.wait_for(self.ready)
        cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
        self.assertEqual({(cell.fg, cell.bg) for cell in cells}, {("default", "default")})

    def test_other_locales_and_terminals_start(self):
        for changes in (
            {"LANG": None, "LC_ALL": "no-such-locale"},
            {"LANG": "C"},
            {"TERM": "linux"},
            {"TERM": "vt100"},
            {"TERM": "tmux-256color"},
            {"COLORTERM": "truecolor"},
        ):
            with self.subTest(**changes):
                terminal = self.start(environment={**self.environment, **changes})
                terminal.wait_for(self.ready)
                terminal.press(self.quit_key)
                self.assertEqual(terminal.wait_for_exit(), 0)
                self.assertEqual(terminal.modes(), terminal.modes_before)

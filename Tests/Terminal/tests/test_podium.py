"""The podium program in a real terminal. PODIUM_BINARY names it."""

import os
import re
import shutil
import signal
import tempfile
import time
import unittest

from lifecycle import Lifecycle
from podium_terminal import PodiumTerminal
from tests.program import BINARY, Hub, require_binary, run, tape

COLUMNS, ROWS = 120, 40
PANES = {"f1": ("Mandates", "Agents"), "f2": ("Stations", "Tables"), "f3": ("Connections", "Latency")}


def is_drawn(terminal):
    """True when most rows hold something, and the last one its end."""
    lines = terminal.lines()
    return sum(1 for line in lines if line) * 2 > len(lines) and lines[-1].endswith("quit")


def shows_data(terminal):
    """True when a live connection has brought agents, alerts and evidence."""
    empty = ("no agent seen yet", "no claim made yet", "no event received yet")
    text = terminal.text()
    return "LIVE" in terminal.lines()[0] and is_drawn(terminal) and not any(e in text for e in empty)


class DemoLifecycleTests(Lifecycle, unittest.TestCase):
    """`podium demo` takes the terminal and gives it back."""

    command = [BINARY, "demo", "--seed", "1"]

    @classmethod
    def setUpClass(cls):
        require_binary()

    def ready(self, terminal):
        return is_drawn(terminal)


class TerminalTests(unittest.TestCase):
    """Starts podium in a terminal large enough for every pane."""

    @classmethod
    def setUpClass(cls):
        require_binary()

    def start(self, *arguments, columns=COLUMNS, rows=ROWS, environment=None):
        environment = {"TZ": "UTC", **(environment or {})}
        terminal = PodiumTerminal(
            [BINARY, *arguments], columns=columns, rows=rows, environment=environment
        )
        self.addCleanup(terminal.close)
        return terminal

    def demo(self, *arguments, **options):
        terminal = self.start("demo", "--seed", "1", *arguments, **options)
        terminal.wait_for(is_drawn, what="the dashboard")
        return terminal

    def standing(self, name, *arguments, **options):
        """A tape at its end: nothing moves but what the keys do."""
        terminal = self.start("replay", tape(name), "--paused", "--from", "end", *arguments, **options)
        terminal.wait_for(is_drawn, what="the end of the tape")
        return terminal.wait_until_quiet()


class KeyTests(TerminalTests):
    """What the keys do."""

    def test_function_keys_switch_workspaces(self):
        terminal = self.demo()
        for key in ("f2", "f3", "f1"):
            others = {name for other in PANES if other != key for name in PANES[other]}
            terminal.press(key)
            terminal.wait_for(
                lambda it: all(name in it.text() for name in PANES[key])
                and not any(name in it.text() for name in others),
                what=f"the panes of {key} alone",
            )

    def test_help_opens_and_closes(self):
        terminal = self.standing("agents-busy")
        before = terminal.lines()
        for closing in ("escape", "?"):
            terminal.press("?")
            terminal.wait_for("─ Keys ─")
            terminal.wait_for("leave, the terminal as it was")
            terminal.press(closing)
            terminal.wait_for(lambda it: it.lines() == before, what="the dashboard as it was")

    def test_enter_opens_the_row_and_escape_closes_it(self):
        terminal = self.standing("agents-busy", "--focus", "agents")
        before = terminal.lines()
        terminal.press("enter")
        terminal.wait_for(lambda it: differing(before, it.lines()) > 5, what="the detail")
        terminal.wait_for("Esc close")
        terminal.press("escape")
        terminal.wait_for(lambda it: it.lines() == before, what="the dashboard as it was")

    def test_tab_moves_the_focus_and_back_tab_moves_it_back(self):
        terminal = self.standing("agents-busy")
        styles = title_styles(terminal)
        terminal.press("tab")
        terminal.wait_for(lambda it: title_styles(it) != styles, what="another pane in focus")
        terminal.press("backtab")
        terminal.wait_for(lambda it: title_styles(it) == styles, what="the same pane in focus again")
        terminal.press("1")
        terminal.wait_for(lambda it: title_styles(it) != styles, what="the first pane in focus")

    def test_z_gives_the_pane_the_whole_screen(self):
        terminal = self.standing("agents-busy", "--focus", "tasks")
        before = terminal.lines()
        self.assertIn("Mandates", terminal.text())
        terminal.press("z")
        terminal.wait_for(
            lambda it: "Tasks" in it.text() and "Mandates" not in it.text(), what="one pane alone"
        )
        terminal.press("z")
        terminal.wait_for(lambda it: it.lines() == before, what="all panes again")

    def test_arrows_move_the_cursor(self):
        terminal = self.standing("agents-busy", "--focus", "agents")
        terminal.press("enter")
        terminal.wait_for("Esc close")
        first = terminal.wait_until_quiet().lines()
        terminal.press("escape", "down")
        terminal.wait_for(lambda it: "Esc close" not in it.text(), what="no detail")
        terminal.press("enter")
        terminal.wait_for("Esc close")
        self.assertNotEqual(terminal.wait_until_quiet().lines(), first)

    def test_p_holds_what_is_shown(self):
        terminal = self.demo("--speed", "20")
        terminal.press("p")
        terminal.wait_for("PAUSED")
        terminal.wait_for(lambda it: "play" in it.lines()[-1], what="the keys while paused")
        held = terminal.wait_until_quiet(0.05).lines()
        terminal.wait_for(lambda it: it.lines()[0] != held[0], what="the header to count on")
        # The last two rows are the timeline, which goes on, and the keys.
        self.assertEqual(terminal.lines()[1:-2], held[1:-2])
        terminal.press("n")
        terminal.wait_for(
            lambda it: "PAUSED" not in it.text() and it.lines()[1:] != held[1:], what="live data"
        )

    def test_p_lets_a_paused_replay_run(self):
        terminal = self.start("replay", tape("agents-busy"), "--paused")
        terminal.wait_for(is_drawn)
        before = terminal.wait_until_quiet().lines()[0].split()[-1]
        terminal.press("p")
        terminal.wait_for(lambda it: not it.lines()[0].endswith(before), what="the tape's clock to move")

    def test_t_changes_the_theme(self):
        terminal = self.standing("agents-busy", environment={"COLORTERM": "truecolor"})
        before = background(terminal)
        text = terminal.lines()
        terminal.press("t")
        terminal.wait_for(lambda it: background(it) != before, what="another background")
        self.assertEqual(terminal.wait_until_quiet().lines(), text)

    def test_every_size_shows_the_program(self):
        terminal = self.demo()
        for columns, rows in ((80, 24), (40, 12), (200, 60), (COLUMNS, ROWS)):
            terminal.resize(columns, rows)
            terminal.wait_for(
                lambda it: is_drawn(it) and "too small" not in it.text(),
                what=f"a screen of {columns}x{rows}",
            )
        terminal.resize(30, 8)
        terminal.wait_for("have 30x8")


class TravelTests(TerminalTests):
    """Going through the time of a tape."""

    def header(self, terminal):
        return terminal.wait_until_quiet().lines()[0]

    def clock(self, terminal):
        return self.header(terminal).split()[-1]

    def test_steps_go_back_and_return(self):
        terminal = self.standing("agents-busy")
        screens = [terminal.lines()[1:-2]]
        for _ in range(3):
            terminal.press("[")
            screens.append(terminal.wait_until_quiet().lines()[1:-2])
        self.assertEqual(len({"\n".join(screen) for screen in screens}), 4)
        for screen in (screens[2], screens[1]):
            terminal.press("]")
            self.assertEqual(terminal.wait_until_quiet().lines()[1:-2], screen)

    def test_g_goes_to_a_time_and_explains_a_bad_one(self):
        terminal = self.standing("kitchen-rush")
        end = self.clock(terminal)
        terminal.press("g")
        terminal.wait_for("go to:")
        terminal.send("1:30\r")
        terminal.wait_for(lambda it: "REPLAY 1:30 PAUSED" in it.lines()[0], what="the moment")
        terminal.press("g")
        terminal.send("noon\r")
        terminal.wait_for("is no time; such as")
        terminal.press("escape")
        terminal.wait_for(lambda it: "go to:" not in it.text(), what="no prompt")
        terminal.send("gend\r")
        terminal.wait_for(lambda it: it.lines()[0].endswith(end), what="the end")

    def test_alerts_and_markers_are_gone_to(self):
        terminal = self.standing("kitchen-rush")
        terminal.send("g0:50\r")
        terminal.wait_for("REPLAY 0:50 PAUSED")
        terminal.send("mfirst course\r")
        terminal.wait_for("kept until you leave, not saved")
        terminal.send("g1:10\r")
        terminal.wait_for("REPLAY 1:10 PAUSED")
        for _ in range(100):
            terminal.press("{")
            terminal.wait_until_quiet(0.05)
            if "first course" in terminal.lines()[-1]:
                break
        self.assertIn("REPLAY 0:50 PAUSED", terminal.lines()[0])

    def test_speed_is_shown_and_space_plays(self):
        terminal = self.start("replay", tape("kitchen-rush"), "--paused", "--from", "10")
        terminal.wait_for(is_drawn)
        terminal.press("+", "+", " ")
        terminal.wait_for("▶ 4x")
        terminal.press(" ")
        terminal.wait_for("PAUSED")

    def test_a_live_session_is_gone_back_in(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        terminal = self.demo("--speed", "20", "--record", os.path.join(folder, "live.cast"))
        terminal.wait_for(shows_data, timeout=30, what="live data")
        terminal.press("[", "[", "[")
        terminal.wait_for("behind,")
        behind = terminal.wait_until_quiet(0.05).lines()
        terminal.wait_for(lambda it: it.lines()[0] != behind[0], what="the header to count on")
        self.assertEqual(terminal.lines()[1:-2], behind[1:-2])
        terminal.press(" ")
        terminal.wait_for("▶")
        terminal.press("n")
        terminal.wait_for(lambda it: "behind" not in it.lines()[0], what="what is live")


class SnapshotTests(TerminalTests):
    """What the terminal shows is what a snapshot of the same moment says, to the last cell.

    Only the bars differ: the header says that a tape is played and that it stands still, the last
    two rows hold the timeline and the keys of a replay.
    """

    def assert_shows_the_snapshot(self, name, *drawing, columns=COLUMNS, rows=ROWS):
        size = f"{columns}x{rows}"
        snapshot = run("snapshot", tape(name), "--at", "end", "--size", size, *drawing).stdout
        header, *expected = [line.rstrip() for line in snapshot.decode().splitlines()]
        terminal = self.standing(name, *drawing, columns=columns, rows=rows)
        self.assertEqual(terminal.lines()[1:-2], expected[:-2])
        said = re.sub(r"REPLAY( [0-9:hd]+)? PAUSED", "", terminal.lines()[0])
        expected = re.sub(r"event [0-9:hd]+ ago", "", header)
        self.assertEqual(said.split(), expected.split())

    def test_whole_screens(self):
        for name in ("agents-busy", "kitchen-rush", "outage", "gaps", "empty"):
            for workspace in ("agents", "kitchen"):
                with self.subTest(tape=name, workspace=workspace):
                    self.assert_shows_the_snapshot(name, "--workspace", workspace)

    def test_other_sizes_and_drawings(self):
        self.assert_shows_the_snapshot("kitchen-rush", "--focus", "tickets", columns=80, rows=24)
        self.assert_shows_the_snapshot("agents-busy", "--focus", "tasks", "--zoom", columns=133)
        self.assert_shows_the_snapshot("agents-busy", "--ascii", columns=200, rows=60)

    def test_hostile_text_stays_in_its_place(self):
        terminal = self.standing("hostile")
        for line in terminal.lines()[1:-2]:
            if line.startswith("│"):
                self.assertEqual(line[-1], "│", line)


class OutputTests(TerminalTests):
    """What reaches the terminal, byte for byte."""

    def test_colours_follow_the_terminal(self):
        truecolor = self.demo(environment={"COLORTERM": "truecolor"})
        self.assertIn(b"38;2;", truecolor.raw)
        indexed = self.demo(environment={"COLORTERM": None})
        self.assertNotIn(b"38;2;", indexed.raw)

    def test_a_file_as_output_is_not_drawn_on(self):
        outcome = run("replay", tape("agents-busy"))
        self.assertEqual(outcome.returncode, 0)
        self.assertNotIn(b"\x1b", outcome.stdout)

    def test_a_standing_screen_is_silent(self):
        terminal = self.standing("agents-busy")
        written = len(terminal.raw)
        # Keys that mean nothing here go through the loop and come out as no byte at all.
        terminal.press("X", "Y", "f12")
        terminal.press("?")
        terminal.wait_for("─ Keys ─")
        terminal.press("escape")
        terminal.wait_for(lambda it: "─ Keys ─" not in it.text(), what="no help")
        self.assertLess(len(terminal.raw) - written, 40_000)


class OutageTests(TerminalTests):
    """The hub dies and comes back under `podium monitor`."""

    def test_an_outage_is_seen_and_survived(self):
        hub = Hub("--scenario", "mixed", "--seed", "1", "--speed", "20")
        self.addCleanup(lambda: hub.kill())
        terminal = self.start("monitor", hub.url, environment={"COLORTERM": "truecolor"})
        terminal.wait_for(shows_data, timeout=30, what="live data")
        terminal.wait_for(lambda it: len(data_colours(it)) > 2, what="the data in colours")
        hub.kill()
        terminal.wait_for(
            lambda it: "LIVE" not in it.lines()[0] and " old" in it.lines()[0],
            timeout=2,
            what="the header to tell the outage",
        )
        terminal.wait_for(lambda it: len(data_colours(it)) == 1, what="the data without colours")
        self.assertTrue(terminal.is_running())
        hub = Hub("--scenario", "mixed", "--seed", "1", "--speed", "20", port=hub.port)
        terminal.press("r")
        terminal.wait_for(shows_data, timeout=30, what="live data again")
        terminal.wait_for(lambda it: len(data_colours(it)) > 2, what="the data in colours again")
        terminal.press("q")
        self.assertEqual(terminal.wait_for_exit(), 0)

    def test_a_hub_that_falls_silent_is_seen(self):
        hub = Hub("--scenario", "mixed", "--seed", "1", "--speed", "20")
        self.addCleanup(hub.kill)
        terminal = self.start("monitor", hub.url)
        terminal.wait_for(shows_data, timeout=30, what="live data")
        # The rhythm by which silence is judged is learnt from two heartbeats.
        deadline = time.monotonic() + 2
        terminal.wait_for(lambda it: time.monotonic() > deadline, what="some heartbeats")
        hub.process.send_signal(signal.SIGSTOP)
        terminal.wait_for(lambda it: "STALE" in it.lines()[0], what="the header to tell the silence")
        hub.process.send_signal(signal.SIGCONT)
        terminal.wait_for(lambda it: "LIVE" in it.lines()[0], timeout=30, what="live data again")


def differing(one, other):
    return sum(1 for left, right in zip(one, other) if left != right)


def background(terminal):
    """The background of the last cell of a pane's row."""
    return terminal.cell(COLUMNS // 2, 5).bg


def title_styles(terminal):
    """The styles of the row where the first panes begin."""
    cells = (terminal.cell(column, 1) for column in range(COLUMNS))
    return [(cell.fg, cell.bg, cell.bold) for cell in cells]


def data_colours(terminal):
    """The colours of the words inside the first two panes."""
    cells = (terminal.cell(column, row) for row in range(3, 9) for column in range(2, COLUMNS - 2))
    return {cell.fg for cell in cells if cell.data.isalnum()}


if __name__ == "__main__":
    unittest.main()

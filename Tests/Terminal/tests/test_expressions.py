"""Gates, filters, facts and rules of the built podium. PODIUM_BINARY names it."""

import json
import subprocess
import threading
import time

from podium_terminal import PodiumTerminal
from tests.event_server import EventServer, event
from tests.program import BINARY, DEADLINE, Hub, run, tape
from tests.test_cli import CommandLineTests
from tests.test_tail import wait_for


def fired(number, ticket):
    """A ticket that begins to cook."""
    return event(number, type="com.example.kds.ticket.fired",
                 data={"ticket": ticket, "station": "grill"})


def bumped(number, ticket):
    """A ticket that is done."""
    return event(number, type="com.example.kds.ticket.bumped", data={"ticket": ticket})


class GateTests(CommandLineTests):
    """`--until` on tapes and live, without a terminal."""

    def test_a_tape_passes_at_its_first_moment(self):
        for command in (["monitor", tape("kitchen-rush"), "--until", "kds.late > 0"],
                        ["replay", tape("kitchen-rush"), "--until", "kds.late > 0"]):
            outcome = run(*command)
            self.assertEqual(outcome.returncode, 0, outcome.stderr)
            self.assertRegex(
                outcome.stdout.decode(),
                r"\Akds\.late = \d+: \S+.* at \d\d:\d\d:\d\d UTC, \d+:\d\d\.\d into the tape"
                r"(; was (0|unknown))?\n\Z")
            self.assertEqual(outcome.stderr, b"")

    def test_a_tape_that_never_gets_there_fails_with_the_facts(self):
        outcome = run("monitor", tape("kitchen-rush"), "--until", "kds.open > 9999")
        self.assertEqual(outcome.returncode, 1)
        self.assertRegex(outcome.stdout.decode(), r"\Akds\.open = \d+")
        self.assertRegex(
            outcome.stderr.decode(),
            r"\Apodium: kds\.open > 9999 did not come true \(on the whole of .*\)\n\Z")

    def test_the_outcome_as_json(self):
        outcome = run("monitor", tape("kitchen-rush"), "--until", "kds.late > 0", "--json")
        self.assertEqual(outcome.returncode, 0)
        said = json.loads(outcome.stdout)
        self.assertEqual(said["expression"], "kds.late > 0")
        self.assertIs(said["passed"], True)
        self.assertEqual(said["facts"][0]["name"], "kds.late")
        self.assertGreater(said["facts"][0]["value"], 0)
        self.assertTrue(said["facts"][0]["evidence"])

    def test_what_cannot_be_judged_is_refused_before_anything_is_opened(self):
        for expression, words in (
            ("kds.lates = 0", "column 1: there is no fact kds.lates; did you mean kds.late?"),
            ("kds.late =", "column 11: expected"),
            ("kds.late", "is a number, not true or false"),
        ):
            self.assert_fails(64, words, "monitor", "/nowhere", "--until", expression)
            self.assert_fails(64, words, "replay", "/nowhere", "--until", expression)
        self.assert_misused("--timeout belongs to --until", "monitor", "-", "--timeout", "5s")
        self.assert_misused("'soon'", "monitor", "-", "--until", "TRUE", "--timeout", "soon")
        self.assert_fails(66, "nowhere", "monitor", "/nowhere.cast", "--until", "kds.late = 0")

    def test_a_live_stream_passes_as_soon_as_it_is_true(self):
        events = [fired(1, "204:grill"), fired(2, "207:grill"), bumped(3, "204:grill")]
        with EventServer(events) as server:
            started = time.monotonic()
            outcome = run("monitor", server.url, "--no-record", "--timeout", "20s",
                          "--until", "kds.open = 1 AND stream.events = 3")
            self.assertLess(time.monotonic() - started, 15)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn("kds.open = 1: 207:grill at ", outcome.stdout.decode())

    def test_a_live_stream_that_does_not_get_there_fails_at_the_timeout(self):
        with EventServer([fired(1, "204:grill")]) as server:
            outcome = run("monitor", server.url, "--no-record", "--timeout", "1s",
                          "--until", "kds.open = 0")
        self.assertEqual(outcome.returncode, 1)
        self.assertRegex(outcome.stdout.decode(), r"\Akds\.open = 1: 204:grill at ")
        self.assertRegex(
            outcome.stderr.decode(),
            r"\Apodium: kds\.open = 0 did not come true.* \(within 1 s\)\n\Z")

    def test_the_standard_input_passes_or_ends(self):
        lines = "".join(json.dumps(item) + "\n" for item in
                        [fired(1, "204:grill"), bumped(2, "204:grill")])
        outcome = run("monitor", "-", "--no-record",
                      "--until", "kds.open = 0 AND kds.bumped_15m = 1", data=lines.encode())
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        outcome = run("monitor", "-", "--no-record", "--until", "kds.open = 7", data=lines.encode())
        self.assertEqual(outcome.returncode, 1)
        self.assertIn(b"nothing more can come", outcome.stderr)

    def test_a_lost_connection_opens_no_gate(self):
        server = EventServer([fired(1, "204:grill")])
        with server:
            waiting = subprocess.Popen(
                [BINARY, "monitor", server.url, "--no-record", "--timeout", "6s",
                 "--until", "kds.oldest_s > 3"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            wait_for(lambda: server.sent == 1)
        said, complaint = waiting.communicate(timeout=DEADLINE)
        self.assertEqual(waiting.returncode, 1, said)
        self.assertIn(b"is not connected", complaint)


class TerminalGateTests(CommandLineTests):
    """`--until` where the dashboard is seen meanwhile."""

    def watch(self, *arguments):
        command = [BINARY, "monitor", *arguments, "--no-record"]
        terminal = PodiumTerminal(command, columns=120, rows=40)
        self.addCleanup(terminal.close)
        return terminal

    def test_the_dashboard_ends_when_the_gate_passes(self):
        with EventServer([fired(1, "204:grill")]) as server:
            terminal = self.watch(server.url, "--until", "kds.oldest_s > 2", "--timeout", "20s")
            terminal.wait_for(lambda it: it.is_on_alternate_screen())
            self.assertEqual(terminal.wait_for_exit(), 0)
        self.assertFalse(terminal.is_on_alternate_screen())
        self.assertIn("kds.oldest_s = 3: 204:grill at ", terminal.text())

    def test_the_dashboard_ends_at_the_timeout_and_when_it_is_left(self):
        with EventServer([fired(1, "204:grill")]) as server:
            terminal = self.watch(server.url, "--until", "kds.open = 9", "--timeout", "2s")
            self.assertEqual(terminal.wait_for_exit(), 1)
            self.assertRegex(terminal.text(), r"did not come true.* \(within 2 s\)")
            terminal = self.watch(server.url, "--until", "kds.open = 9")
            terminal.wait_for(lambda it: "quit" in it.text())
            terminal.send("q")
            self.assertEqual(terminal.wait_for_exit(), 1)
            self.assertIn("kds.open = 1: 204:grill at ", terminal.text())


class FilterTests(CommandLineTests):
    """`tail --filter`."""

    EVENTS = [event(number, subject=f"s{number % 3}", data={"n": number}) for number in range(9)]

    def tail(self, *arguments):
        with EventServer(self.EVENTS) as server:
            return run("tail", server.url, "--quiet", *arguments)

    def test_only_what_passes_is_printed_and_counted(self):
        outcome = self.tail("--filter", "subject = 's1' AND data.n > 1", "--count", "2",
                            "--timeout", "20s")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        ids = [json.loads(line)["id"] for line in outcome.stdout.splitlines()]
        self.assertEqual(ids, ["e4", "e7"])

    def test_too_few_in_time_fail(self):
        outcome = self.tail("--filter", "id = 'e3'", "--count", "2", "--timeout", "1s")
        self.assertEqual(outcome.returncode, 1)
        self.assertEqual(len(outcome.stdout.splitlines()), 1)
        self.assertIn(b"only 1 of 2 events", outcome.stderr)

    def test_too_few_at_the_end_fail(self):
        lines = "".join(json.dumps(item) + "\n" for item in self.EVENTS)
        outcome = run("tail", "-", "--quiet", "--filter", "id = 'e3'", "--count", "2",
                      data=lines.encode())
        self.assertEqual(outcome.returncode, 1)
        self.assertIn(b"only 1 of 2 events came before the end", outcome.stderr)

    def test_a_missing_attribute_is_told_once(self):
        outcome = self.tail("--filter", "dataschema = 'x'", "--timeout", "1s")
        self.assertEqual(outcome.returncode, 0)
        self.assertEqual(outcome.stdout, b"")
        self.assertEqual(outcome.stderr.count(b"dataschema is missing"), 1)

    def test_what_is_no_filter_is_refused(self):
        self.assert_fails(64, "--filter: column 6", "tail", "-", "--filter", "id = ")
        self.assert_fails(64, "kds.late is no attribute", "tail", "-", "--filter", "kds.late = 0")
        self.assert_misused("--raw", "tail", "-", "--raw", "--filter", "id = 'x'")


class FactsTests(CommandLineTests):
    """`podium facts`."""

    def test_every_fact_is_listed_with_a_sentence(self):
        outcome = run("facts")
        self.assertEqual(outcome.returncode, 0)
        lines = outcome.stdout.decode().splitlines()
        self.assertGreater(len(lines), 80)
        for line in lines:
            self.assertRegex(line, r"\A[a-z]+\.[a-z0-9_]+ {2,}[A-Z].*[^.]\Z")
        listed = json.loads(run("facts", "--json").stdout)
        self.assertEqual([fact["name"] for fact in listed], [line.split()[0] for line in lines])

    def test_the_facts_of_a_tape(self):
        outcome = run("facts", tape("kitchen-rush"))
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertRegex(outcome.stdout.decode(), r"(?m)^kds\.open = \d+")
        told = {fact["name"]: fact for fact in
                json.loads(run("facts", tape("empty"), "--json").stdout)}
        self.assertIsNone(told["kds.open"]["value"])
        self.assert_fails(66, "nowhere", "facts", "/nowhere.cast")


class RuleTests(CommandLineTests):
    """`--rules`."""

    def test_a_file_that_is_not_right_is_refused_with_line_and_key(self):
        path = self.file("bad.toml", '[[rule]]\nname = "A"\nwhen = "kds.lat = 0"\n')
        words = ["bad.toml: line 3: rule.when: column 1", "kds.late"]
        self.assert_fails(65, words, "monitor", "-", "--rules", path)
        self.assert_fails(66, "nowhere", "monitor", "-", "--rules", "/nowhere.toml")

    def test_without_a_terminal_a_rule_that_fires_is_a_line(self):
        path = self.file("lines.toml",
                         '[[rule]]\nname = "BUSY"\nwhen = "kds.open > 0"\ntext = "busy"\n')
        hub = Hub()
        self.addCleanup(hub.kill)
        watching = subprocess.Popen(
            [BINARY, "monitor", hub.url, "--no-record", "--rules", path],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        deadline = threading.Timer(DEADLINE, watching.kill)
        deadline.start()
        said = []

        def read_until(word):
            while not any(word in line for line in said):
                said.append(watching.stdout.readline().decode())
                self.assertNotEqual(said[-1], "", said)

        try:
            read_until("# connected")
            data = '{"ticket":"204:grill","station":"grill"}'
            run("send", "com.example.kds.ticket.fired", "--data", data, "--hub", hub.url)
            read_until("! BUSY (3) busy: kds.open = 1: 204:grill\n")
            run("send", "com.example.kds.ticket.bumped", "--data", data, "--hub", hub.url)
            read_until("! BUSY is over\n")
        finally:
            deadline.cancel()
            watching.kill()
            watching.communicate()

    def test_a_rule_raises_an_alert_that_a_gate_sees(self):
        path = self.file("good.toml",
                         '[[rule]]\nname = "BUSY"\nwhen = "kds.open > 0"\nseverity = 5\n')
        lines = json.dumps(fired(1, "204:grill")) + "\n"
        outcome = run("monitor", "-", "--no-record", "--rules", path, "--until", "alerts.critical = 1",
                      data=lines.encode())
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn(b"BUSY rule", outcome.stdout)

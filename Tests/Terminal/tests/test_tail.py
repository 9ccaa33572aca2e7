"""`podium tail` and `podium record` over connections that break. PODIUM_BINARY names the program."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from tests.event_server import EventServer, event
from tests.program import BINARY, DEADLINE, Hub, require_binary, run


class Program:
    """A running podium whose output is read as it comes."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [BINARY, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if not stream.closed:
                stream.close()


def wait_for(condition):
    """Polls until a condition holds; fails at the deadline."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("waited in vain")
        time.sleep(0.02)


class TailTests(unittest.TestCase):
    """Every event once, in order, or the gap is told."""

    @classmethod
    def setUpClass(cls):
        require_binary()

    def test_a_stream_that_breaks_is_printed_whole_and_once(self):
        events = [event(number) for number in range(1, 13)]
        with EventServer(events, cut=3) as server:
            outcome = run("tail", server.url, "--count", "12", "--timeout", "20")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertEqual([json.loads(line) for line in outcome.stdout.splitlines()], events)
        self.assertEqual(server.asked[:4], ["", "3", "6", "9"])
        complaints = outcome.stderr.decode()
        self.assertIn("connected by sse, resumed after 3", complaints)
        self.assertNotIn("unknown", complaints)

    def test_a_stream_that_cannot_be_resumed_names_what_is_unknown(self):
        events = [event(number) for number in range(1, 5)]
        with EventServer(events, cut=2, has_ids=False) as server:
            outcome = run("tail", server.url, "--count", "4", "--timeout", "20", "--quiet")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        time_form = r"[0-9-]+T[0-9:.]+Z"
        self.assertRegex(
            outcome.stderr.decode(),
            rf"\Apodium: \S+: not resumed: events between {time_form} and {time_form} are unknown\n\Z",
        )

    def test_missing_numbers_are_told_and_never_steer_the_terminal(self):
        numbered = [
            event(number, sequence=str(number), seqbasis="upstream", source="/\x1b[2Jpos\u202e")
            for number in (56, 61)
        ]
        with EventServer(numbered) as server:
            outcome = run("tail", server.url, "--count", "2", "--timeout", "20", "--quiet")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertIn(
            r"gap: 57-60 missing from /\u001b[2Jpos\u202e", outcome.stderr.decode())
        self.assertNotIn(b"\x1b", outcome.stdout + outcome.stderr)

    def test_raw_messages_are_printed_as_they_came(self):
        body = (
            b'event: tick\nid: 7\ndata: {"n": 1}\n\n: beat\n\ndata: a\ndata: b\n\n'
            b"data: a\ndata: b\n\nid\ndata: \x1b\xff\n\n"
        )
        with EventServer(body=body) as server:
            outcome = run("tail", server.url, "--raw", "--count", "4", "--timeout", "20", "--quiet")
        self.assertEqual((outcome.returncode, outcome.stderr), (0, b""))
        self.assertEqual(
            [json.loads(line) for line in outcome.stdout.splitlines()],
            [
                {"event": "tick", "data": '{"n": 1}', "id": "7"},
                {"event": "message", "data": "a\nb", "id": "7"},
                {"event": "message", "data": "a\nb", "id": "7"},
                {"event": "message", "data": "\x1b\ufffd", "id": ""},
            ],
        )
        self.assertNotIn(b"\x1b", outcome.stdout)

    def test_a_reader_that_leaves_while_nothing_arrives_ends_it_quietly(self):
        with EventServer([event(1)]) as server, Program("tail", server.url, "--quiet") as tail:
            self.assertEqual(json.loads(tail.process.stdout.readline()), event(1))
            tail.process.stdout.close()
            self.assertEqual(tail.process.wait(DEADLINE), 0)
            self.assertEqual(tail.process.stderr.read(), b"")


class HubTests(unittest.TestCase):
    """A hub that is killed and started again under a running tail."""

    @classmethod
    def setUpClass(cls):
        require_binary()

    def send(self, hub, number):
        sent = run(
            "send", "com.example.test", "--hub", hub.url, "--id", f"e{number}",
            "--source", "/test", "--data", "{}",
        )
        self.assertEqual(sent.returncode, 0, sent.stderr)

    def test_a_hub_killed_and_started_again_loses_and_repeats_nothing(self):
        first = Hub()
        self.addCleanup(first.kill)
        with Program("tail", first.url) as tail:
            printed = Lines(tail.process.stdout)
            said = Lines(tail.process.stderr)
            wait_for(lambda: said.holding("connected by") == 1)
            for number in (1, 2, 3):
                self.send(first, number)
            wait_for(lambda: printed.holding('"/test"') == 3)
            first.kill()
            wait_for(lambda: said.holding("will try again"))
            second = Hub(port=first.port)
            self.addCleanup(second.kill)
            wait_for(lambda: said.holding("connected by") >= 2)
            for number in (4, 5, 6):
                self.send(second, number)
            wait_for(lambda: printed.holding('"/test"') >= 6)
            tail.process.send_signal(signal.SIGINT)
            self.assertEqual(tail.process.wait(DEADLINE), 0)
            events = [json.loads(line) for line in printed.all()]
        ids = [event["id"] for event in events if event["source"] == "/test"]
        self.assertEqual(ids, [f"e{number}" for number in range(1, 7)])

    def test_a_hub_that_sent_nothing_before_the_connection_broke_leaves_nothing_unknown(self):
        hub = Hub()
        self.addCleanup(hub.kill)
        with Relay(hub.port) as relay, Program("tail", relay.url) as tail:
            printed = Lines(tail.process.stdout)
            said = Lines(tail.process.stderr)
            wait_for(lambda: said.holding("connected by") == 1)
            relay.cut()
            self.send(hub, 1)
            wait_for(lambda: printed.holding('"/test"') == 1)
            self.send(hub, 2)
            wait_for(lambda: printed.holding('"/test"') == 2)
            tail.process.send_signal(signal.SIGINT)
            self.assertEqual(tail.process.wait(DEADLINE), 0)
            told = "".join(said.all())
            self.assertNotIn("unknown", told)
            self.assertNotIn("gap", told)
            self.assertIn("resumed after 0-", told)

    def test_a_signal_ends_it_though_nobody_reads_what_it_prints(self):
        events = [event(number, padding="x" * 200) for number in range(1, 2001)]
        with EventServer(events) as server, Program("tail", server.url) as tail:
            wait_for(lambda: server.sent == 2000)
            # More than a pipe takes has been sent: it waits for its reader, or soon will.
            tail.process.send_signal(signal.SIGINT)
            self.assertEqual(tail.process.wait(DEADLINE), 0)

    def test_raw_messages_of_a_websocket(self):
        hub = Hub()
        self.addCleanup(hub.kill)
        self.send(hub, 1)
        url = hub.url.replace("http", "ws") + "/v1/ws"
        outcome = run("tail", url, "--raw", "--count", "1", "--timeout", "20", "--quiet")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        message = json.loads(outcome.stdout)
        self.assertEqual(list(message), ["opcode", "data"])
        self.assertEqual(message["opcode"], 1)
        self.assertEqual(json.loads(message["data"])["id"], "e1")


class Lines:
    """The lines of a stream, read in the background as they come."""

    def __init__(self, stream):
        self.lines = []
        self.reader = threading.Thread(target=self._read, args=(stream,), daemon=True)
        self.reader.start()

    def _read(self, stream):
        for line in stream:
            self.lines.append(line.decode())

    def holding(self, words):
        return sum(words in line for line in list(self.lines))

    def all(self):
        self.reader.join(DEADLINE)
        return list(self.lines)


class Relay:
    """Passes connections on to a port of this machine, and cuts those that there are."""

    def __init__(self, port):
        self.port = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.sockets = []

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()
        self.cut()

    def cut(self):
        while self.sockets:
            some = self.sockets.pop()
            try:
                some.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            some.close()

    def _accept(self):
        while True:
            try:
                near = self.listener.accept()[0]
                far = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                return
            self.sockets += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one, other):
        try:
            while some := one.recv(65536):
                other.sendall(some)
            other.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class RecordTests(unittest.TestCase):
    """A tape holds every event once, however often the connection broke."""

    @classmethod
    def setUpClass(cls):
        require_binary()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="podium-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def test_a_recording_goes_on_where_the_connection_broke(self):
        events = [event(number) for number in range(1, 10)]
        path = self.folder / "broken.cast"
        with EventServer(events, cut=3) as server:
            with Program("record", server.url, "-o", str(path)) as recording:
                wait_for(lambda: "9" in server.asked)
                recording.process.send_signal(signal.SIGINT)
                self.assertEqual(recording.process.wait(DEADLINE), 0)
        self.assertEqual(server.asked, ["", "3", "6", "9"])
        recorded = re.findall(r"\be[0-9]\b", path.read_text())
        self.assertEqual(recorded, [f"e{number}" for number in range(1, 10)])
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()

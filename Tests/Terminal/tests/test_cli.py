"""The podium program without a terminal: what it prints, and how it fails. PODIUM_BINARY names it."""

import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from tests.program import BINARY, DEADLINE, Hub, require_binary, run, tape

FOREIGN = '{"version":2,"width":80,"height":24}\n[0.1,"o","x"]\n'


class CommandLineTests(unittest.TestCase):
    """What every test here has: a folder, and the program."""

    @classmethod
    def setUpClass(cls):
        require_binary()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="podium-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def file(self, name, contents):
        path = self.folder / name
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return str(path)

    def assert_fails(self, code, words, *arguments):
        """It ends with a code and one line that begins with podium: and holds the words."""
        outcome = run(*arguments)
        complaint = outcome.stderr.decode()
        self.assertEqual(outcome.returncode, code, complaint)
        self.assertRegex(complaint, r"\Apodium: [^\n]+\n\Z")
        for word in [words] if isinstance(words, str) else words:
            self.assertIn(word, complaint)
        self.assertEqual(outcome.stdout, b"")

    def assert_misused(self, words, *arguments):
        """It ends with 64 and says how it is used."""
        outcome = run(*arguments)
        complaint = outcome.stderr.decode()
        self.assertEqual(outcome.returncode, 64, complaint)
        self.assertRegex(complaint, r"\AError: ")
        self.assertIn("Usage: podium", complaint)
        self.assertIn(words, complaint)


class TapeFailureTests(CommandLineTests):
    """A file that is no tape is refused in one line, by every command that plays tapes."""

    def test_no_tape_at_all(self):
        cases = {
            "noise": (os.urandom(3000) + b"\n", "not a tape"),
            "empty": (b"", "not a tape"),
            "foreign": (FOREIGN, "asciicast v2 of another program"),
            "newer": ('{"version":3,"podium":{"version":9,"start":0}}\n', "upgrade podium"),
        }
        for name, (contents, words) in cases.items():
            path = self.file(f"{name}.cast", contents)
            for command in ("snapshot", "replay"):
                with self.subTest(tape=name, command=command):
                    self.assert_fails(65, [path, words], command, path)

    def test_no_source_of_monitor(self):
        self.assert_fails(65, "no tape", "monitor", self.file("noise.txt", "noise\n"))
        foreign = self.file("foreign-source.cast", FOREIGN)
        self.assert_fails(65, "asciicast v2 of another program", "monitor", foreign)

    def test_missing_file(self):
        for command in ("snapshot", "replay", "monitor", "tail"):
            with self.subTest(command=command):
                self.assert_fails(66, ["/no/such.cast", "check the path"], command, "/no/such.cast")

    def test_folder_as_tape(self):
        self.assert_fails(65, "is a folder, and a tape is a file", "snapshot", str(self.folder))

    def test_broken_line_is_named(self):
        path = self.file("broken.cast", pathlib.Path(tape("gaps")).read_bytes() + b"noise\n")
        lines = pathlib.Path(path).read_bytes().count(b"\n")
        self.assert_fails(65, f"line {lines}: not JSON", "snapshot", path)

    def test_a_cut_off_tape_is_drawn_and_told(self):
        whole = pathlib.Path(tape("gaps")).read_bytes()
        path = self.file("cut.cast", whole[:-9])
        outcome = run("snapshot", path)
        self.assertEqual(outcome.returncode, 0)
        self.assertIn(b"cut off; drawn up to its last whole line", outcome.stderr)
        self.assertEqual(outcome.stdout.count(b"\n"), 40)


class UsageTests(CommandLineTests):
    """What was typed wrongly is told at once."""

    def test_values_out_of_range(self):
        some = tape("gaps")
        cases = [
            ("'--size", ("snapshot", some, "--size", "big")),
            ("'--size", ("snapshot", some, "--size", "0x0")),
            ("'--size", ("snapshot", some, "--size", "99999x10")),
            ("'--at", ("snapshot", some, "--at", "noon")),
            ("'--format", ("snapshot", some, "--format", "gif")),
            ("--speed", ("replay", some, "--speed", "0")),
            ("--speed", ("replay", some, "--speed", "nan")),
            ("'--speed", ("replay", some, "--speed", "fast")),
            ("--count", ("tail", "-", "--count", "0")),
            ("--timeout", ("tail", "-", "--timeout", "inf")),
            ("--timeout", ("tail", "-", "--timeout", "nan")),
            ("--duration", ("record", "-", "-o", "x.cast", "--duration", "1e300")),
            ("--poll-interval", ("monitor", "-", "--poll-interval", "0")),
            ("NO_SUCH_TOKEN", ("monitor", "-", "--token-env", "NO_SUCH_TOKEN")),
            ("NO_SUCH_TOKEN", ("send", "x", "--token-env", "NO_SUCH_TOKEN")),
            ("give one of", ("send", "x", "--token-file", "a", "--token-command", "b")),
            ("--max-rate", ("monitor", "-", "--max-rate", "0")),
            ("--max-rate", ("tail", "-", "--max-rate", "10")),
            ("--port", ("demo", "--port", "99999")),
            ("'--scenario", ("demo", "--scenario", "opera")),
            ("'frobnicate'", ("frobnicate",)),
            ("'<tape>'", ("replay",)),
            ("'--output", ("record", "-")),
        ]
        for words, arguments in cases:
            with self.subTest(arguments=arguments):
                self.assert_misused(words, *arguments)

    def test_unknown_theme(self):
        some = tape("gaps")
        cut = self.file("cut-theme.cast", pathlib.Path(some).read_bytes()[:-9])
        for path in (some, cut):
            self.assert_fails(64, "the themes are", "snapshot", path, "--theme", "plaid")
        self.assert_fails(66, "./no.theme", "snapshot", some, "--theme", "./no.theme")
        self.assert_fails(64, "the themes are", "themes", "plaid")

    def test_addresses(self):
        self.assert_fails(64, "--insecure-plaintext", "monitor", "http://podium.invalid")
        self.assert_fails(64, "cannot read", "monitor", "ftp://127.0.0.1")
        self.assert_fails(64, "HOST:PORT", "hub", "--listen", "nowhere")

    def test_data_to_send(self):
        self.assert_fails(64, "not JSON", "send", "x", "--data", "{")
        self.assert_fails(64, "JSON object", "send", "x", "--data", "[]")

    def test_hubs_to_send_to(self):
        self.assert_fails(64, "--insecure-plaintext", "send", "x", "--hub", "http://podium.invalid")
        self.assert_fails(64, "--hub is an address", "send", "x", "--hub", "nowhere")
        self.assert_fails(64, "--hub is an address", "send", "x", "--hub", "/etc/hostname")
        self.assert_fails(64, "a hub is an address", "send", "x", "--hub", "-")
        self.assert_fails(64, "/no/such.pem", "send", "x", "--ca", "/no/such.pem")
        self.assert_fails(64, "use --token-env", "send", "x", "--header", "Authorization: Bearer s")

    def test_files_that_cannot_be_made(self):
        taken = self.file("taken.cast", "precious")
        self.assert_fails(73, "choose another name", "record", "-", "-o", taken)
        self.assertEqual(pathlib.Path(taken).read_text(), "precious")
        self.assert_fails(73, "/no/such", "record", "-", "-o", "/no/such/x.cast")
        self.assert_fails(73, "/no/such", "snapshot", tape("gaps"), "-o", "/no/such/x.txt")

    def test_without_arguments_it_says_how_to_begin(self):
        outcome = run()
        self.assertEqual(outcome.returncode, 0)
        self.assertIn(b"podium demo", outcome.stdout)


class ConnectionFailureTests(CommandLineTests):
    """A source that will never answer is told before anything is drawn."""

    def test_unknown_host(self):
        self.assert_fails(69, "podium.invalid", "monitor", "https://podium.invalid")

    def test_refused_connection(self):
        with socket.socket() as reserved:
            # Bound and not listening: nobody else takes the port meanwhile.
            reserved.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
            for command in ("monitor", "tail"):
                self.assert_fails(69, ["nobody listens", "start the server"], command, url)
            self.assert_fails(69, "nobody listens", "send", "x", "--hub", url)
            self.assert_fails(69, "nobody listens", "record", url, "-o", str(self.folder / "never.cast"))

    def test_an_answer_that_is_no_feed(self):
        cases = {404: ("404", b"nothing"), 200: ("a web page", b"<html></html>"), 401: ("401", b"")}
        for status, (words, body) in cases.items():
            with self.subTest(status=status), serving(status, body) as url:
                self.assert_fails(69, words, "monitor", url)


class serving:
    """A web server on this machine that gives every request one answer of HTML."""

    def __init__(self, status, body):
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def log_message(self, *_):
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class FeedTests(CommandLineTests):
    """What goes through a hub, a pipe and a tape comes out the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hub = Hub("--scenario", "mixed", "--seed", "1")
        cls.addClassCleanup(cls.hub.kill)

    def tail(self, count, *arguments):
        outcome = run("tail", self.hub.url, "--count", str(count), "--timeout", "20", *arguments)
        self.assertEqual(outcome.returncode, 0, outcome.stderr.decode())
        return outcome.stdout

    def test_tail_prints_events_as_lines(self):
        events = [json.loads(line) for line in self.tail(3).splitlines()]
        self.assertEqual(len(events), 3)
        for event in events:
            self.assertEqual(event["specversion"], "1.0")
            self.assertTrue(event["id"] and event["type"] and event["source"])

    def test_tail_gives_up_at_its_deadline(self):
        quiet = Hub()
        self.addCleanup(quiet.kill)
        outcome = run("tail", quiet.url, "--count", "3", "--timeout", "0.3")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("podium: only 0 of 3 events", outcome.stderr.decode())

    def test_a_reader_that_leaves_ends_it_quietly(self):
        script = '"$1" tail "$2" 2>"$3" | head -1; exit "${PIPESTATUS[0]}"'
        complaints = self.folder / "complaints"
        outcome = subprocess.run(
            ["bash", "-c", script, "-", BINARY, self.hub.url, str(complaints)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEADLINE,
            check=False,
        )
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertEqual(len(outcome.stdout.splitlines()), 1)
        for line in complaints.read_text().splitlines():
            self.assertRegex(line, r": (connecting|connected|heartbeat)")

    def test_monitor_without_a_terminal_prints_lines(self):
        events = self.tail(20)
        outcome = run("monitor", "-", data=events)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertNotIn(b"\x1b", outcome.stdout)
        lines = [line for line in outcome.stdout.splitlines() if not line.startswith(b"#")]
        self.assertEqual(len(lines), 20)

    def test_monitor_without_a_terminal_prints_no_more_than_a_source_may_send(self):
        events = b"".join(
            json.dumps({
                "specversion": "1.0", "id": f"e{number}", "source": "/test",
                "type": "com.example.task.created", "data": {"task": f"t{number}"},
            }).encode() + b"\n"
            for number in range(40)
        )
        for arguments in ((), ("--until", "tasks.total = 40")):
            began = time.monotonic()
            outcome = run("monitor", "-", "--max-rate", "20", *arguments, data=events)
            took = time.monotonic() - began
            self.assertEqual(outcome.returncode, 0, outcome.stderr)
            # A second's worth comes at once, the rest at the rate.
            self.assertGreater(took, 0.9)
            if not arguments:
                lines = [line for line in outcome.stdout.splitlines() if not line.startswith(b"#")]
                self.assertEqual(len(lines), 40)

    def test_a_token_is_sent_and_never_shown(self):
        with serving(401, b"Bearer s3cret-token is no good") as url:
            for options in (
                ("--token-env", "PODIUM_TEST_TOKEN"),
                ("--token-command", "echo s3cret-token"),
                ("--token-file", self.file("token", "s3cret-token\n")),
            ):
                with self.subTest(options=options):
                    outcome = run("send", "x", "--hub", url, *options,
                                  environment={"PODIUM_TEST_TOKEN": "s3cret-token"})
                    self.assertEqual(outcome.returncode, 77)
                    self.assertIn(b"wants a valid token (401)", outcome.stderr)
                    self.assertNotIn(b"s3cret", outcome.stdout + outcome.stderr)
        with serving(400, b"Bearer s3cret-token is no good") as url:
            outcome = run("send", "x", "--hub", url.replace("//", "//ann:hidden@"),
                          "--token-env", "PODIUM_TEST_TOKEN",
                          environment={"PODIUM_TEST_TOKEN": "s3cret-token"})
            self.assertEqual(outcome.returncode, 65)
            self.assertIn("the hub answered 400: Bearer … is no good", outcome.stderr.decode())
            self.assertNotIn(b"hidden", outcome.stderr)

    def test_what_is_sent_reaches_the_hub(self):
        quiet = Hub()
        self.addCleanup(quiet.kill)
        kind = "com.example.kds.menu.item86"
        sent = run("send", kind, "--hub", quiet.url, "--id", "mine", "--data", '{"item":"soup"}')
        self.assertEqual((sent.returncode, sent.stdout, sent.stderr), (0, b"", b""))
        with subprocess.Popen(
            [BINARY, "tail", quiet.url, "--count", "1", "--timeout", "20"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as tail:
            self.addCleanup(tail.kill)
            event = json.loads(tail.stdout.readline())
            self.assertEqual(tail.wait(DEADLINE), 0)
        self.assertEqual((event["id"], event["type"]), ("mine", kind))
        self.assertEqual(event["data"], {"item": "soup"})

    def test_a_refused_event_is_told(self):
        self.assert_fails(65, self.hub.url, "send", "", "--hub", self.hub.url)

    def test_a_recording_is_drawn_and_replayed(self):
        path = str(self.folder / "recorded.cast")
        outcome = run("record", self.hub.url, "-o", path, "--duration", "1")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertRegex(outcome.stderr.decode(), r"podium: recorded [1-9][0-9]* frames and facts")
        for arguments in (("snapshot", path), ("replay", path), ("monitor", path)):
            with self.subTest(arguments=arguments):
                drawn = run(*arguments)
                self.assertEqual(drawn.returncode, 0, drawn.stderr)
                self.assertIn("LIVE websocket", drawn.stdout.decode())
                self.assertEqual(drawn.stderr, b"")

    def test_a_recording_survives_an_interruption(self):
        path = self.folder / "interrupted.cast"
        with subprocess.Popen(
            [BINARY, "record", self.hub.url, "-o", str(path)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as recording:
            self.addCleanup(recording.kill)
            wait_until(lambda: path.exists() and path.stat().st_size > 0)
            recording.send_signal(signal.SIGINT)
            self.assertEqual(recording.wait(DEADLINE), 0)
        self.assertEqual(run("snapshot", str(path)).stderr, b"")


def wait_until(condition):
    """Polls until a condition holds; fails at the deadline."""
    paused = threading.Event()
    for _ in range(int(DEADLINE / 0.02)):
        if condition():
            return
        paused.wait(0.02)
    raise AssertionError("waited in vain")


if __name__ == "__main__":
    unittest.main()

"""`podium doctor`: what it finds, and what it tells scripts. PODIUM_BINARY names the program."""

import http.server
import json
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest

from tests.event_server import EventServer, event
from tests.program import Hub, require_binary, run, tape


class Web:
    """A web server that gives every request one answer."""

    def __init__(self, status, kind="text/html", body=b"", headers=(), context=None):
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        if context:
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.authority = f"127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class DoctorTests(unittest.TestCase):
    """A diagnosis for a person and one for a script, of the same findings."""

    @classmethod
    def setUpClass(cls):
        require_binary()
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="podium-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def diagnose(self, source, *arguments, environment=None):
        outcome = run("doctor", source, "--json", *arguments, environment=environment)
        self.assertEqual(outcome.stderr, b"")
        return outcome.returncode, json.loads(outcome.stdout)

    def assert_diagnosed(self, code, verdict, words, source, *arguments, environment=None):
        """It ends with a code, and names the verdict and what to fix."""
        status, diagnosis = self.diagnose(source, *arguments, environment=environment)
        self.assertEqual((status, diagnosis["verdict"]), (code, verdict), diagnosis)
        self.assertIn(words, diagnosis["fix"])
        self.assertFalse(diagnosis["healthy"])

    def test_a_hub_is_healthy(self):
        hub = Hub("--scenario", "mixed", "--seed", "1")
        self.addCleanup(hub.kill)
        status, diagnosis = self.diagnose(hub.url)
        self.assertEqual(status, 0, diagnosis)
        self.assertIn(diagnosis["verdict"], ("healthy", "usable"))
        self.assertEqual(diagnosis["resume"], "exact")
        self.assertEqual(diagnosis["http"]["status"], 200)
        found = {trial["transport"]: trial for trial in diagnosis["transports"]}
        self.assertEqual(list(found), ["websocket", "sse", "long-poll", "poll"])
        self.assertTrue(found["sse"]["accepted"])
        self.assertGreater(found["sse"]["events"], 0)
        self.assertAlmostEqual(found["sse"]["heartbeatMs"], 700, delta=400)
        page = run("doctor", hub.url, environment={"LC_ALL": "C.UTF-8", "TERM": "xterm"})
        self.assertEqual(page.returncode, 0)
        self.assertNotIn(b"\x1b", page.stdout)
        self.assertIn("✓ resume", page.stdout.decode())
        self.assertIn("Podium will use", page.stdout.decode())

    def test_a_stream_that_forgets_is_told_to_lose_events(self):
        events = [event(number) for number in range(1, 9)]
        with EventServer(events, cut=4, has_ids=False) as server:
            status, diagnosis = self.diagnose(server.url, "--seconds", "1")
        self.assertEqual((status, diagnosis["verdict"]), (0, "usable"))
        self.assertEqual(diagnosis["resume"], "loses")

    def test_nobody_listens(self):
        with socket.socket() as reserved:
            reserved.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
            self.assert_diagnosed(69, "unreachable", "start the server", url)

    def test_no_such_host(self):
        self.assert_diagnosed(69, "unreachable", "network", "https://podium.invalid")

    def test_a_wrong_path_and_a_web_page_are_no_events(self):
        hub = Hub()
        self.addCleanup(hub.kill)
        self.assert_diagnosed(
            65, "no-events", "path", f"sse+{hub.url}/v1/nothing", "--seconds", "1")
        with Web(200, body=b"<html></html>") as web:
            self.assert_diagnosed(
                65, "no-events", "path", f"sse+http://{web.authority}/", "--seconds", "1")

    def test_credentials_are_judged_and_never_shown(self):
        for status, words in ((401, "valid token"), (403, "right to read")):
            with self.subTest(status=status), Web(status) as web:
                source = f"sse+http://someone:hidden@{web.authority}/stream"
                environment = {"PODIUM_TEST_TOKEN": "s3cret-token"}
                arguments = ("--seconds", "1", "--token-env", "PODIUM_TEST_TOKEN")
                self.assert_diagnosed(
                    77, "forbidden", words, source, *arguments, environment=environment)
                for form in ((), ("--json",)):
                    outcome = run("doctor", source, *arguments, *form, environment=environment)
                    said = outcome.stdout + outcome.stderr
                    self.assertNotIn(b"s3cret", said)
                    self.assertNotIn(b"hidden", said)

    def test_a_busy_server_cannot_be_used_now(self):
        with Web(503, headers=[("Retry-After", "60")]) as web:
            self.assert_diagnosed(
                69, "unreachable", "503", f"sse+http://{web.authority}/", "--seconds", "1")

    def test_a_certificate_that_nobody_trusts(self):
        if not shutil.which("openssl"):
            self.skipTest("there is no openssl to make a certificate with")
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "40", "-subj",
             "/CN=feed.test", "-addext", "subjectAltName=DNS:feed.test", "-keyout", str(key),
             "-out", str(certificate)],
            check=True, capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        with Web(200, "text/event-stream", b": hi\n\n", context=context) as web:
            url = f"sse+https://{web.authority}/"
            self.assert_diagnosed(77, "forbidden", "authority", url, "--seconds", "1")
            _, diagnosis = self.diagnose(url, "--seconds", "1")
            shown = diagnosis["tls"]["chain"][0]
            self.assertEqual((shown["subject"], shown["issuer"]), ("feed.test", "feed.test"))
            self.assertEqual(shown["names"], ["feed.test"])
            self.assertIn(shown["daysLeft"], (39, 40))
            self.assertFalse(diagnosis["tls"]["trusted"])
            self.assert_diagnosed(
                77, "forbidden", "feed.test", url, "--ca", str(certificate), "--seconds", "1")

    def test_files_are_looked_into(self):
        for contents, code in (
            ('{"specversion":"1.0","id":"1","source":"s","type":"t"}\n', 0),
            ("neither\n", 65),
        ):
            path = self.folder / "file"
            path.write_text(contents)
            self.assertEqual(self.diagnose(str(path))[0], code)
        self.assertEqual(self.diagnose(tape("gaps"))[0], 0)
        self.assertEqual(self.diagnose("-")[0], 0)
        missing = run("doctor", "/no/such/file")
        self.assertEqual(missing.returncode, 66)
        self.assertIn(b"check the path", missing.stderr)


if __name__ == "__main__":
    unittest.main()

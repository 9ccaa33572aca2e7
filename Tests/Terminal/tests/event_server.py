"""A small event stream server for the tests: it resumes, and cuts connections as told."""

import http.server
import json
import threading


def event(number, **attributes):
    """A CloudEvent with a number of its own."""
    return {"specversion": "1.0", "id": f"e{number}", "source": "/test", "type": "x", **attributes}


class EventServer:
    """Streams numbered events after the Last-Event-ID, as a WHATWG event stream.

    `cut` closes a connection after that many events; without ids nothing can be resumed, and each
    connection goes on where the last one stopped. `body` is sent instead of events.
    """

    def __init__(self, events=(), cut=None, has_ids=True, body=None):
        self.events = list(events)
        self.cut = cut
        self.has_ids = has_ids
        self.body = body
        self.sent = 0
        # The Last-Event-ID of each connection, in order; empty where it sent none.
        self.asked = []
        self.closing = threading.Event()
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                server.stream(self.headers.get("Last-Event-ID", ""), self.wfile)

            def log_message(self, *_):
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"sse+http://127.0.0.1:{self.server.server_port}/stream"

    def stream(self, position, out):
        self.asked.append(position)
        out.write(b"retry: 20\n\n")
        if self.body is not None:
            out.write(self.body)
            out.flush()
            self.closing.wait()
            return
        first = (int(position) if position else 0) if self.has_ids else self.sent
        last = len(self.events) if self.cut is None else min(len(self.events), first + self.cut)
        for number in range(first, last):
            if self.has_ids:
                out.write(f"id: {number + 1}\n".encode())
            out.write(f"data: {json.dumps(self.events[number])}\n\n".encode())
        out.flush()
        self.sent = last
        if first == len(self.events):
            self.closing.wait()

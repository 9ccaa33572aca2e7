"""The programs of a drill, each ended by its own id and with everything it said kept."""

import os
import re
import signal
import subprocess
import threading
import time

BINARY = os.environ.get("PODIUM_BINARY", "podium")


def heed_interrupts():
    """What a shell starts in the background is born deaf to Ctrl-C, and so would its children be."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Program:
    """A running podium; its lines are kept with the time they came, and written to a folder."""

    def __init__(self, name, arguments, folder):
        self.name = name
        self.lines = []
        self.errors = []
        self.said = threading.Condition()
        self.process = subprocess.Popen(
            [BINARY, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, preexec_fn=heed_interrupts)
        self.readers = [
            threading.Thread(target=self._read, args=(stream, kept, f"{folder}/{name}.{suffix}"),
                             daemon=True)
            for stream, kept, suffix in (
                (self.process.stdout, self.lines, "out"), (self.process.stderr, self.errors, "err"))
        ]
        for reader in self.readers:
            reader.start()

    def _read(self, stream, kept, path):
        with open(path, "wb") as copy:
            rest = b""
            while chunk := os.read(stream.fileno(), 1 << 16):
                now = time.monotonic()
                copy.write(chunk)
                *whole, rest = (rest + chunk).split(b"\n")
                with self.said:
                    kept.extend((now, line.decode("utf-8", "replace")) for line in whole)
                    self.said.notify_all()

    def wait_for(self, seconds, condition):
        """Waits until a condition on what was said holds; whether it does."""
        with self.said:
            return self.said.wait_for(
                lambda: condition() or self.process.poll() is not None, seconds) and condition()

    def wait_for_error(self, pattern, seconds=20):
        """Waits for a line on the standard error; its match."""
        found = []

        def look():
            found[:] = [m for _, text in self.errors if (m := re.search(pattern, text))]
            return bool(found)

        if not self.wait_for(seconds, look):
            said = " / ".join(text for _, text in self.errors[-3:])
            raise RuntimeError(f"{self.name} never said {pattern!r}; it said: {said}")
        return found[0]

    @property
    def has_ended(self):
        return self.process.poll() is not None

    def stop(self):
        """Ends it as Ctrl-C does, and with force if it will not; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for reader in self.readers:
            reader.join(5)
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode

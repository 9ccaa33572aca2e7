"""A program under a pseudo-terminal, its screen kept by pyte.

`PodiumTerminal` runs a command, feeds it keys and signals, and waits for what the screen shows.
Nothing sleeps for a fixed time: every wait polls a condition and fails loudly at its timeout,
with the screen in the message.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte

TIMEOUT = 10.0

KEYS = {
    "up": "\x1bOA",
    "down": "\x1bOB",
    "right": "\x1bOC",
    "left": "\x1bOD",
    "home": "\x1bOH",
    "end": "\x1bOF",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "backtab": "\x1b[Z",
    "tab": "\t",
    "enter": "\r",
    "escape": "\x1b",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
    "ctrl-c": "\x03",
    "ctrl-z": "\x1a",
}

ALTERNATE_SCREEN = 1049 << 5
"""pyte keeps private modes shifted left by five."""


class Timeout(AssertionError):
    """A condition that did not come true in time; the message holds the screen."""


class Screen(pyte.Screen):
    """pyte's screen, keeping a copy of the normal screen while the alternate one shows."""

    def __init__(self, columns, lines):
        self._normal = None
        super().__init__(columns, lines)

    def set_mode(self, *modes, **options):
        if options.get("private") and 1049 in modes and self._normal is None:
            self._normal = (
                {row: dict(cells) for row, cells in self.buffer.items()},
                self.cursor.x,
                self.cursor.y,
            )
            super().erase_in_display(2)
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes, **options):
        if options.get("private") and 1049 in modes and self._normal is not None:
            rows, x, y = self._normal
            self._normal = None
            self.buffer.clear()
            for row, cells in rows.items():
                self.buffer[row].update(cells)
            self.cursor.x, self.cursor.y = x, y
        super().reset_mode(*modes, **options)

    def report_device_attributes(self, *arguments, **options):
        """Questions stay unanswered, as by the plainest terminal."""

    report_device_status = report_device_attributes


class PodiumTerminal:
    """One command in a terminal of `columns` by `rows`.

    `stdin`: a file descriptor to use as standard input in place of the terminal.
    `environment`: added to a small fixed one; a value of None removes the variable.
    """

    def __init__(self, command, columns=80, rows=24, environment=None, stdin=None):
        self.raw = bytearray()
        self.exit_status = None
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._controller, line = pty.openpty()
        self._line = line
        self.resize(columns, rows, tell=False)
        self.modes_before = termios.tcgetattr(line)
        self.pid = os.fork()
        if self.pid == 0:
            self._become(command, line, stdin, _environment(environment))

    def _become(self, command, line, stdin, environment):
        try:
            os.setsid()
            fcntl.ioctl(line, termios.TIOCSCTTY, 0)
            # An inherited ignored signal would be kept ignored by the program.
            for name in ("SIGINT", "SIGHUP", "SIGQUIT", "SIGTERM", "SIGPIPE"):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
            os.dup2(line if stdin is None else stdin, 0)
            os.dup2(line, 1)
            os.dup2(line, 2)
            os.closerange(3, 256)
            os.execvpe(command[0], command, environment)
        except BaseException as failure:
            os.write(2, f"cannot run {command[0]}: {failure}\r\n".encode())
        os._exit(127)

    # What the terminal shows.

    def lines(self):
        """The rows of the screen as text, trailing blanks removed."""
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        """The whole screen as one text."""
        return "\n".join(self.lines())

    def cell(self, column, row):
        """pyte's character: data, fg, bg, bold, italics, underscore, strikethrough, reverse."""
        return self.screen.buffer[row][column]

    def is_on_alternate_screen(self):
        return ALTERNATE_SCREEN in self.screen.mode

    def is_cursor_hidden(self):
        return self.screen.cursor.hidden

    def modes(self):
        """The modes of the line, as termios lists them."""
        return termios.tcgetattr(self._line)

    # What is done to the program.

    def send(self, text):
        """Types characters."""
        os.write(self._controller, text if isinstance(text, bytes) else text.encode())

    def press(self, *names):
        """Presses keys by name ("f1", "up") or by character ("q")."""
        for name in names:
            self.send(KEYS.get(name, name))

    def resize(self, columns, rows, tell=True):
        """Gives the window another size; the kernel tells the program by SIGWINCH."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        if tell:
            self.pump()
            self.screen.resize(rows, columns)
        fcntl.ioctl(self._controller, termios.TIOCSWINSZ, size)

    def signal(self, number):
        """Sends a signal to the command's process."""
        os.kill(self.pid, number)

    def get_stuck(self):
        """Fills the line until it takes no more bytes, as when the terminal stops reading."""
        own = os.open(os.ttyname(self._line), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            while True:
                os.write(own, b" ")
        except BlockingIOError:
            pass
        finally:
            os.close(own)

    def hang_up(self):
        """Closes the terminal, as a closed window or a lost connection does."""
        os.close(self._line)
        os.close(self._controller)
        self._line = self._controller = None

    # Waiting.

    def pump(self, patience=0.0):
        """Gives pyte what the program has written; waits up to `patience` seconds for some."""
        if self._controller is None:
            time.sleep(min(patience, 0.01))
            return False
        if not select.select([self._controller], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._controller, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, condition, timeout=TIMEOUT, what=None):
        """Pumps until `condition(self)` is true, or some text given instead is on the screen."""
        if isinstance(condition, str):
            wanted = condition
            return self.wait_for(lambda it: wanted in it.text(), timeout, f"the text {wanted!r}")
        deadline = time.monotonic() + timeout
        while True:
            while self.pump():
                pass
            if condition(self):
                return self
            left = deadline - time.monotonic()
            if left <= 0:
                raise Timeout(f"waited {timeout} s for {what or 'a condition'}\n{self._picture()}")
            self.pump(min(left, 0.05))

    def wait_until_quiet(self, span=0.3, timeout=TIMEOUT):
        """Waits until nothing has been written for a while: a screen that stands is whole then."""
        deadline = time.monotonic() + timeout
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < span:
            if self.pump(0.05):
                quiet_since = time.monotonic()
            if time.monotonic() > deadline:
                raise Timeout(f"waited {timeout} s for quiet\n{self._picture()}")
        return self

    def wait_for_exit(self, timeout=TIMEOUT):
        """Waits for the end; the exit status, negative when a signal ended the program."""
        self.wait_for(lambda it: it._reaped(), timeout, "the end of the program")
        while self.pump():
            pass
        return self.exit_status

    def wait_for_exit_unread(self, timeout=TIMEOUT):
        """Waits for the end while reading nothing, as a stuck terminal does."""
        deadline = time.monotonic() + timeout
        while not self._reaped():
            if time.monotonic() > deadline:
                raise Timeout(f"waited {timeout} s for the end of the program, reading nothing")
            time.sleep(0.01)
        return self.exit_status

    def wait_for_stop(self, timeout=TIMEOUT):
        """Waits until the program is stopped, as after Ctrl-Z."""
        self.wait_for(lambda it: it._state() == "T", timeout, "the program to stop")

    def is_running(self):
        return not self._reaped()

    def _reaped(self):
        if self.exit_status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                self.exit_status = os.waitstatus_to_exitcode(status)
        return self.exit_status is not None

    def _state(self):
        with open(f"/proc/{self.pid}/stat") as facts:
            return facts.read().rpartition(")")[2].split()[0]

    def _picture(self):
        rows = "\n".join(f"|{line}" for line in self.lines())
        return f"exit status {self.exit_status}, {len(self.raw)} bytes read, screen:\n{rows}"

    def close(self):
        """Ends the program if need be and closes the terminal."""
        if self.is_running():
            self.signal(signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for descriptor in (self._line, self._controller):
            if descriptor is not None:
                os.close(descriptor)
        self._line = self._controller = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _environment(additions):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_STATE_HOME") if name in os.environ}
    kept.update(TERM="xterm-256color", LANG="C.UTF-8", SWIFT_BACKTRACE="enable=no")
    kept.update(additions or {})
    return {name: value for name, value in kept.items() if value is not None}

"""One drill: a hub, the chaos proxy and tail; what tail printed against what was published."""

import http.client
import json
import os
import shutil
import threading
import time

from programs import Program
from verdict import Check, payload, recoveries

SOURCE = "drill/publisher"
BASE_FAULTS = "delay,throttle,cut,half-open,truncate,refuse,corrupt"
# The addresses that pin one rung, and the one that leaves it to the ladder.
TRANSPORTS = {
    "ws": ("ws://{}", BASE_FAULTS),
    "sse": ("sse+http://{}", BASE_FAULTS),
    "longpoll": ("longpoll+http://{}", BASE_FAULTS),
    "poll": ("poll+http://{}", BASE_FAULTS),
    "automatic": ("http://{}", BASE_FAULTS + ",deny-upgrade,deny-stream"),
}
EVENTS, BATCH = 5_000, 25
PUBLISHING, CALM, PATIENCE = 4.5, 3.5, 20.0


class Result:
    """What came of one run."""

    def __init__(self, seed, transport, asked):
        self.seed, self.transport, self.asked = seed, transport, asked
        self.problems, self.recoveries, self.faults = [], [], []
        self.missing = self.connections = 0
        self.seconds = 0.0
        self.rungs = []

    @property
    def line(self):
        state = "ok    " if not self.problems else "FAILED"
        slowest = f"{max(self.recoveries):.2f}" if self.recoveries else "-"
        text = (f"{state} seed {self.seed:<5} {self.transport:<9} {len(self.faults):>3} faults "
                f"{self.connections:>3} connections  slowest recovery {slowest:>5} s  "
                f"{self.missing} missing and named  {self.seconds:.1f} s")
        if len(set(self.rungs)) > 1:
            text += "  " + ">".join(self.rungs)
        return "\n".join([text, *("       " + problem for problem in self.problems)])


class Publisher(threading.Thread):
    """Publishes the events at a steady pace and notes when each was taken."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.published, self.error = port, {}, None

    def run(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            start = time.monotonic()
            for first in range(1, EVENTS + 1, BATCH):
                pause = start + PUBLISHING * (first - 1) / EVENTS - time.monotonic()
                if pause > 0:
                    time.sleep(pause)
                self._post(connection, range(first, min(first + BATCH, EVENTS + 1)))
            connection.close()
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            self.error = f"publishing failed: {error}"

    def _post(self, connection, numbers):
        body = "".join(
            json.dumps({"specversion": "1.0", "id": str(n), "source": SOURCE,
                        "type": "com.example.drill.tick", "data": payload(n)}) + "\n"
            for n in numbers)
        before = time.monotonic()
        connection.request("POST", "/v1/events", body.encode(),
                           {"Content-Type": "application/x-ndjson"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 202:
            raise RuntimeError(f"the hub answered {answer.status}")
        # Before the request: an event counts as published after a fault only if it surely was.
        self.published.update(dict.fromkeys(numbers, before))


def run(seed, transport, folder, faults=None):
    """Runs one drill; its Result. What the programs said stays in the folder if it failed."""
    result = Result(seed, transport, faults or TRANSPORTS[transport][1])
    os.makedirs(folder, exist_ok=True)
    programs = []
    began = time.monotonic()
    try:
        _run(result, folder, programs)
    except RuntimeError as error:
        result.problems.append(str(error))
    finally:
        for program in reversed(programs):
            code = program.stop()
            if code not in (0, 130, -2):
                result.problems.append(f"{program.name} ended with {code}")
    result.seconds = time.monotonic() - began
    if not result.problems:
        shutil.rmtree(folder, ignore_errors=True)
    return result


def _start(result, folder, programs):
    address = TRANSPORTS[result.transport][0]
    hub = Program("hub", ["hub", "--listen", "127.0.0.1:0"], folder)
    programs.append(hub)
    port = int(hub.wait_for_error(r"127\.0\.0\.1:(\d+)").group(1))
    chaos = Program(
        "chaos", ["chaos", "--upstream", f"127.0.0.1:{port}", "--listen", "127.0.0.1:0",
                  "--seed", str(result.seed), "--faults", result.asked, "--calm", str(CALM), "--log",
                  "--intensity", str(5 + result.seed % 6)], folder)
    programs.append(chaos)
    proxied = chaos.wait_for_error(r"on (127\.0\.0\.1:\d+)").group(1)
    # A fault on the very first request is no drill of a connection: nothing was there yet. Tail ends
    # for a refusal then, and waits half a minute for an answer; it is started anew for either.
    for attempt in range(3):
        tail = Program(
            "tail", ["tail", address.format(proxied), "--poll-interval", "0.1"], folder)
        connected = lambda: any("connected by" in text for _, text in tail.errors)
        if tail.wait_for(5, connected):
            break
        said = " / ".join(text for _, text in tail.errors[-3:])
        if tail.stop() not in (0, 69, -2) or attempt == 2:
            raise RuntimeError(f"tail never connected; it said: {said}")
    programs.append(tail)
    return port, chaos, tail


def _run(result, folder, programs):
    port, chaos, tail = _start(result, folder, programs)
    publisher = Publisher(port)
    publisher.start()
    check, printed, taken = Check(SOURCE, EVENTS), {}, 0
    deadline = time.monotonic() + PUBLISHING + PATIENCE
    while time.monotonic() < deadline and EVENTS not in printed and not tail.has_ended:
        tail.wait_for(0.5, lambda: len(tail.lines) > taken)
        with tail.said:
            fresh = tail.lines[taken:]
        taken += len(fresh)
        for moment, text in fresh:
            number = check.take(text)
            if number is not None:
                printed.setdefault(number, moment)
    if tail.has_ended:
        result.problems.append("tail ended by itself")
    publisher.join(PUBLISHING + PATIENCE)
    result.problems += [publisher.error] if publisher.error else []
    result.problems += check.problems()
    result.missing = check.missing() if not result.problems else 0
    _account(result, chaos, tail, publisher, printed)


def _account(result, chaos, tail, publisher, printed):
    for moment, text in list(chaos.lines):
        record = json.loads(text)
        if record["fault"] != "opened":
            result.faults.append((moment + record.get("ms", 0) / 1000, record["fault"]))
    marks = [text.split("connected by ")[1].split(",")[0].strip()
             for _, text in list(tail.errors) if "connected by " in text]
    result.connections = len(marks)
    result.rungs = [mark for place, mark in enumerate(marks)
                    if place == 0 or marks[place - 1] != mark]
    result.recoveries = recoveries(result.faults, publisher.published, printed)

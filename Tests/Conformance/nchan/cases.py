"""The cases: each publishes numbered events around something that happens to the servers."""

import os
import re
import signal
import time

from programs import Program
from servers import Nginx, Redis, until
from verdict import Check

TRANSPORTS = {
    "sse": "sse+http://127.0.0.1:{}/sse?id={}",
    "ws": "ws://127.0.0.1:{}/ws?id={}",
    "longpoll": "longpoll+http://127.0.0.1:{}/longpoll?id={}",
    "poll": "poll+http://127.0.0.1:{}/poll?id={}",
    "quiet": "sse+http://127.0.0.1:{}/quiet?id={}",
}
EVERY = ["sse", "ws", "longpoll", "poll"]
PATIENCE = 30


class House:
    """The servers of all cases."""

    def __init__(self, folder):
        self.folder = folder
        self.memory = Nginx(folder, "memory")
        self.redis = Redis(folder, "redis")
        self.a = Nginx(folder, "a", self.redis)
        self.b = Nginx(folder, "b", self.redis)
        self.played = 0

    def __enter__(self):
        for server in self.servers:
            server.start()
        return self

    def __exit__(self, *_):
        for server in reversed(self.servers):
            server.kill()

    @property
    def servers(self):
        return [self.memory, self.redis, self.a, self.b]


class Listening:
    """A tail of one channel, and what it printed."""

    def __init__(self, house, transport, server):
        house.played += 1
        self.channel = self.source = f"case-{house.played}"
        folder = os.path.join(house.folder, self.channel)
        os.makedirs(folder)
        address = TRANSPORTS[transport].format(server.port, self.channel)
        self.tail = Program("tail", ["tail", address, "--poll-interval", "0.1"], folder)
        self.printed, self.taken = set(), 0
        self.check = Check(self.source, 0)

    def publish(self, server, numbers):
        server.publish(self.channel, numbers, self.source)
        self.check.count = max(self.check.count, max(numbers))

    def await_events(self, last):
        """Waits until an event was printed; whether it was."""
        def look():
            for _, text in self.tail.lines[self.taken:]:
                self.printed.add(self.check.take(text))
            self.taken = len(self.tail.lines)
            return last in self.printed
        return self.tail.wait_for(PATIENCE, look)

    def said(self, text):
        return any(text in line for _, line in self.tail.errors)

    def problems(self, *, server_loses=False):
        """What is wrong, after the last event published was awaited.

        Where the server itself loses events, naming them is what is asked for.
        """
        self.await_events(self.check.count)
        ended = ["tail ended by itself"] if self.tail.has_ended else []
        self.tail.stop()
        if server_loses:
            self.check.named += self.named_gaps()
        found = ended + self.check.problems()
        if found:
            found += [f"tail: {line}" for _, line in self.tail.errors[-6:]]
        return found

    def named_gaps(self):
        pattern = re.compile(rf"gap: (\d+)(?:-(\d+))? missing from {self.source}$")
        found = [match for _, line in self.tail.errors if (match := pattern.search(line))]
        return [(int(match[1]), int(match[2] or match[1])) for match in found]


def play(house, case, transport):
    """Plays a case; the problems found."""
    listening = None
    try:
        server = house.a if case.shared else house.memory
        listening = Listening(house, transport, server)
        return case(house, listening)
    finally:
        if listening:
            listening.tail.stop()


def steady(listening, server, numbers, pause=0.005):
    for number in numbers:
        listening.publish(server, [number])
        time.sleep(pause)


def plain(house, listening):
    """events before and while it listens"""
    listening.publish(house.memory, range(1, 31))
    listening.await_events(30)
    steady(listening, house.memory, range(31, 201))
    return listening.problems()


def reload(house, listening):
    """nginx reloads: what it takes and loses meanwhile is named as a gap"""
    listening.publish(house.memory, range(1, 51))
    listening.await_events(50)
    house.memory.reload()
    steady(listening, house.memory, range(51, 151))
    return listening.problems(server_loses=True)


def one_of_two(house, listening):
    """one of two nginx is killed, the other goes on, it comes back"""
    listening.publish(house.a, range(1, 51))
    listening.await_events(50)
    house.a.kill()
    steady(listening, house.b, range(51, 101))
    house.a.start()
    steady(listening, house.b, range(101, 151))
    return listening.problems()


def redis_restart(house, listening):
    """Redis is killed and comes back with what it had on disk"""
    listening.publish(house.a, range(1, 31))
    listening.await_events(30)
    house.redis.kill()
    time.sleep(2)
    house.redis.start()
    until(lambda: house.a.takes_events(listening.channel, 31, listening.source), 30,
          "nginx took no event after Redis was back")
    listening.publish(house.a, range(32, 61))
    return listening.problems()


def redis_silent(house, listening):
    """Redis is gone while streams stay open: the silence is noticed, then all goes on"""
    for number in range(1, 31):
        listening.publish(house.a, [number])
        house.a.heartbeat(listening.channel, number)
        time.sleep(0.1)
    listening.await_events(30)
    house.redis.kill()
    noticed = listening.tail.wait_for(PATIENCE, lambda: listening.said("nothing was heard"))
    house.redis.start()
    until(lambda: house.a.takes_events(listening.channel, 31, listening.source), 30,
          "nginx took no event after Redis was back")
    listening.publish(house.a, range(32, 61))
    problems = listening.problems()
    return problems if noticed else ["the silence was not noticed", *problems]


def memory_lost(house, listening):
    """nginx is killed and its memory with it: what nobody was given is named as a gap"""
    listening.publish(house.memory, range(1, 31))
    listening.await_events(30)
    listening.tail.process.send_signal(signal.SIGSTOP)
    try:
        house.memory.kill()
        # nchan numbers messages within a second: what it says again in the same second it means
        # as old, and a client that has seen it waits for ever.
        time.sleep(1.1)
        house.memory.start()
        house.memory.publish(listening.channel, range(31, 41), listening.source)
        house.memory.kill()
        time.sleep(1.1)
        house.memory.start()
        listening.publish(house.memory, range(41, 61))
    finally:
        listening.tail.process.send_signal(signal.SIGCONT)
    return listening.problems(server_loses=True)


for case, shared, transports in (
    (plain, False, EVERY), (reload, False, EVERY), (memory_lost, False, EVERY),
    (one_of_two, True, EVERY),
    # Not by long poll: what nchan 1.3.6 takes after Redis is back it gives no long poll.
    (redis_restart, True, ["sse", "ws", "poll"]), (redis_silent, True, ["quiet"]),
):
    case.shared, case.transports = shared, transports
ALL = [plain, reload, memory_lost, one_of_two, redis_restart, redis_silent]

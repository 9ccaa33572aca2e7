"""The real servers of the drills, on free ports of this machine, each ended with its workers."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time

from verdict import payload

HERE = os.path.dirname(os.path.abspath(__file__))
MODULE = "/usr/lib/nginx/modules/ngx_nchan_module.so"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds, what):
    """Waits until a condition holds; RuntimeError when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what}: not within {seconds:g} s")
        time.sleep(0.02)


def is_open(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 0.5):
            return True
    except OSError:
        return False


class Server:
    """A process group of ours on a port."""

    def __init__(self, folder, name):
        self.port, self.name, self.process = free_port(), name, None
        self.folder = os.path.join(folder, name)
        os.makedirs(os.path.join(self.folder, "logs"), exist_ok=True)

    def start(self):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=self.folder)
        until(lambda: is_open(self.port), 10, f"{self.name} did not open its port")

    def kill(self):
        """As a machine that loses power: nothing is said to anybody by the program itself."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None
        until(lambda: not is_open(self.port), 10, f"{self.name} kept its port")


class Redis(Server):
    def command(self):
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--dir", self.folder]


class Nginx(Server):
    """nginx with nchan; with a Redis it shares its messages through it."""

    def __init__(self, folder, name, redis=None):
        super().__init__(folder, name)
        self.redis = redis

    def command(self):
        with open(os.path.join(HERE, "redis.conf" if self.redis else "memory.conf")) as file:
            text = file.read().replace("@PORT@", str(self.port))
        if self.redis:
            text = text.replace("@REDIS@", str(self.redis.port))
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(text)
        return ["nginx", "-p", self.folder, "-c", path]

    def reload(self):
        """New workers, the same shared memory."""
        self.process.send_signal(signal.SIGHUP)

    def publish(self, channel, numbers, source):
        """Publishes events; RuntimeError when one was not taken."""
        self._post(channel, [event(number, source) for number in numbers])

    def heartbeat(self, channel, number):
        """Publishes an event that says nothing but that its origin lives."""
        self._post(channel, [{"specversion": "1.0", "id": f"beat-{number}", "source": "drill/life",
                              "type": "com.example.stream.heartbeat"}])

    def _post(self, channel, events):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        for body in events:
            connection.request("POST", f"/publish?id={channel}", json.dumps(body),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status not in (201, 202):
                raise RuntimeError(f"{self.name} answered {answer.status} to {body['id']}")
        connection.close()

    def takes_events(self, channel, number, source):
        """Whether an event is taken just now."""
        try:
            self.publish(channel, [number], source)
            return True
        except (RuntimeError, OSError, http.client.HTTPException):
            return False


def event(number, source):
    """The n-th event as it is published; numbered by its origin, so that a hole can be seen."""
    return {"specversion": "1.0", "id": str(number), "source": source,
            "type": "com.example.drill.tick", "sequence": str(number),
            "seqbasis": "upstream", "data": payload(number)}

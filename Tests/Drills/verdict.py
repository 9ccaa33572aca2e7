"""What a drill's output proves: pure, so that it is tested without a network (test_verdict.py)."""

import json

# Faults after which the client has to come back by itself.
BREAKING = {"cut", "half-open", "truncate", "corrupt", "denied", "refuse", "unreachable"}


class Check:
    """The lines `tail` printed against the events published: ids are 1...count of one source."""

    def __init__(self, source, count):
        self.source, self.count = source, count
        self.ids = []
        self.named = []
        self.errors = []

    def take(self, line):
        """Takes one printed line; the number of the published event it is, or None."""
        try:
            event = json.loads(line)
        except ValueError:
            self.errors.append(f"no JSON: {line[:120]!r}")
            return None
        if not isinstance(event, dict):
            self.errors.append(f"no event: {line[:120]!r}")
            return None
        if event.get("source") == self.source:
            return self._published(event, line)
        if str(event.get("type", "")).endswith("stream.gap"):
            data = event.get("data") or {}
            try:
                self.named.append((int(data["from"]), int(data["to"])))
            except (KeyError, TypeError, ValueError):
                pass  # A gap of unknown length names nothing, so it excuses nothing.
        return None

    def _published(self, event, line):
        try:
            number = int(event["id"])
        except (KeyError, TypeError, ValueError):
            self.errors.append(f"an event nobody published: {line[:120]!r}")
            return None
        if event.get("data") != payload(number):
            self.errors.append(f"event {number} is not what was published")
        self.ids.append(number)
        return number

    def problems(self):
        """What is wrong, in words; empty when every event came once, in order, or is named."""
        found = list(self.errors[:5])
        for before, after in zip(self.ids, self.ids[1:]):
            if after == before:
                found.append(f"{after} printed twice")
            elif after < before:
                found.append(f"{after} printed after {before}")
        missing = sorted(set(range(1, self.count + 1)) - set(self.ids))
        unnamed = [n for n in missing if not any(a <= n <= b for a, b in self.named)]
        if unnamed:
            found.append(f"{len(unnamed)} missing and not named: {ranges(unnamed)}")
        return found

    def missing(self):
        return self.count - len(set(self.ids))


def payload(number):
    """The data of the n-th event: of a size that varies, the same in every run."""
    return {"n": number, "text": "drill-%d " % number * (1 + number * 7919 % 23)}


def ranges(numbers):
    """`[1, 2, 3, 7]` as `1-3 7`, at most five of them."""
    result = []
    for number in numbers:
        if result and result[-1][1] == number - 1:
            result[-1][1] = number
        else:
            result.append([number, number])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in result]
    return " ".join(words[:5]) + (" ..." if len(words) > 5 else "")


def recoveries(faults, published, printed):
    """Seconds from the end of a fault to the first printed event that was published after it.

    faults: (time of its end, kind), in order; published and printed: {number: time}. A fault that
    another follows before the recovery is counted with that other.
    """
    arrivals = sorted((time, number) for number, time in printed.items())
    ends = sorted(end for end, kind in faults if kind in BREAKING)
    found = []
    for place, end in enumerate(ends):
        time = next(
            (t for t, n in arrivals if t >= end and published.get(n, 0) >= end), None)
        if time is None:
            continue
        if place + 1 < len(ends) and ends[place + 1] < time:
            continue
        found.append(time - end)
    return found


def percentile(values, share):
    """The nearest-rank percentile; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * len(ordered) * 100) // 10000) - 1))]

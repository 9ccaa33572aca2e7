import CLinux
import Domain
import Glibc

// How the loop sleeps: until a key, bytes, a signal or a due moment, and not a moment longer.

extension Engine {
  /// Sleeps until a key, bytes, a signal, or the next moment at which something is due.
  func wait() {
    guard ending == nil else { return }
    var descriptors = display.descriptors.map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    // While a frame waits for its turn, arrivals may wait with it: fewer wake-ups, same latency.
    if case .live(let mailbox) = input, !pacer.isDirty {
      descriptors.append(pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let now = clock()
    let next = nextWake(after: now)
    let idle = next.map { max(0, ($0 - now).microseconds) } ?? 3_600_000_000
    let span = isBehind ? 0 : idle
    _ = clinux_poll(&descriptors, nfds_t(descriptors.count), span)
  }

  private func nextWake(after now: Timestamp) -> Timestamp? {
    let frame = pacer.nextFrame(at: now)
    var next = frame ?? nextSecond(after: now)
    switch input {
    case .live:
      if let due = session.board.nextDue { next = min(next, due) }
      if let due = session.nextSettling { next = min(next, due) }
    case .playback(let playback):
      guard !playback.isPaused, !playback.isFinished else { return frame }
      if let due = try? playback.nextDue() { next = min(next, due) }
    }
    return next
  }

  /// The clock in the header moves once a second; nothing else wakes an idle screen.
  private func nextSecond(after now: Timestamp) -> Timestamp {
    Timestamp(microseconds: (now.microseconds / 1_000_000 + 1) * 1_000_000)
  }
}

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
    if let live, !pacer.isDirty {
      descriptors.append(pollfd(fd: live.mailbox.descriptor, events: Int16(POLLIN), revents: 0))
    }
    let now = clock()
    let next = nextWake(after: now)
    let idle = next.map { max(0, ($0 - now).microseconds) } ?? 3_600_000_000
    let span = isBusy ? 0 : idle
    _ = clinux_poll(&descriptors, nfds_t(descriptors.count), span)
  }

  /// Whether there is more to do than fits into a slice.
  private var isBusy: Bool {
    live?.isOverfull ?? false || search != nil || scan.map { !$0.timeline.isComplete } ?? false
  }

  private func nextWake(after now: Timestamp) -> Timestamp? {
    let frame = pacer.nextFrame(at: now)
    var next = frame
    if live != nil || playback.map({ !$0.isPaused && !$0.isAtEnd }) ?? false {
      next = frame ?? nextSecond(after: now)
    }
    let dues = [
      live?.session.board.nextDue, live?.session.nextSettling, live?.watch?.nextLook,
      try? playback?.nextDue(),
    ]
    for case let due? in dues { next = next.map { min($0, due) } ?? due }
    return next
  }

  /// The clock in the header moves once a second; nothing else wakes an idle screen.
  private func nextSecond(after now: Timestamp) -> Timestamp {
    Timestamp(microseconds: (now.microseconds / 1_000_000 + 1) * 1_000_000)
  }
}

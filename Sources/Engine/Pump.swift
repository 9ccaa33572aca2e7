import CLinux
import Glibc
package import Wire

/// The loop of a command without a screen: hands over what arrives until told to stop.
package enum Pump {
  /// Why it ended.
  package enum Ending: Equatable, Sendable {
    /// A signal asked for it.
    case interrupted
    /// Whoever took what arrived wants no more.
    case stopped
    /// The deadline passed.
    case deadline
    /// Nobody reads the output any more.
    case unread
  }

  /// The most handed over before the deadline and signals are looked at again.
  private static let sliceEntries = 64, sliceBytes = 256 << 10

  /// Hands over what arrives in the mailbox, in order and in slices, until `take` answers false, a
  /// signal asks to end, `seconds` have passed, or the reader of the descriptor `output` goes away.
  /// Calls `tick` about once a second, if given. `due` tells in how many microseconds `take` wants
  /// to be called next though nothing arrived, then with nothing; nil: not at all.
  package static func run(
    _ mailbox: Mailbox, seconds: Double? = nil, output: Int32? = nil, tick: (() -> Void)? = nil,
    due: (() -> Int64?)? = nil, _ take: ([Inbound]) -> Bool
  ) -> Ending {
    let signals = clinux_watch_signals()
    let start = monotonic()
    var nextTick = start
    while true {
      var left: Int64 = 3_600_000_000
      if let seconds {
        left = Int64(max(0, seconds * 1e6 - Double(monotonic() - start)))
        if left == 0 { return .deadline }
      }
      if let tick {
        let now = monotonic()
        if now >= nextTick {
          tick()
          nextTick = now + 1_000_000
        }
        left = min(left, max(1, nextTick - now))
      }
      if let wanted = due?() { left = min(left, max(0, wanted)) }
      var descriptors = [mailbox.descriptor, signals].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      // Asked for nothing, poll(2) still tells when the other end is closed; -1 is passed over.
      descriptors.append(pollfd(fd: output ?? -1, events: 0, revents: 0))
      _ = clinux_poll(&descriptors, 3, left)
      if descriptors[1].revents != 0 { return .interrupted }
      let arrived = mailbox.take(sliceEntries, bytes: sliceBytes)
      if !arrived.isEmpty || due != nil, !take(arrived) { return .stopped }
      if descriptors[2].revents != 0 { return .unread }
    }
  }

  /// Writes bytes to whoever reads them, however slowly; false when nobody does any more, or when a
  /// signal asks to end first.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    let signals = clinux_watch_signals()
    var written = 0
    while written < bytes.count {
      var descriptors = [
        pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      ]
      _ = clinux_poll(&descriptors, 2, 3_600_000_000)
      if descriptors[1].revents != 0 { return false }
      guard descriptors[0].revents != 0 else { continue }
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(
          descriptor, buffer.baseAddress.map { $0 + written },
          min(Self.pipeBytes, buffer.count - written))
      }
      if count > 0 { written += count } else if errno != EINTR, errno != EAGAIN { return false }
    }
    return true
  }

  /// What a pipe that is ready takes without keeping us waiting (PIPE_BUF of Linux).
  private static let pipeBytes = 4_096

  /// Microseconds on a clock that never steps.
  private static func monotonic() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }
}

import CLinux
package import Domain
import Glibc
import Locking

/// The time on the wall, except that it never stands still or steps back: when the system's clock
/// is set back, it goes on from where it was; when that is set forward, it follows.
package struct SteadyClock: Sendable {
  private var anchor: (wall: Timestamp, monotonic: Timestamp)?

  /// A clock that begins with the first moments it is given.
  package init() {}

  /// The present moment, from the clock on the wall and one that never steps.
  package mutating func now(wall: Timestamp, monotonic: Timestamp) -> Timestamp {
    if let anchor {
      let steady = anchor.wall + max(.zero, monotonic - anchor.monotonic)
      if wall <= steady { return steady }
    }
    anchor = (wall, monotonic)
    return wall
  }

}

/// A steady clock over those of the system, for all tasks of a program: what they compare must come
/// from one clock.
package final class SystemClock: Sendable {
  private let steady = Mutex(SteadyClock())

  /// A clock that begins now.
  package init() {}

  /// The present moment.
  package var now: Timestamp {
    steady.withLock { steady in
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      let monotonic = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
      return steady.now(
        wall: Timestamp(microseconds: clinux_wall_microseconds()),
        monotonic: Timestamp(microseconds: monotonic))
    }
  }
}

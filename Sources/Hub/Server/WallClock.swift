import Domain
import Glibc

/// The clocks of the machine, for the edge of the program only.
enum WallClock {
  /// The time of day.
  static var now: Timestamp { read(CLOCK_REALTIME) }

  /// A clock that only moves forward, from an arbitrary beginning.
  static var steady: Timestamp { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Timestamp {
    var time = timespec()
    clock_gettime(clock, &time)
    return Timestamp(
      microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }
}

import CLinux
import Domain
import Engine

/// The clock on the wall: read here and nowhere deeper.
enum WallClock {
  private static let clock = SystemClock()

  /// The present moment; it never steps back.
  static var now: Timestamp { clock.now }

  /// How far the local time zone is east of UTC now.
  static var utcOffset: Span {
    .seconds(Int64(clinux_utc_offset()))
  }
}

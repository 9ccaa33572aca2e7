import CLinux
import Domain

/// The clock on the wall: read here and nowhere deeper.
enum WallClock {
  /// The present moment.
  static var now: Timestamp {
    Timestamp(microseconds: clinux_wall_microseconds())
  }

  /// How far the local time zone is east of UTC now.
  static var utcOffset: Span {
    .seconds(Int64(clinux_utc_offset()))
  }
}

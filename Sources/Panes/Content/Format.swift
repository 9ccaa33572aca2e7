package import Domain

// How quantities are written: short, fixed in width where they change, without Foundation.

/// Writes quantities for people.
package enum Format {
  /// A span as `0:07`, `11:48`, `1h04`, `3d02h` or `281d`.
  package static func clock(_ span: Span) -> String {
    let seconds = max(0, span.wholeSeconds)
    if seconds < 3_600 { return "\(seconds / 60):\(twoDigits(seconds % 60))" }
    if seconds < 86_400 { return "\(seconds / 3_600)h\(twoDigits(seconds / 60 % 60))" }
    if seconds >= 864_000 { return "\(seconds / 86_400)d" }
    return "\(seconds / 86_400)d\(twoDigits(seconds / 3_600 % 24))h"
  }

  /// A span in one unit: `8s`, `14m`, `3h`, `2d`.
  package static func brief(_ span: Span) -> String {
    let seconds = max(0, span.wholeSeconds)
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3_600 { return "\(seconds / 60)m" }
    if seconds < 86_400 { return "\(seconds / 3_600)h" }
    return "\(seconds / 86_400)d"
  }

  /// A span in words: `13s`, `2m13s`, `1h04m`, `3d02h`.
  package static func words(_ span: Span) -> String {
    let seconds = max(0, span.wholeSeconds)
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3_600 { return "\(seconds / 60)m\(twoDigits(seconds % 60))s" }
    if seconds < 86_400 { return "\(seconds / 3_600)h\(twoDigits(seconds / 60 % 60))m" }
    return "\(seconds / 86_400)d\(twoDigits(seconds / 3_600 % 24))h"
  }

  /// A speed of playing: `1x`, `0.25x`, `600x`.
  package static func speed(_ speed: Double) -> String {
    guard speed < 10, speed != speed.rounded() else { return "\(Int(min(speed, 1e6).rounded()))x" }
    let text = decimal(speed, places: 2)
    return (text.hasSuffix("0") ? String(text.dropLast()) : text) + "x"
  }

  /// A latency: `0.4ms`, `38ms`, `1.9s`.
  package static func latency(_ span: Span) -> String {
    let microseconds = max(0, span.microseconds)
    if microseconds < 10_000 { return "\(tenths(microseconds, of: 1_000))ms" }
    if microseconds < 1_000_000 { return "\(microseconds / 1_000)ms" }
    if microseconds < 60_000_000 { return "\(tenths(microseconds, of: 1_000_000))s" }
    return brief(span)
  }

  /// A count in at most five columns: `999`, `8.4k`, `210k`, `1.2M`.
  package static func count(_ value: Int64) -> String {
    if value < 0 { return "-" + count(value == .min ? .max : -value) }
    if value < 1_000 { return String(value) }
    if value < 10_000 { return "\(tenths(value, of: 1_000))k" }
    if value < 1_000_000 { return "\(value / 1_000)k" }
    if value < 10_000_000 { return "\(tenths(value, of: 1_000_000))M" }
    if value < 1_000_000_000 { return "\(value / 1_000_000)M" }
    return "\(value / 1_000_000_000)G"
  }

  /// A count in at most five columns.
  package static func count(_ value: Int) -> String { count(Int64(value)) }

  /// Bytes: `512B`, `8.4kB`, `1.2MB`.
  package static func bytes(_ value: Int64) -> String { count(value) + "B" }

  /// A rate a second: `0.4`, `12.5`, `180`.
  package static func rate(_ value: Double) -> String {
    guard value.isFinite, value >= 0 else { return "--" }
    if value < 100 {
      let scaled = Int64((value * 10).rounded())
      return "\(scaled / 10).\(scaled % 10)"
    }
    return count(Int64(min(value, 1e15)))
  }

  /// A share as whole percent, rounded down, so that 100 means all.
  package static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "--" }
    return "\(Int(max(0, min(9.99, share)) * 100 + 1e-9))"
  }

  /// A fixed number of decimals, for money and confidences.
  package static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "--" }
    let power = (0..<max(0, places)).reduce(Int64(1)) { result, _ in result * 10 }
    let scaled = Int64((abs(value) * Double(power)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return sign + String(scaled) }
    let fraction = String(scaled % power)
    let zeros = String(repeating: "0", count: places - fraction.utf8.count)
    return "\(sign)\(scaled / power).\(zeros)\(fraction)"
  }

  /// A time of day as `19:42:08`, on a clock `offset` east of UTC.
  package static func timeOfDay(_ moment: Timestamp, offset: Span = .zero) -> String {
    CivilTime(moment, offset: offset).clock
  }

  private static func tenths(_ value: Int64, of unit: Int64) -> String {
    "\(value / unit).\(value % unit * 10 / unit)"
  }

  private static func twoDigits(_ value: Int64) -> String {
    value < 10 ? "0\(value)" : String(value)
  }
}

/// A moment as a person names it, on a tape or in a session that runs.
///
/// `90`, `1:30` and `1m30s` count from the beginning, `-2m` and `-1:30` back from the end, `19:42:08`
/// is a time of day, `2026-03-14T19:42:08Z` a date and time (RFC 3339), `end` the end.
package enum TimeReference: Hashable, Sendable {
  /// So long after the beginning; not negative.
  case afterStart(Span)
  /// So long before the end; not negative.
  case beforeEnd(Span)
  /// The time since midnight, less than a day.
  case timeOfDay(Span)
  /// One moment.
  case moment(Timestamp)

  /// The end.
  package static let end = TimeReference.beforeEnd(.zero)

  /// The longest span that is read: about 31 years.
  private static let longest = Span.seconds(1_000_000_000)

  /// Reads what a person typed; nil when it names no moment.
  package init?(_ text: String) {
    if text == "end" {
      self = .end
    } else if let moment = Timestamp(rfc3339: text) {
      self = .moment(moment)
    } else if let time = Self.timeOfDay(text) {
      self = .timeOfDay(time)
    } else if text.hasPrefix("-"), let span = Self.span(text.dropFirst()) {
      self = .beforeEnd(span)
    } else if let span = Self.span(text[...]) {
      self = .afterStart(span)
    } else {
      return nil
    }
  }

  /// The moment meant, where time goes from `start` to `end` and local time is `utcOffset` ahead of
  /// UTC; nil for a time of day that does not occur in between.
  ///
  /// A time of day means its first occurrence. What lies before the beginning means the beginning.
  package func resolved(start: Timestamp, end: Timestamp, utcOffset: Span = .zero) -> Timestamp? {
    switch self {
    case .afterStart(let span): return start + span
    case .beforeEnd(let span): return max(start, end - span)
    case .moment(let moment): return max(start, moment)
    case .timeOfDay(let time):
      let day = Span.seconds(86_400).microseconds
      let local = (start + utcOffset).microseconds % day
      let sinceMidnight = local < 0 ? local + day : local
      let wait = time.microseconds - sinceMidnight
      let moment = start + Span(microseconds: wait < 0 ? wait + day : wait)
      return moment <= end ? moment : nil
    }
  }

  /// A word for file names that sorts by time where it counts from the beginning: `01m30s`, `end`,
  /// `end-02m00s`, `19h42m08s`, `20260314T194208Z`. Different moments have different words.
  package var fileWord: String {
    switch self {
    case .afterStart(let span): Self.word(span)
    case .beforeEnd(.zero): "end"
    case .beforeEnd(let span): "end-" + Self.word(span)
    case .timeOfDay(let time):
      Self.padded(time.wholeSeconds / 3600) + "h"
        + Self.word(Span(microseconds: time.microseconds % 3_600_000_000))
    case .moment(let moment):
      CivilTime(moment).date.filter { $0 != "-" } + "T"
        + CivilTime(moment).clock.filter { $0 != ":" } + Self.fraction(moment.microseconds) + "Z"
    }
  }
}

extension TimeReference {
  /// `19:42:08` or `19:42:08.5`.
  private static func timeOfDay(_ text: String) -> Span? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hours = whole(parts[0]), hours < 24,
      let minutes = whole(parts[1]), minutes < 60, let seconds = microseconds(parts[2], of: 1),
      seconds < 60_000_000
    else { return nil }
    return Span(microseconds: (hours * 60 + minutes) * 60_000_000 + seconds)
  }

  /// `90`, `1:30` or `1h2m3.5s`.
  private static func span(_ text: Substring) -> Span? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let total: Int64?
    switch parts.count {
    case 1: total = microseconds(text, of: 1) ?? unitSum(text)
    case 2:
      guard let minutes = whole(parts[0]), let seconds = microseconds(parts[1], of: 1) else {
        return nil
      }
      total = minutes * 60_000_000 + seconds
    default: return nil
    }
    guard let total, total <= longest.microseconds else { return nil }
    return Span(microseconds: total)
  }

  /// `1h2m3s` in microseconds: each unit once, from the largest.
  private static func unitSum(_ text: Substring) -> Int64? {
    var rest = text
    var total: Int64 = 0
    for (unit, seconds) in [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)] as [(Character, Int64)]
    {
      guard let end = rest.firstIndex(of: unit) else { continue }
      guard let amount = microseconds(rest[..<end], of: seconds) else { return nil }
      total += amount
      rest = rest[rest.index(after: end)...]
    }
    return rest.isEmpty && !text.isEmpty ? total : nil
  }

  /// A decimal number of units of `seconds`, in microseconds: digits, and at most six after a point.
  private static func microseconds(_ text: Substring, of seconds: Int64) -> Int64? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let units = whole(parts[0]),
      units <= longest.wholeSeconds / seconds
    else { return nil }
    var total = units * seconds * 1_000_000
    if parts.count == 2 {
      guard parts[1].utf8.count <= 6, let fraction = whole(parts[1]) else { return nil }
      var scale: Int64 = 1_000_000
      for _ in 0..<parts[1].utf8.count { scale /= 10 }
      total += fraction * scale * seconds
    }
    return total
  }

  /// One to ten digits.
  private static func whole(_ text: Substring) -> Int64? {
    guard (1...10).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int64(text)
  }

  /// Minutes and seconds; the microseconds follow where there are any.
  private static func word(_ span: Span) -> String {
    padded(span.wholeSeconds / 60) + "m" + padded(span.wholeSeconds % 60) + "s"
      + fraction(span.microseconds)
  }

  /// The six digits after the second; none where they are all 0.
  private static func fraction(_ microseconds: Int64) -> String {
    let rest = microseconds % 1_000_000
    guard rest != 0 else { return "" }
    let digits = String(rest < 0 ? rest + 1_000_000 : rest)
    return String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  private static func padded(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}

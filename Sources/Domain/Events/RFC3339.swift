// RFC 3339 date-times, read and written without a locale, a time zone database or a clock.

extension Timestamp {
  /// The moment an RFC 3339 date-time names, or nil when the text is not one.
  ///
  /// Accepts any fraction (digits past the microsecond are dropped), `Z` or a numeric offset,
  /// and a leap second, which RFC 3339 section 5.6 allows and which counts as the next second.
  package init?(rfc3339 text: String) {
    var text = text
    let moment = text.withUTF8 { RFC3339Reader(bytes: $0).moment() }
    guard let moment else { return nil }
    self = moment
  }

  /// The moment the UTF-8 bytes of an RFC 3339 date-time name, or nil.
  package init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
    guard let moment = RFC3339Reader(bytes: bytes).moment() else { return nil }
    self = moment
  }

  /// The moment in UTC as RFC 3339 with milliseconds: `2026-11-21T19:42:08.112Z`.
  package var rfc3339: String {
    let civil = CivilTime(self)
    let milliseconds = civil.microsecond / 1_000
    return "\(civil.date)T\(civil.clock).\(padded(milliseconds, 3))Z"
  }
}

/// A moment as calendar fields, at a fixed offset from UTC.
package struct CivilTime: Equatable, Sendable {
  /// Gregorian year, month 1-12 and day 1-31.
  package var year: Int64, month: Int64, day: Int64
  /// Hour 0-23, minute 0-59, second 0-59 and microsecond 0-999,999.
  package var hour: Int64, minute: Int64, second: Int64, microsecond: Int64

  /// The calendar fields of `moment` on a clock `offset` east of UTC.
  package init(_ moment: Timestamp, offset: Span = .zero) {
    let local = (moment + offset).microseconds
    let dayCount = floorDivide(local, 86_400_000_000)
    let past = local % 86_400_000_000
    let inDay = past < 0 ? past + 86_400_000_000 : past
    (year, month, day) = civilDate(daysSinceEpoch: dayCount)
    hour = inDay / 3_600_000_000
    minute = inDay / 60_000_000 % 60
    second = inDay / 1_000_000 % 60
    microsecond = inDay % 1_000_000
  }

  /// The date as `2026-11-21`.
  package var date: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

  /// The time of day as `19:42:08`.
  package var clock: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }
}

private struct RFC3339Reader {
  let bytes: UnsafeBufferPointer<UInt8>

  func moment() -> Timestamp? {
    guard bytes.count >= 20, let date = date(), let time = timeOfDay() else { return nil }
    var index = 19
    let fraction = fraction(from: &index)
    guard let fraction, let offset = offset(from: index) else { return nil }
    let seconds = date * 86_400 + time - offset
    return Timestamp(microseconds: seconds * 1_000_000 + fraction)
  }

  private func date() -> Int64? {
    guard let year = number(at: 0, digits: 4), bytes[4] == UInt8(ascii: "-"),
      let month = number(at: 5, digits: 2), bytes[7] == UInt8(ascii: "-"),
      let day = number(at: 8, digits: 2), (1...12).contains(month), day >= 1,
      day <= daysIn(month: month, year: year)
    else { return nil }
    return daysSinceEpoch(year: year, month: month, day: day)
  }

  private func timeOfDay() -> Int64? {
    let separator = bytes[10] | 0x20
    guard separator == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
      let hour = number(at: 11, digits: 2), bytes[13] == UInt8(ascii: ":"),
      let minute = number(at: 14, digits: 2), bytes[16] == UInt8(ascii: ":"),
      let second = number(at: 17, digits: 2), hour < 24, minute < 60, second <= 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  private func fraction(from index: inout Int) -> Int64? {
    guard bytes[index] == UInt8(ascii: ".") else { return 0 }
    index += 1
    var value: Int64 = 0
    var digits = 0
    while index < bytes.count, let digit = digit(at: index) {
      if digits < 6 { value = value * 10 + digit }
      digits += 1
      index += 1
    }
    guard digits > 0 else { return nil }
    while digits < 6 {
      value *= 10
      digits += 1
    }
    return value
  }

  /// Seconds east of UTC, or nil unless the text ends with exactly one offset.
  private func offset(from index: Int) -> Int64? {
    guard index < bytes.count else { return nil }
    if bytes[index] | 0x20 == UInt8(ascii: "z") { return bytes.count == index + 1 ? 0 : nil }
    let negative = bytes[index] == UInt8(ascii: "-")
    guard negative || bytes[index] == UInt8(ascii: "+"), bytes.count == index + 6,
      let hours = number(at: index + 1, digits: 2), bytes[index + 3] == UInt8(ascii: ":"),
      let minutes = number(at: index + 4, digits: 2), hours < 24, minutes < 60
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return negative ? -seconds : seconds
  }

  private func digit(at index: Int) -> Int64? {
    let value = bytes[index] &- UInt8(ascii: "0")
    return value <= 9 ? Int64(value) : nil
  }

  private func number(at start: Int, digits: Int) -> Int64? {
    var value: Int64 = 0
    for index in start..<start + digits {
      guard let digit = digit(at: index) else { return nil }
      value = value * 10 + digit
    }
    return value
  }
}

// Proleptic Gregorian day counts by Howard Hinnant's era method
// (https://howardhinnant.github.io/date_algorithms.html), exact for every representable date.

private func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
  let shifted = month <= 2 ? year - 1 : year
  let era = floorDivide(shifted, 400)
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

private func civilDate(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
  let shifted = daysSinceEpoch + 719_468
  let era = floorDivide(shifted, 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra =
    (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let marchMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
  let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

private func daysIn(month: Int64, year: Int64) -> Int64 {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

private func padded(_ value: Int64, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

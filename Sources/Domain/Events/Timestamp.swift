/// A moment on the UTC time line, in microseconds since 1970-01-01T00:00:00Z.
///
/// Integer microseconds make replays exact: the same tape gives the same arithmetic on any machine.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since the Unix epoch; negative before it.
  package var microseconds: Int64

  /// The moment `microseconds` after the Unix epoch.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The moment `seconds` after the Unix epoch.
  package init(seconds: Int64) {
    self.init(microseconds: seconds.multipliedClamping(by: 1_000_000))
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// The moment a span later, clamped to the representable range.
  package static func + (moment: Timestamp, span: Span) -> Timestamp {
    Timestamp(microseconds: moment.microseconds.addingClamping(span.microseconds))
  }

  /// The moment a span earlier, clamped to the representable range.
  package static func - (moment: Timestamp, span: Span) -> Timestamp {
    Timestamp(microseconds: moment.microseconds.subtractingClamping(span.microseconds))
  }

  /// The span from `earlier` to `later`; negative when they are the other way round.
  package static func - (later: Timestamp, earlier: Timestamp) -> Span {
    Span(microseconds: later.microseconds.subtractingClamping(earlier.microseconds))
  }
}

/// A length of time in whole microseconds.
///
/// `Swift.Duration` counts attoseconds in 128 bits, which is four times the work on the hot path.
package struct Span: Hashable, Comparable, Sendable {
  /// The length in microseconds; negative for a step back.
  package var microseconds: Int64

  /// A span of `microseconds`.
  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// No time at all.
  package static let zero = Span(microseconds: 0)

  /// A span of whole seconds.
  package static func seconds(_ count: Int64) -> Span {
    Span(microseconds: count.multipliedClamping(by: 1_000_000))
  }

  /// A span of whole milliseconds.
  package static func milliseconds(_ count: Int64) -> Span {
    Span(microseconds: count.multipliedClamping(by: 1_000))
  }

  /// A span of whole minutes.
  package static func minutes(_ count: Int64) -> Span {
    .seconds(count.multipliedClamping(by: 60))
  }

  /// The sum, clamped to the representable range.
  package static func + (left: Span, right: Span) -> Span {
    Span(microseconds: left.microseconds.addingClamping(right.microseconds))
  }

  /// The difference, clamped to the representable range.
  package static func - (left: Span, right: Span) -> Span {
    Span(microseconds: left.microseconds.subtractingClamping(right.microseconds))
  }

  /// Whole seconds, rounded towards zero.
  package var wholeSeconds: Int64 { microseconds / 1_000_000 }

  /// Seconds with their fraction.
  package var seconds: Double { Double(microseconds) / 1_000_000 }

  package static func < (left: Span, right: Span) -> Bool {
    left.microseconds < right.microseconds
  }
}

extension Int64 {
  /// The sum, or the end of the range where it lies beyond.
  package func addingClamping(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return other < 0 ? .min : .max
  }

  fileprivate func subtractingClamping(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return other < 0 ? .max : .min
  }

  fileprivate func multipliedClamping(by factor: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    guard overflow else { return product }
    return (self < 0) == (factor < 0) ? .max : .min
  }
}

// Without a container of their own: a board has a hundred thousand moments.
extension Timestamp: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(microseconds)
  }

  package init(from decoder: any Decoder) throws {
    microseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
}

extension Span: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(microseconds)
  }

  package init(from decoder: any Decoder) throws {
    microseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
}

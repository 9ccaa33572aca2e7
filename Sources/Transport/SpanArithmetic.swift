import Domain

extension Span {
  /// The sum, clamped to the representable range.
  static func + (left: Span, right: Span) -> Span {
    Span(microseconds: (Timestamp(microseconds: left.microseconds) + right).microseconds)
  }
}

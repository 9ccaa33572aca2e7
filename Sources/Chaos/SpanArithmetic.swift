import Domain

extension Span {
  /// The sum of both.
  func plus(_ other: Span) -> Span { Span(microseconds: microseconds &+ other.microseconds) }

  /// What lies between an earlier span and this one, both counted from the same moment.
  func since(_ earlier: Span) -> Span {
    Span(microseconds: microseconds &- earlier.microseconds)
  }
}

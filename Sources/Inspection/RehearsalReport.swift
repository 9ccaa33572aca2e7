package import Domain
package import Engine
package import Rules

/// What the rules of a file would have raised on a tape.
package struct RehearsalReport: Equatable, Sendable {
  /// One alert that a rule would have raised.
  package struct Firing: Equatable, Sendable {
    /// The rule's name, its condition, and what it says where it says something of its own.
    package let rule: String, condition: String
    package let text: String?
    package let severity: Int
    /// Since when the condition held, and when it had held for long enough.
    package let since: Timestamp, firedAt: Timestamp
    /// When the condition ended; nil while it holds at the end.
    package let clearedAt: Timestamp?
    /// The facts of the condition when it fired, with what makes them so.
    package let facts: [FactReading]
  }

  /// The most firings told.
  package static let bound = 10_000

  /// The names of the rules in their order.
  package let rules: [String]
  /// What fired: the severest first, then in order of time.
  package let firings: [Firing]
  /// Whether it ended early, because `bound` of them had fired.
  package let isTruncated: Bool

  /// Rehearses rules over a tape, from a moment to another or from its beginning to its end.
  package init(
    _ book: RuleBook, playing input: TapeInput, from start: Timestamp? = nil,
    to end: Timestamp? = nil
  ) throws(FileError) {
    let fired = try book.rehearse(playing: input, from: start, to: end, limit: Self.bound)
    rules = book.rules.map(\.name)
    isTruncated = fired.count == Self.bound
    firings = fired.map { firing in
      Firing(
        rule: firing.rule.name, condition: firing.rule.when.text, text: firing.rule.text,
        severity: firing.rule.severity, since: firing.since, firedAt: firing.at,
        clearedAt: firing.until, facts: firing.values)
    }.enumerated().sorted {
      let (a, b) = ($0.element.severity, $1.element.severity)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
  }

  /// The rules that never fired.
  package var quiet: [String] {
    let loud = Set(firings.map(\.rule))
    return rules.filter { !loud.contains($0) }
  }
}

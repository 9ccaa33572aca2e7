/// A number or a truth about the board that has a name: what gates and alert rules speak of.
///
/// The rule of honesty holds here too: what was never seen, or cannot be known, has no value,
/// which is not the same as 0.
package struct Fact: Sendable {
  /// What a fact comes to.
  package enum Value: Hashable, Sendable, CustomStringConvertible {
    case count(Int)
    case truth(Bool)

    package var description: String {
      switch self {
      case .count(let count): String(count)
      case .truth(let truth): String(truth)
      }
    }
  }

  /// The most things named as evidence of one fact.
  package static let evidenceBound = 8

  /// Its name: a group, a dot, and words joined by underscores, all in lower case. A name that
  /// ends in `_s` is of seconds, one in `_ms` of milliseconds, one in `_percent` of hundredths.
  package let name: String
  /// What it says, in a sentence without its full stop.
  package let sentence: String
  /// Whether it is true or false rather than a number.
  package let isTruth: Bool
  /// Where the board must change for it to change, other than by time.
  package let collections: Changes.Collections
  /// Whether it changes with every second, without any due moment of the board.
  package let isTimed: Bool
  private let read: @Sendable (Board, Timestamp) -> Value?
  private let find: @Sendable (Board, Timestamp) -> [String]

  /// A number; nil while it is unknown.
  init(
    _ name: String, of collections: Changes.Collections, _ sentence: String,
    isTimed: Bool = false, _ count: @escaping @Sendable (Board, Timestamp) -> Int?,
    evidence: @escaping @Sendable (Board, Timestamp) -> [String] = { _, _ in [] }
  ) {
    self.name = name
    self.sentence = sentence
    self.collections = collections
    self.isTimed = isTimed
    isTruth = false
    read = { count($0, $1).map { .count($0) } }
    find = evidence
  }

  /// A truth.
  init(
    truth name: String, of collections: Changes.Collections, _ sentence: String,
    _ truth: @escaping @Sendable (Board) -> Bool,
    evidence: @escaping @Sendable (Board, Timestamp) -> [String]
  ) {
    self.name = name
    self.sentence = sentence
    self.collections = collections
    isTimed = false
    isTruth = true
    read = { board, _ in .truth(truth(board)) }
    find = evidence
  }

  /// Whether it is about our connections and what they bring, rather than about what is watched.
  package var isOfStream: Bool { name.hasPrefix("stream.") }

  /// Its value; nil while it is unknown.
  package func value(of board: Board, at now: Timestamp) -> Value? { read(board, now) }

  /// The entities, alerts or sources that make it what it is: the first of them, at most
  /// `evidenceBound`.
  package func evidence(in board: Board, at now: Timestamp) -> [String] {
    Array(find(board, now).prefix(Self.evidenceBound))
  }

  /// Its value with its evidence.
  package func reading(of board: Board, at now: Timestamp) -> FactReading {
    FactReading(
      name: name, value: value(of: board, at: now), evidence: evidence(in: board, at: now))
  }
}

/// What a fact came to at a moment, and by what.
package struct FactReading: Hashable, Sendable {
  /// The name of the fact.
  package let name: String
  /// Its value; nil where it was unknown.
  package let value: Fact.Value?
  /// The first of the entities, alerts or sources behind it.
  package let evidence: [String]

  /// A reading.
  package init(name: String, value: Fact.Value?, evidence: [String] = []) {
    self.name = name
    self.value = value
    self.evidence = evidence
  }

  /// As it is told: `kds.late = 2: 204:grill, 207:fryer`.
  package var words: String {
    guard let value else { return "\(name) is unknown" }
    guard !evidence.isEmpty else { return "\(name) = \(value)" }
    let named = evidence.joined(separator: ", ")
    guard case .count(let count) = value, count > evidence.count,
      evidence.count == Fact.evidenceBound
    else { return "\(name) = \(value): \(named)" }
    return "\(name) = \(value): \(named) and others"
  }
}

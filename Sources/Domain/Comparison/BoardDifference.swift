/// What differs between two boards, grouped by what happened: what a person asks for who looked away.
///
/// One entry a kind of change, the gravest first. Bounded: each names at most `subjectBound` ids and
/// writes out at most `namedBound` of them.
package struct BoardDifference: Equatable, Sendable {
  /// How grave a change is.
  package enum Severity: Int, Comparable, Sendable {
    /// Something is better than it was.
    case good
    /// Something happened.
    case plain
    case warning
    case critical

    package static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// What happened to one or more entities.
  package struct Entry: Equatable, Sendable {
    package let kind: Kind
    /// The ids of the entities, as the rows of the panes have them, in the order in which the board
    /// lists them (at most `subjectBound`).
    package let subjects: [String]
    /// How many entities, or events, it happened to.
    package let count: Int
    /// What happened, as a person reads it: `2 tickets late: 204:grill, 207:fryer`.
    package let sentence: String

    /// How grave it is.
    package var severity: Severity { kind.severity }
  }

  /// The most ids of an entry, and the most of them in its sentence.
  package static let subjectBound = 256, namedBound = 8

  /// The changes, the gravest first and then in the order of `Kind`.
  package let entries: [Entry]

  /// Whether nothing differs that is worth telling.
  package var isEmpty: Bool { entries.isEmpty }

  /// What is so in the board `to` and was not in `from`. Costs as much as both boards have entities.
  package init(from: Board, to: Board) {
    var news = News()
    news.compare(from.fleet, to.fleet)
    news.compare(from.kitchen, to.kitchen)
    news.compare(from.alerts, to.alerts)
    news.compare(from.stream, to.stream)
    entries = Kind.allCases.compactMap { news.entry(of: $0) }
      .enumerated().sorted { left, right in
        left.element.severity != right.element.severity
          ? left.element.severity > right.element.severity : left.offset < right.offset
      }.map(\.element)
  }
}

extension BoardDifference {
  /// What was found so far.
  struct News {
    /// An entity: its id among the rows, and its name in a sentence.
    struct Subject {
      let id: String, name: String
    }

    private var found: [Kind: (count: Int, subjects: [Subject])] = [:]

    /// Notes that something happened to an entity.
    mutating func add(_ kind: Kind, _ id: String, named name: String? = nil) {
      found[kind, default: (0, [])].count += 1
      guard found[kind, default: (0, [])].subjects.count < BoardDifference.subjectBound else {
        return
      }
      found[kind, default: (0, [])].subjects.append(Subject(id: id, name: name ?? id))
    }

    /// Notes that something happened so many times; none is nothing.
    mutating func add(_ kind: Kind, count: Int) {
      if count > 0 { found[kind, default: (0, [])].count += count }
    }

    func entry(of kind: Kind) -> Entry? {
      guard let (count, subjects) = found[kind] else { return nil }
      return Entry(
        kind: kind, subjects: subjects.map(\.id), count: count,
        sentence: kind.sentence(count: count, names: subjects.map(\.name)))
    }
  }
}

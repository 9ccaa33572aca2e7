/// The facts of the board, in the order in which they are listed.
package enum Facts {
  /// All of them.
  package static let all: [Fact] = kitchen + floor + agents + work + evidence + alerts + stream

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The fact of a name, in any case; nil where there is none.
  package static func named(_ name: String) -> Fact? { byName[name.lowercased()] }

  /// How far a list is looked through for evidence.
  static let reach = 1_024

  /// How many rows of a list are in some of its groups, by its own count of each, which is nil while
  /// the list is empty; the first of those rows are the evidence.
  static func rowCount<Row, Group: Hashable & Sendable>(
    _ name: String, of collections: Changes.Collections, _ sentence: String, in groups: [Group],
    counts: @escaping @Sendable (AgentFleet) -> [Group: Int]?,
    rows: @escaping @Sendable (AgentFleet) -> [Row],
    group: @escaping @Sendable (Row) -> Group, id: @escaping @Sendable (Row) -> String
  ) -> Fact {
    Fact(
      name, of: collections, sentence,
      { board, _ in
        counts(board.fleet).map { counts in groups.reduce(0) { $0 + (counts[$1] ?? 0) } }
      },
      evidence: { board, _ in
        rows(board.fleet).lazy.filter { groups.contains(group($0)) }
          .prefix(Fact.evidenceBound).map(id)
      })
  }

  /// Whole seconds since a moment; nil without one.
  static func seconds(since moment: Timestamp?, at now: Timestamp) -> Int? {
    moment.map { max(0, Int(clamping: (now - $0).wholeSeconds)) }
  }

  /// Whole seconds of a span; nil without one.
  static func seconds(_ span: Span?) -> Int? { span.map { Int(clamping: $0.wholeSeconds) } }

  /// A share as a whole number of hundredths, cut off, so that only a full share is 100.
  static func percent(_ share: Double?) -> Int? {
    share.flatMap { $0.isFinite ? Int((min(1, max(0, $0)) * 100).rounded(.down)) : nil }
  }
}

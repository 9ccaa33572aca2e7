/// What a run over goldens found, for a person and for a script.
package struct GoldenReport: Sendable {
  package let results: [GoldenResult]
  /// Goldens that no case names, and those of them that were removed.
  package var unreferenced: [String] = []
  package var pruned: [String] = []

  /// A report of results.
  package init(_ results: [GoldenResult]) {
    self.results = results
  }

  /// Whether every golden is as it should be.
  package var isFine: Bool {
    unreferenced.isEmpty
      && results.allSatisfy { result in
        switch result.outcome {
        case .equal, .written, .rewritten: true
        case .differs, .missing, .unusable: false
        }
      }
  }

  /// Whether a golden could not be compared at all.
  package var hasUnusable: Bool {
    results.contains { if case .unusable = $0.outcome { true } else { false } }
  }

  /// A line a case and a leftover golden.
  package var lines: [String] {
    results.map { result in
      let note = result.outcome.note
      return Self.padded(result.outcome.word) + result.name + (note.isEmpty ? "" : "  \(note)")
    } + unreferenced.map { Self.padded("unused") + $0 + "  no case names it" }
      + pruned.map { Self.padded("removed") + $0 }
  }

  /// The differences in full, each under the name of its case.
  package var differences: [(name: String, text: String)] {
    results.compactMap { result in
      guard case .differs(let summary, let difference) = result.outcome else { return nil }
      return ("\(result.name): \(summary)", difference)
    }
  }

  /// The sums: `24 cases: 21 equal, 2 differ, 1 missing; 1 golden that no case names`.
  package var sum: String {
    var counts: [(word: String, count: Int)] = []
    for word in results.map(\.outcome.sumWord) {
      if let known = counts.firstIndex(where: { $0.word == word }) {
        counts[known].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    let parts = counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
    var text = "\(results.count) case\(results.count == 1 ? "" : "s"): \(parts)"
    if !unreferenced.isEmpty {
      let goldens = unreferenced.count == 1 ? "golden" : "goldens"
      text += "; \(unreferenced.count) \(goldens) that no case names"
    }
    if !pruned.isEmpty { text += "; \(pruned.count) removed" }
    return text
  }

  private static func padded(_ word: String) -> String {
    word + String(repeating: " ", count: max(1, 9 - word.count))
  }
}

extension GoldenOutcome {
  /// The first word of a case's line.
  fileprivate var word: String {
    switch self {
    case .equal: "equal"
    case .differs: "differs"
    case .missing: "missing"
    case .unusable: "broken"
    case .written: "new"
    case .rewritten: "updated"
    }
  }

  /// The word in the sums.
  fileprivate var sumWord: String {
    if case .differs = self { return "differ" }
    return word
  }

  /// What follows the name in a case's line.
  fileprivate var note: String {
    switch self {
    case .equal, .missing, .written: ""
    case .differs(let summary, _), .rewritten(let summary): summary
    case .unusable(let error): error.description
    }
  }
}

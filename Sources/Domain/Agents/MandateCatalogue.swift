/// The sixteen mandates and how events may name them.
enum MandateCatalogue {
  private struct Row {
    let key: String, name: String
    let points: [String]
  }

  private static let rows: [Row] = [
    Row(
      key: "progressive", name: "Progressive",
      points: ["scope-stated", "steps-layered", "context-loaded", "detail-deferred"]),
    Row(
      key: "deploy", name: "Agent Deployment",
      points: ["task-delegated", "agent-chosen", "brief-given", "direct-work"]),
    Row(
      key: "todowrite", name: "TodoWrite",
      points: ["list-written", "actionable", "state-updated", "list-closed"]),
    Row(
      key: "evidence", name: "Evidence Validation",
      points: ["claim-stated", "proof-required", "proof-provided", "claim-judged"]),
    Row(
      key: "context7", name: "Context7",
      points: ["library-found", "docs-read", "version-matched", "bypassed"]),
    Row(
      key: "system-docs", name: "System Docs",
      points: ["docs-read", "docs-cited", "docs-updated", "links-valid"]),
    Row(
      key: "quality", name: "Quality Standards",
      points: ["test-first", "lint-clean", "tests-pass", "reviewed"]),
    Row(
      key: "pattern-docs", name: "Pattern Docs",
      points: ["pattern-found", "pattern-applied", "pattern-recorded", "pattern-indexed"]),
    Row(
      key: "git", name: "Git Integration",
      points: ["status-checked", "branch-named", "committed", "message-sound"]),
    Row(
      key: "parallel", name: "Parallel",
      points: ["work-split", "agents-queued", "limit-kept", "results-joined"]),
    Row(
      key: "session", name: "Session Mgmt",
      points: ["session-opened", "state-saved", "state-restored", "session-closed"]),
    Row(
      key: "framework", name: "Framework Updates",
      points: ["version-checked", "change-recorded", "rules-synced", "update-verified"]),
    Row(
      key: "personality", name: "Personality",
      points: ["profile-loaded", "tone-kept", "role-kept", "profile-adapted"]),
    Row(
      key: "knowledge", name: "Knowledge",
      points: ["searched", "reused", "recorded", "linked"]),
    Row(
      key: "assurance", name: "Quality Assurance",
      points: ["checked", "regression-run", "defect-recorded", "signed-off"]),
    Row(
      key: "optimization", name: "Optimization",
      points: ["measured", "compared", "improved", "budget-kept"]),
  ]

  /// The sixteen mandates by number, of which nothing has been seen.
  static let mandates: [Mandate] = rows.enumerated().map { index, row in
    Mandate(
      number: index + 1, key: row.key, name: row.name, weight: weight(of: index / 4),
      points: row.points)
  }

  /// The index of the mandate that a key, a name (in any case, with hyphens or spaces) or a
  /// number 1-16 means.
  static func index(of text: String) -> Int? { indexByWord[word(text)] }

  private static let indexByWord: [String: Int] = {
    var result: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      result[row.key] = index
      result[word(row.name)] = index
      result[String(index + 1)] = index
    }
    return result
  }()

  private static func word(_ text: String) -> String {
    String(text.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
  }

  private static func weight(of cluster: Int) -> MandateWeight {
    switch cluster {
    case 0: .critical
    case 1: .mandatory
    case 2: .automated
    default: .intelligent
    }
  }
}

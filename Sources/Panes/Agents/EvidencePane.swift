import Canvas
package import Domain
import Themes

/// Claims and what stands behind them.
package enum EvidencePane: Pane {
  package static let sources: Changes.Collections = .evidence

  private static let columns = [
    Column("", width: 5), Column("CLAIM", width: 12, growth: 1),
    Column("GRADE", width: 8, dispensable: 3), Column("AGENT", width: 5, dispensable: 2),
    Column("AGE", width: 5, .trailing), Column("GATE", width: 5, dispensable: 4),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let rows = fleet.evidence(from: view.first, limit: view.tableRows(reserving: 2))
    let counts = fleet.evidenceCounts
    return PaneContent(
      title: title(counts),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first,
        total: fleet.evidenceCount,
        selected: view.selected, emptyText: "no claim made yet"),
      below: [proven(fleet, counts), grades(fleet)])
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let evidence = board.fleet.evidence(id) else { return nil }
    let (word, role) = word(evidence.state)
    var lines: [Line] = [
      [
        Run(word, role, .bold), Run("  \(evidence.basis.rawValue)", .muted),
        Run("  for \(Format.clock(now - evidence.stateSince))", .muted),
      ],
      fact("claim", evidence.claim), fact("gate", evidence.gate.rawValue),
      fact("grade", evidence.grade.map(grade) ?? "--"),
    ]
    let texts: [(String, String?)] = [
      ("type", evidence.type), ("agent", evidence.agent), ("task", evidence.task),
      ("exit", evidence.exit.map(String.init)), ("proof", evidence.proof),
      ("source", evidence.source),
    ]
    lines += texts.compactMap { name, text in text.map { fact(name, $0) } }
    return DetailContent(title: "Evidence \(evidence.id)", lines: lines)
  }

  private static func row(_ evidence: Evidence, in view: PaneView) -> TableRow {
    let (word, role) = word(evidence.state)
    return TableRow(
      id: evidence.id,
      [
        .runs([Run(word, role, .bold)]),
        .text(evidence.claim, evidence.state == .pass ? .muted : .text),
        .text(evidence.grade.map(grade) ?? "-", .muted),
        .text(evidence.agent ?? "-", .muted),
        .text(Format.clock(view.age(since: evidence.stateSince)), .muted),
        .text(gate(evidence.gate), evidence.gate == .blocking ? .text : .faint),
      ])
  }

  private static func word(_ state: EvidenceState) -> (String, Role) {
    switch state {
    case .fail: ("FAIL", .critical)
    case .stale: ("STALE", .special)
    case .required, .provided: ("PEND", .warn)
    case .pass: ("pass", .ok)
    case .waived: ("waive", .faint)
    }
  }

  private static func grade(_ grade: EvidenceGrade) -> String {
    switch grade {
    case .selfReport: "self"
    case .reportedCheck: "reported"
    case .exitCode: "exit"
    case .continuousIntegration: "CI"
    }
  }

  private static func gate(_ gate: EvidenceGate) -> String {
    switch gate {
    case .blocking: "BLOCK"
    case .warning: "WARN"
    case .advisory: "advis"
    }
  }

  private static func title(_ counts: [EvidenceState: Int]) -> [Run] {
    let pending = (counts[.required] ?? 0) + (counts[.provided] ?? 0)
    let parts: [(Int, String, Role)] = [
      (counts[.pass] ?? 0, "pass", .ok), (counts[.fail] ?? 0, "fail", .critical),
      (pending, "pend", .warn), (counts[.stale] ?? 0, "stale", .special),
    ]
    return parts.flatMap { count, word, role -> [Run] in
      count > 0 ? [Run(" \(count)", role), Run(" \(word)", .muted)] : []
    }
  }

  private static func proven(_ fleet: AgentFleet, _ counts: [EvidenceState: Int]) -> Line {
    guard let share = fleet.provenShare else { return Line("proven -- (0/0)", .faint) }
    let passed = counts[.pass] ?? 0
    let judged =
      EvidenceState.allCases.reduce(0) { $0 + (counts[$1] ?? 0) }
      - (counts[.waived] ?? 0)
    return [
      Run("proven ", .faint), Run("\(Format.percent(share))%", share >= 0.95 ? .ok : .warn),
      Run(" (\(passed)/\(judged))", .muted),
    ]
  }

  private static func grades(_ fleet: AgentFleet) -> Line {
    let counts = fleet.gradeCounts
    return Line(
      [Run("grade ", .faint)]
        + EvidenceGrade.allCases.reversed().map { step in
          Run("\(grade(step)) \(counts[step] ?? 0)  ", .muted)
        })
  }
}

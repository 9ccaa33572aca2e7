import Canvas
package import Domain
import Themes

/// Claims and what stands behind them.
package enum EvidencePane: Pane {
  package static let sources: Changes.Collections = .evidence

  private static let columns = [
    Column("", width: 5, arabic: 12), Column(.claimColumn, width: 12, growth: 1),
    Column(.gradeColumn, width: 8, dispensable: 3),
    Column(.agentColumn, width: 5, arabic: 6, dispensable: 2),
    Column(.ageColumn, width: 5, .trailing),
    Column(.gateColumn, width: 5, arabic: 7, dispensable: 4),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let rows = fleet.evidence(from: view.first, limit: view.tableRows(reserving: 2))
    let counts = fleet.evidenceCounts
    return PaneContent(
      title: Summary.evidenceCounts(fleet, view.language),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first,
        total: fleet.evidenceCount,
        selected: view.selected, emptyText: view.text(.noClaim)),
      below: [proven(fleet, counts, view.language), grades(fleet, view.language)])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let evidence = board.fleet.evidence(id) else { return nil }
    let language = view.language
    let (word, role) = word(evidence.state, language)
    var lines: [Line] = [
      [
        Run(word, role, .bold), Run("  \(language.word(evidence.basis))", .muted),
        Run("  \(language.lasting(view.now - evidence.stateSince))", .muted),
      ],
      view.fact(.claim, evidence.claim), view.fact(.gate, language.word(evidence.gate)),
      view.fact(.grade, evidence.grade.map { language.text(grade($0)) } ?? "--"),
    ]
    let texts: [(Label, String?)] = [
      (.type, evidence.type), (.agent, evidence.agent), (.task, evidence.task),
      (.exit, evidence.exit.map(String.init)), (.proof, evidence.proof),
      (.source, evidence.source),
    ]
    lines += texts.compactMap { name, text in text.map { view.fact(name, $0) } }
    return DetailContent(title: language.text(.evidenceTitle, evidence.id), lines: lines)
  }

  private static func row(_ evidence: Evidence, in view: PaneView) -> TableRow {
    let (word, role) = word(evidence.state, view.language)
    return TableRow(
      id: evidence.id,
      [
        .runs([Run(word, role, .bold)]),
        .text(evidence.claim, evidence.state == .pass ? .muted : .text),
        .text(evidence.grade.map { view.text(grade($0)) } ?? "-", .muted),
        .text(evidence.agent ?? "-", .muted),
        .text(Format.clock(view.age(since: evidence.stateSince)), .muted),
        .text(view.text(gate(evidence.gate)), evidence.gate == .blocking ? .text : .faint),
      ])
  }

  private static func word(_ state: EvidenceState, _ language: Language) -> (String, Role) {
    let (quality, role): (Quality, Role) =
      switch state {
      case .fail: (.failLoud, .critical)
      case .stale: (.staleLoud, .special)
      case .required, .provided: (.pendLoud, .warn)
      case .pass: (.passBrief, .ok)
      case .waived: (.waiveBrief, .faint)
      }
    return (language.text(quality, .masculine), role)
  }

  private static func grade(_ grade: EvidenceGrade) -> Label {
    switch grade {
    case .selfReport: .gradeSelf
    case .reportedCheck: .gradeReported
    case .exitCode: .gradeExit
    case .continuousIntegration: .gradeCI
    }
  }

  private static func gate(_ gate: EvidenceGate) -> Label {
    switch gate {
    case .blocking: .blockingGate
    case .warning: .warningGate
    case .advisory: .advisoryGate
    }
  }

  private static func proven(
    _ fleet: AgentFleet, _ counts: [EvidenceState: Int], _ language: Language
  ) -> Line {
    guard let share = fleet.provenShare else { return Line(language.text(.provenNothing), .faint) }
    let passed = counts[.pass] ?? 0
    let judged =
      EvidenceState.allCases.reduce(0) { $0 + (counts[$1] ?? 0) }
      - (counts[.waived] ?? 0)
    return [
      Run(language.text(.proven) + " ", .faint),
      Run("\(Format.percent(share))%", share >= 0.95 ? .ok : .warn),
      Run(" (\(passed)/\(judged))", .muted),
    ]
  }

  private static func grades(_ fleet: AgentFleet, _ language: Language) -> Line {
    let counts = fleet.gradeCounts
    return Line(
      [Run(language.text(.grade) + " ", .faint)]
        + EvidenceGrade.allCases.reversed().map { step in
          Run("\(language.text(grade(step))) \(counts[step] ?? 0)  ", .muted)
        })
  }
}

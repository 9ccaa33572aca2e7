package import Domain
import Themes

/// The sixteen mandates by cluster: how often they were kept in the last 15 minutes.
package enum MandatesPane: Pane {
  package static let sources: Changes.Collections = .mandates

  private static let countWidth = 6
  private static let columns = [
    Column("", width: 2, .trailing), Column(.mandateColumn, width: 10, growth: 2),
    Column(.fifteenMinutesColumn, width: 5, growth: 1, dispensable: 2),
    Column("%", width: 3, .trailing), Column(.countColumn, width: countWidth, .trailing),
    Column(.violationsColumn, width: 2, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let mandates = board.fleet.mandates
    let blocks = view.width >= 50 && view.height < 18 ? 2 : 1
    let limit = view.tableRows(reserving: 1, blocks: blocks)
    let rows = mandates.dropFirst(view.first).prefix(limit)
      .map { row($0, name: view.language.name($0, isShort: blocks > 1)) }
    return PaneContent(
      title: counts(mandates, view.language),
      table: TableContent(
        columns, rows: Array(rows), first: view.first, total: mandates.count,
        selected: view.selected, emptyText: "", blocks: blocks),
      below: [clusters(board.fleet, view.language)])
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let mandate = board.fleet.mandates.first(where: { $0.key == id }) else { return nil }
    let language = view.language
    let title = "\(mandate.number) \(language.name(mandate))"
    var lines: [Line] = [
      view.fact(.cluster, language.name(mandate.cluster)),
      view.fact(.weight, language.word(mandate.weight)),
      view.fact(
        .fifteenMinutes,
        language.text(.keptAndViolated, String(mandate.satisfied), String(mandate.violated))),
    ]
    lines += view.heading(.trackingPoints)
    lines += mandate.points.map { point in
      Line(
        [Run(point.id, .text)],
        trailing: [
          Run(
            language.text(.kept, String(point.satisfied)) + " ",
            point.satisfied > 0 ? .ok : .faint),
          Run(
            language.text(.violated, String(point.violated)) + " ",
            point.violated > 0 ? .critical : .faint),
          Run(point.lastAt.map { language.ago(view.now - $0) } ?? "--", .muted),
        ])
    }
    guard !mandate.violations.isEmpty else {
      return DetailContent(title: title, lines: lines)
    }
    lines += view.heading(.newestViolations)
    lines += mandate.violations.reversed().map { violation in
      Line(
        [
          Run(violation.type, violation.resolvedAt == nil ? .critical : .muted),
          Run(" " + language.text(.by, violation.agent ?? "--"), .muted),
          Run("  " + language.text(.from, violation.causes.joined(separator: ", ")), .faint),
        ],
        trailing: [Run(language.ago(view.now - violation.at), .muted)])
    }
    return DetailContent(title: title, lines: lines)
  }

  private static func row(_ mandate: Mandate, name: String) -> TableRow {
    let role = role(of: mandate.status)
    let open = mandate.violations.count { $0.resolvedAt == nil }
    return TableRow(
      id: mandate.key,
      [
        .text(String(mandate.number), .faint),
        .text(name, mandate.status == .neverSeen ? .muted : .text),
        .meter(mandate.rate, role),
        .text(mandate.rate.map(Format.percent) ?? "--", role),
        .text(observed(mandate), role),
        .text(open > 0 ? String(open) : "", .critical),
      ])
  }

  /// How often it was kept of how often it was looked at, or the latter alone where both are too
  /// long: a number that is cut would be another one, and the mark behind it would be gone.
  private static func observed(_ mandate: Mandate) -> String {
    guard mandate.status != .neverSeen else { return "--" }
    let mark = mark(mandate.status)
    let share = "\(mandate.satisfied)/\(mandate.observed)\(mark)"
    return share.count <= countWidth ? share : Format.count(mandate.observed) + mark
  }

  static func role(of status: MandateStatus) -> Role {
    switch status {
    case .neverSeen: .faint
    case .lowCount: .muted
    case .ok: .ok
    case .warn: .warn
    case .critical: .critical
    }
  }

  /// Colour is never the only sign.
  private static func mark(_ status: MandateStatus) -> String {
    switch status {
    case .neverSeen, .ok: " "
    case .lowCount: "~"
    case .warn: "?"
    case .critical: "!"
    }
  }

  private static func counts(_ mandates: [Mandate], _ language: Language) -> [Run] {
    func count(_ status: MandateStatus) -> Int { mandates.count { $0.status == status } }
    let seen = mandates.count - count(.neverSeen)
    var runs = [Run(" " + language.text(.seenShare, "\(seen)/\(mandates.count)"), .muted)]
    let parts: [(MandateStatus, Label)] = [
      (.ok, .okCount), (.warn, .warnCount), (.critical, .criticalCount), (.lowCount, .lowCount),
    ]
    for (status, word) in parts where count(status) > 0 {
      runs += [
        Run(" \(count(status))", role(of: status)), Run(" \(language.text(word))", .muted),
      ]
    }
    return runs
  }

  private static func clusters(_ fleet: AgentFleet, _ language: Language) -> Line {
    Line(
      Cluster.allCases.flatMap { cluster -> [Run] in
        let rate = fleet.cluster(cluster).rate
        return [
          Run("\(language.shortName(cluster)) ", .faint),
          Run(rate.map { "\(Format.percent($0))%  " } ?? "--  ", rate == nil ? .faint : .muted),
        ]
      })
  }
}

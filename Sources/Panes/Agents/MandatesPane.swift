package import Domain
import Themes

/// The sixteen mandates by cluster: how often they were kept in the last 15 minutes.
package enum MandatesPane: Pane {
  package static let sources: Changes.Collections = .mandates

  private static let columns = [
    Column("", width: 2, .trailing), Column("MANDATE", width: 10, growth: 2),
    Column("15 MIN", width: 5, growth: 1, dispensable: 2), Column("%", width: 3, .trailing),
    Column("N", width: 6, .trailing), Column("V", width: 2, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let mandates = board.fleet.mandates
    let blocks = view.width >= 50 && view.height < 18 ? 2 : 1
    let limit = view.tableRows(reserving: 1, blocks: blocks)
    let rows = mandates.dropFirst(view.first).prefix(limit)
      .map { row($0, name: blocks == 1 ? $0.name : $0.shortName) }
    return PaneContent(
      title: counts(mandates),
      table: TableContent(
        columns, rows: Array(rows), first: view.first, total: mandates.count,
        selected: view.selected, emptyText: "", blocks: blocks),
      below: [clusters(board.fleet)])
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let mandate = board.fleet.mandates.first(where: { $0.key == id }) else { return nil }
    var lines: [Line] = [
      fact("cluster", mandate.cluster.title), fact("weight", mandate.weight.rawValue),
      fact("15 min", "\(mandate.satisfied) kept, \(mandate.violated) violated"),
      .blank, Line("tracking points", .faint),
    ]
    lines += mandate.points.map { point in
      Line(
        [Run(point.id, .text)],
        trailing: [
          Run("\(point.satisfied) kept ", point.satisfied > 0 ? .ok : .faint),
          Run("\(point.violated) violated ", point.violated > 0 ? .critical : .faint),
          Run(point.lastAt.map { "\(Format.clock(now - $0)) ago" } ?? "--", .muted),
        ])
    }
    guard !mandate.violations.isEmpty else {
      return DetailContent(title: "\(mandate.number) \(mandate.name)", lines: lines)
    }
    lines += [.blank, Line("newest violations", .faint)]
    lines += mandate.violations.reversed().map { violation in
      Line(
        [
          Run(violation.type, violation.resolvedAt == nil ? .critical : .muted),
          Run(" by \(violation.agent ?? "--")", .muted),
          Run("  from \(violation.causes.joined(separator: ", "))", .faint),
        ],
        trailing: [Run("\(Format.clock(now - violation.at)) ago", .muted)])
    }
    return DetailContent(title: "\(mandate.number) \(mandate.name)", lines: lines)
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
        .text(
          mandate.status == .neverSeen
            ? "--" : "\(mandate.satisfied)/\(mandate.observed)\(mark(mandate.status))", role),
        .text(open > 0 ? String(open) : "", .critical),
      ])
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

  private static func counts(_ mandates: [Mandate]) -> [Run] {
    func count(_ status: MandateStatus) -> Int { mandates.count { $0.status == status } }
    let seen = mandates.count - count(.neverSeen)
    var runs = [Run(" seen \(seen)/\(mandates.count)", .muted)]
    let parts: [(MandateStatus, String)] = [
      (.ok, "ok"), (.warn, "warn"), (.critical, "crit"), (.lowCount, "low-n"),
    ]
    for (status, word) in parts where count(status) > 0 {
      runs += [Run(" \(count(status))", role(of: status)), Run(" \(word)", .muted)]
    }
    return runs
  }

  private static func clusters(_ fleet: AgentFleet) -> Line {
    Line(
      Cluster.allCases.flatMap { cluster -> [Run] in
        let rate = fleet.cluster(cluster).rate
        return [
          Run("\(cluster.shortTitle) ", .faint),
          Run(rate.map { "\(Format.percent($0))%  " } ?? "--  ", rate == nil ? .faint : .muted),
        ]
      })
  }
}

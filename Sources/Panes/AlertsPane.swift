import Canvas
package import Domain
import Themes

/// What needs someone in the fleet, the worst first.
package enum AgentAlertsPane: Pane {
  package static let sources: Changes.Collections = .alerts

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    AlertsPane.content(of: board, .agents, in: view)
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    AlertsPane.detail(of: id, in: board, at: now, utcOffset: utcOffset)
  }
}

/// What needs someone in the kitchen, the worst first.
package enum KitchenAlertsPane: Pane {
  package static let sources: Changes.Collections = .alerts

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    AlertsPane.content(of: board, .kitchen, in: view)
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    AlertsPane.detail(of: id, in: board, at: now, utcOffset: utcOffset)
  }
}

/// What both alert panes share.
enum AlertsPane {
  private static let columns = [
    Column("S", width: 1), Column("TIME", width: 5, dispensable: 2),
    Column("CODE", width: 17), Column("SUBJECT", width: 10, growth: 1),
    Column("TEXT", width: 10, growth: 3),
  ]

  private static let briefColumns = [
    Column("S", width: 1), Column("CODE", width: 17), Column("WHAT", width: 8, growth: 1),
  ]

  static func content(of board: Board, _ scope: AlertScope, in view: PaneView) -> PaneContent {
    let alerts = board.alerts
    let isCrowded = alerts.count(of: scope) > view.tableRows(reserving: 0)
    let blocks = view.width >= 70 && view.height < 6 && isCrowded ? 2 : 1
    let limit = view.tableRows(reserving: 0, blocks: blocks)
    let rows = alerts.alerts(of: scope, from: view.first, limit: limit)
    return PaneContent(
      title: title(alerts.openBySeverity(of: scope)),
      table: TableContent(
        blocks == 1 ? columns : briefColumns,
        rows: rows.map { blocks == 1 ? row($0, in: view) : briefRow($0) }, first: view.first,
        total: alerts.count(of: scope),
        selected: view.selected, emptyText: "nothing needs attention", blocks: blocks))
  }

  static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let alert = board.alerts.alert(key(id)) else { return nil }
    var lines: [Line] = [
      [
        Run("severity \(alert.severity)", role(alert), .bold),
        Run("  \(alert.state.rawValue)  \(alert.basis.rawValue)", .muted),
      ],
      fact("subject", alert.key.subject), fact("what", alert.text),
      fact("raised", "\(Format.clock(now - alert.raisedAt)) ago"),
      fact("seen", "\(alert.count) times, last \(Format.clock(now - alert.lastAt)) ago"),
    ]
    if let since = alert.falseSince {
      lines.append(fact("clears", "no longer true for \(Format.clock(now - since)), at 0:30"))
    }
    lines.append(fact("events", alert.causes.isEmpty ? "--" : alert.causes.joined(separator: " ")))
    return DetailContent(title: alert.key.code, lines: lines)
  }

  private static func row(_ alert: Alert, in view: PaneView) -> TableRow {
    let role = role(alert)
    return TableRow(
      id: id(alert),
      [
        .runs([Run(String(alert.severity), role, .bold)]),
        .text(String(view.timeOfDay(alert.raisedAt).prefix(5)), .faint),
        .text(alert.key.code, role), .text(alert.key.subject, .text), .text(text(alert), .muted),
      ])
  }

  /// A row of half a pane's width: subject and text share a cell.
  private static func briefRow(_ alert: Alert) -> TableRow {
    let role = role(alert)
    return TableRow(
      id: id(alert),
      [
        .runs([Run(String(alert.severity), role, .bold)]), .text(alert.key.code, role),
        .runs([Run(alert.key.subject, .text), Run(" \(text(alert))", .muted)]),
      ])
  }

  private static func id(_ alert: Alert) -> String {
    alert.key.code + "\u{1F}" + alert.key.subject
  }

  private static func text(_ alert: Alert) -> String {
    guard alert.state.isOpen else { return "\(alert.state.rawValue): \(alert.text)" }
    return alert.count > 1 ? "\(alert.text) (\(alert.count))" : alert.text
  }

  private static func key(_ id: String) -> Alert.Key {
    let parts = id.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
    return Alert.Key(
      code: parts.first.map(String.init) ?? "",
      subject: parts.dropFirst().first.map(String.init) ?? "")
  }

  private static func role(_ alert: Alert) -> Role {
    guard alert.state.isOpen, alert.falseSince == nil else { return .faint }
    return switch alert.severity {
    case 4...: .critical
    case 3: .warn
    default: .info
    }
  }

  private static func title(_ counts: [Int]) -> [Run] {
    let open = counts.reduce(0, +)
    guard open > 0 else { return [Run(" none open", .muted)] }
    return [Run(" \(open) open", .muted)]
      + Summary.count(counts[5] + counts[4], "severe", .critical)
      + Summary.count(counts[3], "warn", .warn)
  }
}

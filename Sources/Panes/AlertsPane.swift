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
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    AlertsPane.detail(of: id, in: board, for: view)
  }
}

/// What needs someone in the kitchen, the worst first.
package enum KitchenAlertsPane: Pane {
  package static let sources: Changes.Collections = .alerts

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    AlertsPane.content(of: board, .kitchen, in: view)
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    AlertsPane.detail(of: id, in: board, for: view)
  }
}

/// What both alert panes share.
enum AlertsPane {
  private static let columns = [
    Column(.severityColumn, width: 1), Column(.timeColumn, width: 5, dispensable: 2),
    Column(.codeColumn, width: 17), Column(.subjectColumn, width: 10, growth: 1),
    Column(.textColumn, width: 10, growth: 3),
  ]

  private static let briefColumns = [
    Column(.severityColumn, width: 1), Column(.codeColumn, width: 17),
    Column(.whatColumn, width: 8, growth: 1),
  ]

  static func content(of board: Board, _ scope: AlertScope, in view: PaneView) -> PaneContent {
    let alerts = board.alerts
    let isCrowded = alerts.count(of: scope) > view.tableRows(reserving: 0)
    let blocks = view.width >= 70 && view.height < 6 && isCrowded ? 2 : 1
    let limit = view.tableRows(reserving: 0, blocks: blocks)
    let rows = alerts.alerts(of: scope, from: view.first, limit: limit)
    return PaneContent(
      title: title(alerts.openBySeverity(of: scope), view.language),
      table: TableContent(
        blocks == 1 ? columns : briefColumns,
        rows: rows.map { blocks == 1 ? row($0, in: view) : briefRow($0, in: view) },
        first: view.first,
        total: alerts.count(of: scope),
        selected: view.selected, emptyText: view.text(.nothingNeedsAttention), blocks: blocks))
  }

  static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let alert = board.alerts.alert(key(id)) else { return nil }
    let (now, language) = (view.now, view.language)
    var lines: [Line] = [
      [
        Run(language.text(.severity, String(alert.severity)), role(alert), .bold),
        Run("  \(language.word(alert.state))", .muted),
        Run("  \(language.word(alert.basis))", .muted),
      ],
      view.fact(.subject, alert.key.subject),
      view.fact(.what, AlertWords.text(alert, in: language)),
      view.fact(.raised, language.ago(now - alert.raisedAt)),
      view.fact(
        .seen,
        language.text(
          .timesSeen, language.count(alert.count, .times), Format.clock(now - alert.lastAt))),
    ]
    if let since = alert.falseSince {
      lines.append(view.fact(.clears, language.text(.noLongerTrue, Format.clock(now - since))))
    }
    lines.append(
      view.fact(.events, alert.causes.isEmpty ? "--" : alert.causes.joined(separator: " ")))
    return DetailContent(title: alert.key.code, lines: lines)
  }

  private static func row(_ alert: Alert, in view: PaneView) -> TableRow {
    let role = role(alert)
    return TableRow(
      id: id(alert),
      [
        .runs([Run(String(alert.severity), role, .bold)]),
        .text(String(view.timeOfDay(alert.raisedAt).prefix(5)), .faint),
        .text(alert.key.code, role), .text(alert.key.subject, .text),
        .text(text(alert, view.language), .muted),
      ])
  }

  /// A row of half a pane's width: subject and text share a cell.
  private static func briefRow(_ alert: Alert, in view: PaneView) -> TableRow {
    let role = role(alert)
    return TableRow(
      id: id(alert),
      [
        .runs([Run(String(alert.severity), role, .bold)]), .text(alert.key.code, role),
        .runs([Run(alert.key.subject, .text), Run(" \(text(alert, view.language))", .muted)]),
      ])
  }

  private static func id(_ alert: Alert) -> String {
    alert.key.code + "\u{1F}" + alert.key.subject
  }

  private static func text(_ alert: Alert, _ language: Language) -> String {
    let text = AlertWords.text(alert, in: language)
    guard alert.state.isOpen else { return "\(language.word(alert.state)): \(text)" }
    return alert.count > 1 ? "\(text) (\(alert.count))" : text
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

  private static func title(_ counts: [Int], _ language: Language) -> [Run] {
    let open = counts.reduce(0, +)
    guard open > 0 else { return [Run(" \(language.text(.noneOpen))", .muted)] }
    return [Run(" \(open) \(language.text(.openAlerts))", .muted)]
      + Summary.count(counts[5] + counts[4], language.text(.severe), .critical)
      + Summary.count(counts[3], language.text(.warnCount), .warn)
  }
}

import Domain
import Panes

/// The alerts of a report: each with when it fired, how long it stood, and why.
struct AlertSection {
  let lines: [ReportLine]

  init(_ report: TapeReport, _ clock: ReportClock) {
    guard !report.alerts.isEmpty else {
      lines = [ReportLine(.good, "Alerts", ": none fired")]
      return
    }
    let shown = report.alerts.prefix(ReportText.alertBound)
    let rows = shown.map { Self.row($0, clock, report.end) }
    let table = ReportTable(
      [
        .init("SEV", isNumber: true), .init("FIRED"), .init("STOOD"), .init("ALERT"),
        .init("SUBJECT"),
      ], fitting: rows)
    var lines = [Self.title(of: report), table.heading]
    for (alert, row) in zip(shown, rows) {
      lines.append(ReportLine(alert.tone, table.line(row)))
      lines += Self.reasons(of: alert, clock)
    }
    self.lines = lines + ReportText.more(report.alertCount - shown.count, "alert")
  }

  private static func title(of report: TapeReport) -> ReportLine {
    let open = report.alerts.count { $0.state.isOpen }
    return ReportLine(
      .title, "Alerts", ": \(report.alertCount) fired, \(open) of them open at the end")
  }

  private static func row(_ alert: FiredAlert, _ clock: ReportClock, _ end: Timestamp) -> [String] {
    let stood = Format.clock(alert.stood(by: end))
    return [
      "\(alert.severity)", clock.text(alert.firedAt), alert.state.isOpen ? stood + "+" : stood,
      ReportWord.fitted(alert.code, 24), alert.subject,
    ]
  }

  private static func reasons(of alert: FiredAlert, _ clock: ReportClock) -> [ReportLine] {
    let indent = "       "
    let room = ReportTable.width - indent.count
    var lines: [ReportLine] = []
    if !alert.text.isEmpty { lines.append(.plain(indent + ReportWord.fitted(alert.text, room))) }
    let why = cause(of: alert, clock)
    lines.append(ReportLine(.quiet, indent + ReportWord.fitted(why, room)))
    return lines
  }

  private static func cause(of alert: FiredAlert, _ clock: ReportClock) -> String {
    guard let cause = alert.causes.last else {
      switch alert.basis {
      case .asserted: return "said by its source"
      case .inferred: return "inferred, from no single event"
      }
    }
    let others = alert.causes.count > 1 ? " and \(alert.causes.count - 1) before it" : ""
    let basis = alert.basis == .asserted ? "said by" : "inferred from"
    guard let event = cause.event else { return "\(basis) event \(cause.id)\(others)" }
    return "\(basis) \(event.type) \(cause.id) at \(clock.text(event.at))\(others)"
  }
}

extension FiredAlert {
  fileprivate var tone: ReportLine.Tone {
    switch severity {
    case 4...: .bad
    case 3: .warning
    default: .plain
    }
  }
}

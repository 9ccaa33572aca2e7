import Domain
import Panes

/// What rules would have raised, each with when, how long and why.
struct RehearsalSection {
  let lines: [ReportLine]

  init(_ rehearsal: RehearsalReport, _ clock: ReportClock, end: Timestamp) {
    let shown = rehearsal.firings.prefix(ReportText.alertBound)
    let rows = shown.map { firing in
      let stood = Format.clock((firing.clearedAt ?? end) - firing.firedAt)
      return [
        "\(firing.severity)", clock.text(firing.firedAt),
        firing.clearedAt == nil ? stood + "+" : stood, firing.rule,
      ]
    }
    let table = ReportTable(
      [.init("SEV", isNumber: true), .init("FIRED"), .init("STOOD"), .init("RULE")],
      fitting: rows)
    let fired = rehearsal.firings.count
    let least = rehearsal.isTruncated ? "at least " : ""
    let alerts = ReportWord.count(fired, "alert")
    let rules = "\(rehearsal.rules.count) rehearsed, \(least)\(alerts) would have fired"
    var lines = [ReportLine(.title, "Rules", ": \(rules)")]
    if !rows.isEmpty { lines.append(table.heading) }
    for (firing, row) in zip(shown, rows) {
      lines.append(ReportLine(firing.severity >= 4 ? .bad : .warning, table.line(row)))
      lines += Self.reasons(of: firing)
    }
    lines += ReportText.more(fired - shown.count, "firing")
    if !rehearsal.quiet.isEmpty {
      let names = rehearsal.quiet.joined(separator: ", ")
      lines.append(ReportLine(.quiet, "  never: " + ReportWord.fitted(names, 70)))
    }
    self.lines = lines
  }

  private static func reasons(of firing: RehearsalReport.Firing) -> [ReportLine] {
    let indent = "       "
    let room = ReportTable.width - indent.count
    let why = firing.facts.map(\.words).joined(separator: "; ")
    var lines: [ReportLine] = []
    if let text = firing.text { lines.append(.plain(indent + ReportWord.fitted(text, room))) }
    lines.append(.plain(indent + ReportWord.fitted(why, room)))
    lines.append(
      ReportLine(.quiet, indent + ReportWord.fitted("when \(firing.condition)", room)))
    return lines
  }
}

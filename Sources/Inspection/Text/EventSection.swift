import Domain
import Panes

/// The events of a report: by source with what is missing of it, and by type.
struct EventSection {
  let lines: [ReportLine]

  init(_ report: TapeReport, _ clock: ReportClock) {
    let parts = [Self.sources(of: report, clock), Self.types(of: report, clock)]
    lines = Array(parts.filter { !$0.isEmpty }.joined(separator: [.blank]))
  }

  private static func sources(of report: TapeReport, _ clock: ReportClock) -> [ReportLine] {
    guard !report.sources.isEmpty else { return [] }
    // Those with something missing first.
    let ranked = report.sources.enumerated().sorted {
      let (a, b) = ($0.element.missing, $1.element.missing)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    let shown = ranked.prefix(ReportText.sourceBound)
    let rows = shown.map { source in
      [
        "\(source.applied)", "\(source.duplicates)", "\(source.late)", "\(source.unmapped)",
        source.gaps.map { "\($0)" } ?? "n/a", source.name,
      ]
    }
    let table = ReportTable(
      [
        .init("APPLIED", isNumber: true), .init("DUPLICATES", isNumber: true),
        .init("LATE", isNumber: true), .init("UNMAPPED", isNumber: true),
        .init("GAPS", isNumber: true), .init("SOURCE"),
      ], fitting: rows)
    var lines = [ReportLine(.title, "Sources"), table.heading]
    for (source, row) in zip(shown, rows) {
      lines.append(.plain(table.line(row)))
      lines += gaps(of: source, clock)
    }
    return lines + ReportText.more(report.sources.count - shown.count, "source")
  }

  private static func gaps(of source: SourceCount, _ clock: ReportClock) -> [ReportLine] {
    let shown = source.newestGaps.suffix(20)
    let indent = "         "
    let lines = shown.map { gap in
      let range = gap.from == gap.to ? "\(gap.from)" : "\(gap.from)-\(gap.to)"
      let good = gap.resyncedAt.map { ", made good \(Format.clock($0 - gap.at)) later" }
      let came = gap.missing == 0 ? ", all of them came later" : ", \(gap.missing) missing"
      let text = "gap \(range) at \(clock.text(gap.at))\(good ?? came)"
      let isOpen = gap.resyncedAt == nil && gap.missing > 0
      return ReportLine(
        isOpen ? .bad : .quiet, indent + ReportWord.fitted(text, ReportTable.width - indent.count))
    }
    let rest = (source.gaps ?? 0) - shown.count
    return lines
      + (rest > 0 ? [ReportLine(.quiet, indent + "and \(rest) earlier ones")] : [])
  }

  private static func types(of report: TapeReport, _ clock: ReportClock) -> [ReportLine] {
    guard !report.types.isEmpty else { return [] }
    let shown = report.types.prefix(ReportText.typeBound)
    let rows = shown.map { type in
      ["\(type.count)", clock.text(type.first), clock.text(type.last), type.name]
    }
    let table = ReportTable(
      [.init("COUNT", isNumber: true), .init("FIRST"), .init("LAST"), .init("TYPE")],
      fitting: rows)
    return [ReportLine(.title, "Events by type"), table.heading]
      + rows.map { .plain(table.line($0)) }
      + ReportText.more(report.types.count - shown.count, "type")
  }
}

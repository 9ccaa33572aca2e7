import Domain
import Panes

/// A report as aligned lines of ASCII signs for a person: what asks for attention before what does
/// not. The same report gives the same lines on any machine.
package struct ReportText: Equatable, Sendable {
  /// The most alerts, types and sources listed; the JSON has all.
  package static let alertBound = 200, typeBound = 40, sourceBound = 40

  /// The page, from its title to the markers.
  package let lines: [ReportLine]

  /// The page of a report.
  package init(_ report: TapeReport) {
    let clock = ReportClock(report.start, report.end)
    let parts = [
      Self.summary(of: report),
      report.rehearsal.map { RehearsalSection($0, clock, end: report.end).lines } ?? [],
      AlertSection(report, clock).lines,
      ConnectionSection(report, clock).lines,
      EventSection(report, clock).lines,
      Self.markers(of: report, clock),
    ]
    lines = Array(parts.filter { !$0.isEmpty }.joined(separator: [.blank]))
  }

  private static func summary(of report: TapeReport) -> [ReportLine] {
    let file = report.file
    let form = [
      "version \(file.version)", file.bytes.map { Format.bytes($0) },
      file.count > 1 ? "\(file.count) files" : nil,
      file.keyframes > 0 ? ReportWord.count(file.keyframes, "keyframe") : nil,
      file.isCutOff ? "cut off in its last line" : "whole",
    ]
    let start = CivilTime(report.start)
    let end = CivilTime(report.end)
    let until = start.date == end.date ? end.clock : "\(end.date) \(end.clock)"
    let span = Format.clock(report.end - report.start)
    return [
      ReportLine(.title, ReportWord.fitted(file.name, ReportTable.width)),
      .blank,
      ReportLine(.quiet, "  tape    ", form.compactMap(\.self).joined(separator: ", ")),
      ReportLine(.quiet, "  span    ", "\(start.date) \(start.clock) to \(until) UTC, \(span)"),
      ReportLine(
        .quiet, "  lines   ",
        [
          ReportWord.count(report.frames, "frame"), ReportWord.count(report.facts, "fact"),
          ReportWord.count(report.markerCount, "marker"),
        ].joined(separator: ", ")),
      ReportLine(
        .quiet, "  events  ",
        ReportWord.count(report.events.received, "event") + " of "
          + ReportWord.count(report.types.count, "type") + ", \(report.events.applied) applied"),
      trouble(of: report),
    ]
  }

  /// What went wrong with the events, in one line.
  private static func trouble(of report: TapeReport) -> ReportLine {
    let events = report.events
    let gaps = report.gaps.map { gaps in
      gaps.count > 0 ? "\(ReportWord.count(gaps.count, "gap")) (\(gaps.missing) missing)" : nil
    }
    let unaccounted = report.connections.reduce(0) { $0 + $1.unaccountedCount }
    let troubles = [
      gaps ?? nil,
      unaccounted > 0 ? ReportWord.count(unaccounted, "unaccounted time") : nil,
      named(events.damaged, "damaged"), named(events.malformed, "malformed"),
      named(events.dropped, "dropped"), named(events.coalesced, "coalesced"),
      named(events.late, "late"),
      events.duplicates > 0 ? ReportWord.count(events.duplicates, "duplicate") : nil,
      named(events.unmapped, "unmapped"),
    ].compactMap(\.self)
    let noGaps = gaps == nil ? "gaps n/a: no source numbers its events" : "no gap"
    let found = troubles.isEmpty ? "none" : troubles.joined(separator: ", ")
    let isWhole = gaps == .some(nil) || gaps == nil
    return ReportLine(.quiet, "  trouble ", isWhole ? "\(found); \(noGaps)" : found)
  }

  private static func named(_ count: Int, _ word: String) -> String? {
    count > 0 ? "\(count) \(word)" : nil
  }

  private static func markers(of report: TapeReport, _ clock: ReportClock) -> [ReportLine] {
    guard !report.markers.isEmpty else { return [] }
    let rows = report.markers.map { ReportLine.plain("  \(clock.text($0.at))  " + fit($0.label)) }
    let rest = report.markerCount - report.markers.count
    return [ReportLine(.title, "Markers")] + rows + more(rest, "marker")
  }

  private static func fit(_ label: String) -> String { ReportWord.fitted(label, 58) }

  /// A line that tells how many are not listed; none where all are.
  static func more(_ count: Int, _ noun: String) -> [ReportLine] {
    count > 0 ? [ReportLine(.quiet, "  and \(ReportWord.count(count, noun)) more")] : []
  }
}

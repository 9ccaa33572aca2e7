import Domain
import Panes

/// The connections of a report: what came by each, and when it was not there.
struct ConnectionSection {
  let lines: [ReportLine]

  init(_ report: TapeReport, _ clock: ReportClock) {
    let blocks = report.connections.enumerated().map { number, connection in
      Self.block(number, connection, clock, report.end)
    }
    lines = [ReportLine(.title, blocks.count == 1 ? "Connection" : "Connections")] + blocks.joined()
  }

  private static let indent = "     "
  private static let room = ReportTable.width - indent.count
  /// The outages told of each.
  private static let outageBound = 20

  private static func block(
    _ number: Int, _ connection: ConnectionReport, _ clock: ReportClock, _ end: Timestamp
  ) -> [ReportLine] {
    let carried = connection.carried.map {
      "\($0.transport) \(ReportWord.count($0.frames, "frame")), \(Format.bytes($0.bytes))"
    }
    let what = carried.isEmpty ? ["nothing came"] : carried
    let events = ReportWord.count(connection.events, "event")
    var lines = [
      ReportLine.plain("  \(number)  " + ReportWord.fitted(connection.name, room)),
      ReportLine.plain(indent + (what + [events]).joined(separator: "; ")),
      ReportLine.plain(indent + tries(of: connection)),
    ]
    let outages = connection.outages.sorted { length($0, end) > length($1, end) }
    let shown = outages.prefix(outageBound).sorted { $0.from < $1.from }
    lines += shown.map { outage($0, clock, end) }
    lines += more(connection.outageCount - shown.count, "outage")
    lines += notes("fell back ", connection.fallbacks, connection.fallbackCount, clock)
    lines += notes("refused: ", connection.refusals, connection.refusalCount, clock)
    lines += unaccounted(connection, clock)
    return lines
  }

  private static func tries(of connection: ConnectionReport) -> String {
    let losses = ReportWord.count(connection.losses, "loss", "losses")
    let tries = ReportWord.count(connection.attempts, "try", "tries")
    let made = ReportWord.count(connection.connects, "connection")
    let damaged = connection.damaged > 0 ? ", damaged \(connection.damaged) times" : ""
    return "\(tries), \(made), \(losses)\(damaged); \(connection.state.words) at the end"
  }

  private static func outage(
    _ outage: ConnectionReport.Outage, _ clock: ReportClock, _ end: Timestamp
  ) -> ReportLine {
    let until = outage.to.map { "to \(clock.text($0))" } ?? "to the end"
    let tries = outage.attempts > 0 ? ", \(ReportWord.count(outage.attempts, "try", "tries"))" : ""
    let why = outage.reason.map { ": \($0)" } ?? ""
    let text =
      "\(outage.kind.rawValue) \(clock.text(outage.from)) \(until),"
      + " \(Format.clock(length(outage, end)))\(tries)\(why)"
    return ReportLine(.bad, indent + ReportWord.fitted(text, room))
  }

  private static func length(_ outage: ConnectionReport.Outage, _ end: Timestamp) -> Span {
    (outage.to ?? end) - outage.from
  }

  private static func notes(
    _ word: String, _ notes: [ConnectionReport.Note], _ count: Int, _ clock: ReportClock
  ) -> [ReportLine] {
    let shown = notes.suffix(5)
    return shown.map {
      let text = "\(clock.text($0.at)) \(word)\($0.text)"
      return ReportLine(.warning, indent + ReportWord.fitted(text, room))
    } + more(count - shown.count, "of these", "of these")
  }

  private static func unaccounted(
    _ connection: ConnectionReport, _ clock: ReportClock
  ) -> [ReportLine] {
    let shown = connection.unaccounted.suffix(20)
    return shown.map {
      let good = $0.resyncedAt.map { ", made good at \(clock.text($0))" } ?? ""
      let text = "unaccounted \(clock.text($0.from)) to \(clock.text($0.to))\(good)"
      return ReportLine(.bad, indent + ReportWord.fitted(text, room))
    } + more(connection.unaccountedCount - shown.count, "unaccounted time")
  }

  private static func more(_ count: Int, _ noun: String, _ nouns: String? = nil) -> [ReportLine] {
    guard count > 0 else { return [] }
    return [ReportLine(.quiet, indent + "and \(ReportWord.count(count, noun, nouns)) more")]
  }
}

extension ConnectionState {
  /// The state in a few words.
  fileprivate var words: String {
    switch self {
    case .idle: "never tried"
    case .connecting: "connecting"
    case .live: "live"
    case .stale: "stale"
    case .waiting: "waiting to try again"
    case .refused: "refused"
    case .ended: "ended"
    }
  }
}

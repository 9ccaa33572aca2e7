package import Domain
import Themes

/// How long things take, measured; what was not measured says n/a.
package enum LatencyPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column("", width: 16, growth: 1), Column("P50", width: 6, .trailing),
    Column("P95", width: 6, .trailing), Column("P99", width: 6, .trailing),
    Column("N", width: 5, .trailing, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let vitals = view.vitals
    let rows = [
      row("arrival to screen", vitals.arrivalToScreen),
      origin(board.stream),
    ]
    let limit = view.tableRows(reserving: 3)
    return PaneContent(
      title: [Run(" goal: order 50ms, kds 100ms", .muted)],
      table: TableContent(
        columns, rows: Array(rows.prefix(limit)), first: 0, total: min(rows.count, limit),
        selected: nil, emptyText: ""),
      below: [process(vitals), screen(vitals), recording(vitals)])
  }

  private static func row(_ name: String, _ histogram: Histogram) -> TableRow {
    func cell(_ fraction: Double) -> TableCell {
      histogram.percentile(fraction).map { .text(Format.latency($0), .text) }
        ?? .text("n/a", .faint)
    }
    return TableRow(
      id: name,
      [
        .text(name, .muted), cell(0.5), cell(0.95), cell(0.99),
        .text(Format.count(Int64(clamping: histogram.count)), .faint),
      ])
  }

  /// The lag of the source with the most events; clocks of different origins are not mixed, and a
  /// clock that does not agree with ours measures nothing.
  private static func origin(_ stream: StreamLedger) -> TableRow {
    guard let source = stream.sources.max(by: { $0.lag.count < $1.lag.count }) else {
      return row("origin to arrival", Histogram())
    }
    guard source.skewed == 0 else {
      let skew = TableCell.text("skew", .warn)
      return TableRow(
        id: "origin", [.text("origin to arrival", .muted), skew, skew, skew, .text("", .faint)])
    }
    return row("origin to arrival", source.lag)
  }

  private static func process(_ vitals: Vitals) -> Line {
    let memory = vitals.residentBytes.map { Format.bytes($0) } ?? "n/a"
    let processor = vitals.cpuShare.map { "\(Format.decimal($0 * 100, places: 1))%" } ?? "n/a"
    return [
      Run("podium   ", .faint), Run("memory ", .muted), Run(memory, .text),
      Run("  cpu ", .muted), Run(processor, .text),
      Run("  backlog ", .muted), Run(Format.bytes(vitals.backlogBytes), .text),
    ]
  }

  private static func screen(_ vitals: Vitals) -> Line {
    let each = vitals.frames > 0 ? Format.bytes(vitals.frameBytes / vitals.frames) : "n/a"
    return [
      Run("screen   ", .faint), Run("frames ", .muted), Run(Format.count(vitals.frames), .text),
      Run("  per frame ", .muted), Run(each, .text),
    ]
  }

  private static func recording(_ vitals: Vitals) -> Line {
    [Run("tape     ", .faint), Run(vitals.recording ?? "not recording", .muted)]
  }
}

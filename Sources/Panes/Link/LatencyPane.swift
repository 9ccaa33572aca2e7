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
    let below = skew(board.stream) + [process(vitals), screen(vitals), recording(vitals)]
    let limit = view.tableRows(reserving: below.count)
    return PaneContent(
      title: [Run(" goal: order 50ms, kds 100ms", .muted)],
      table: TableContent(
        columns, rows: Array(rows.prefix(limit)), first: 0, total: min(rows.count, limit),
        selected: nil, emptyText: ""),
      below: below)
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

  /// The lag of the source with the most events; clocks of different origins are not mixed.
  private static func origin(_ stream: StreamLedger) -> TableRow {
    let source = busiest(stream)
    return row(
      "origin to arrival", source?.skew == nil ? source?.lag ?? Histogram() : Histogram())
  }

  /// Why the lag is n/a, where the clocks do not agree.
  private static func skew(_ stream: StreamLedger) -> [Line] {
    guard let source = busiest(stream), let skew = source.skew else { return [] }
    return [[Run("origin   ", .faint), Run("clocks differ by \(Format.latency(skew))", .warn)]]
  }

  private static func busiest(_ stream: StreamLedger) -> SourceFacts? {
    stream.sources.max { $0.lag.count + UInt64($0.skewed) < $1.lag.count + UInt64($1.skewed) }
  }

  /// A source's lag in words.
  static func origin(_ source: SourceFacts) -> String {
    if let skew = source.skew { return "n/a: clocks differ by \(Format.latency(skew))" }
    guard let median = source.lag.percentile(0.5), let p95 = source.lag.percentile(0.95),
      let p99 = source.lag.percentile(0.99)
    else { return "n/a" }
    let texts = [median, p95, p99].map(Format.latency)
    return "p50 \(texts[0])  p95 \(texts[1])  p99 \(texts[2]) before arrival"
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
    if let failure = vitals.recordingFailure {
      return [Run("tape     ", .faint), Run(failure, .critical)]
    }
    return [Run("tape     ", .faint), Run(vitals.recording ?? "not recording", .muted)]
  }
}

package import Domain
import Themes

/// Events and bytes a second over the last minute.
package enum ThroughputPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column("RATE", width: 8), Column("LAST 60 S", width: 10, growth: 1),
    Column("NOW", width: 6, .trailing), Column("PEAK", width: 6, .trailing, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let stream = board.stream
    var events = stream.rate
    events.advance(to: view.now)
    let bytes = byteRate(stream, at: view.now)
    let rows = [
      row("events/s", events.values, peak: stream.peakRate) { Format.count($0) },
      row("bytes/s", bytes, peak: bytes.max() ?? 0) { Format.count($0) },
    ]
    let total = Line(
      [Run("received ", .faint), Run(Format.count(stream.received), .text),
        Run("  applied ", .faint), Run(Format.count(stream.applied), .text),
        Run("  refused ", .faint),
        Run(Format.count(stream.refusedEntities), stream.refusedEntities > 0 ? .critical : .muted)])
    return PaneContent(
      title: [Run(" last second and 60 s", .muted)],
      table: TableContent(
        columns, rows: Array(rows.prefix(view.tableRows(reserving: 1))), first: 0,
        total: min(rows.count, view.tableRows(reserving: 1)), selected: nil, emptyText: ""),
      below: [total])
  }

  /// The newest bucket is still filling: the one before it is the last whole second.
  private static func row(
    _ name: String, _ values: [Int64], peak: Int64, _ format: (Int64) -> String
  ) -> TableRow {
    let last = values.dropLast().last ?? 0
    return TableRow(
      id: name,
      [
        .text(name, .muted), .graph(values.map { $0 > 0 ? Double($0) : nil }, .accent),
        .text(format(last), .text), .text(format(peak), .muted),
      ])
  }

  private static func byteRate(_ stream: StreamLedger, at now: Timestamp) -> [Int64] {
    stream.connections.reduce(into: [Int64](repeating: 0, count: 60)) { sum, connection in
      var rate = connection.byteRate
      rate.advance(to: now)
      for (index, value) in rate.values.enumerated() where sum.indices.contains(index) {
        sum[index] &+= value
      }
    }
  }
}

package import Domain
import Themes

/// Events a second over the last minute, as a graph; bytes beside them.
package enum ThroughputPane: Pane {
  package static let sources: Changes.Collections = .stream

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let stream = board.stream
    var events = stream.rate
    events.advance(to: view.now)
    let bytes = byteRate(stream, at: view.now)
    // The newest bucket is still filling: the one before it is the last whole second.
    let whole = events.values.dropLast()
    var content = PaneContent(
      title: [Run(" " + view.text(.throughputTitle), .muted)],
      above: [
        Line(
          [
            Run(Format.count(whole.last ?? 0), .text), Run(view.text(.perSecondNow) + " ", .muted),
            Run(Format.count(stream.peakRate), .text),
          ],
          trailing: [
            Run(Format.bytes(bytes.dropLast().last ?? 0), .text),
            Run(view.text(.perSecond), .muted),
          ])
      ],
      below: [
        Line(
          [
            Run(view.text(.received) + " ", .faint), Run(Format.count(stream.received), .text),
            Run("  \(view.text(.applied)) ", .faint), Run(Format.count(stream.applied), .text),
            Run("  \(view.text(.refusedEntities)) ", .faint),
            Run(
              Format.count(stream.refusedEntities),
              stream.refusedEntities > 0 ? .critical : .muted),
          ]),
        overload(stream, view.language),
      ])
    content.chart = whole.map { $0 > 0 ? Double($0) : nil }
    return content
  }

  /// What gave way, what came damaged, and what compression saves of all connections together.
  private static func overload(_ stream: StreamLedger, _ language: Language) -> Line {
    func count(_ name: Label, _ value: Int, _ role: Role) -> [Run] {
      [
        Run("\(language.text(name)) ", .faint),
        Run("\(Format.count(value))  ", value > 0 ? role : .muted),
      ]
    }
    let compressed = stream.connections.compactMap(\.compression)
    let received = compressed.reduce(Int64(0)) { $0.addingClamping($1.received) }
    let inflated = compressed.reduce(Int64(0)) { $0.addingClamping($1.inflated) }
    let ratio =
      received > 0
      ? "\(Format.decimal(Double(inflated) / Double(received), places: 1)):1"
      : language.text(.notKnown)
    return Line(
      count(.coalesced, stream.coalesced, .info) + count(.dropped, stream.dropped, .critical)
        + count(.damaged, stream.damaged, .critical)
        + [Run(language.text(.ratio) + " ", .faint), Run(ratio, .muted)])
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

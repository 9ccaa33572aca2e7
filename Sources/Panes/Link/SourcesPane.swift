package import Domain
import Themes

/// The CloudEvents sources: what came, came twice, came late or did not come.
package enum SourcesPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column("SOURCE", width: 14, growth: 2), Column("60 S", width: 8, growth: 1, dispensable: 2),
    Column("EVENTS", width: 6, .trailing), Column("DUP", width: 4, .trailing),
    Column("LATE", width: 4, .trailing), Column("GAPS", width: 4, .trailing),
    Column("MISS", width: 4, .trailing, dispensable: 1),
    Column("UNMAP", width: 5, .trailing, dispensable: 4),
    Column("AGE", width: 5, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let all = board.stream.sources
    let shown = all.dropFirst(view.first).prefix(view.tableRows(reserving: 0))
    return PaneContent(
      title: title(board.stream),
      table: TableContent(
        columns, rows: shown.map { row($0, in: view) }, first: view.first, total: all.count,
        selected: view.selected, emptyText: "no event received yet"))
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let source = board.stream.sources.first(where: { $0.name == id }) else { return nil }
    var lines: [Line] = [
      fact("applied", "\(source.applied)"), fact("repeated", "\(source.duplicates)"),
      fact("late", "\(source.late)"), fact("unmapped", "\(source.unmapped)"),
      fact("coalesced", "\(source.coalesced)"),
      fact("dropped", "\(source.dropped)", source.dropped > 0 ? .critical : .text),
      fact("origin", LatencyPane.origin(source)),
      fact("sequence", source.lastSequence.map(String.init) ?? "n/a"),
      fact("gaps", source.gaps.map { "\($0), \(source.missing) missing" } ?? "n/a"),
    ]
    if !source.recentGaps.isEmpty { lines += [.blank, Line("newest gaps", .faint)] }
    lines += source.recentGaps.reversed().map { gap in
      Line(
        [Run("\(gap.from)-\(gap.to)", .warn), Run("  \(gap.missing) missing", .text)],
        trailing: [
          Run(gap.resyncedAt == nil ? "open " : "resynced ", gap.resyncedAt == nil ? .warn : .ok),
          Run("\(Format.clock(now - gap.at)) ago", .muted),
        ])
    }
    return DetailContent(title: source.name, lines: lines)
  }

  private static func title(_ stream: StreamLedger) -> [Run] {
    func count(_ value: Int, _ word: String, _ role: Role) -> [Run] {
      [Run(" \(value)", value > 0 ? role : .muted), Run(" \(word)", .muted)]
    }
    return count(stream.duplicates, "dup", .info) + count(stream.late, "late", .warn)
      + count(stream.unmapped, "unmapped", .warn) + count(stream.malformed, "malformed", .critical)
  }

  private static func row(_ source: SourceFacts, in view: PaneView) -> TableRow {
    var rate = source.rate
    rate.advance(to: view.now)
    return TableRow(
      id: source.name,
      [
        .text(source.name, .text),
        .graph(rate.values.map { $0 > 0 ? Double($0) : nil }, .info),
        .text(Format.count(source.applied), .text), number(source.duplicates, .info),
        number(source.late, .warn),
        source.gaps.map { number($0, .critical) } ?? .text("n/a", .faint),
        source.gaps == nil ? .text("n/a", .faint) : number(Int(source.missing), .critical),
        number(source.unmapped, .warn),
        source.lastArrival.map { .text(Format.clock(view.age(since: $0)), .muted) } ?? .none,
      ])
  }

  private static func number(_ value: Int, _ role: Role) -> TableCell {
    .text(Format.count(value), value > 0 ? role : .faint)
  }
}

package import Domain
import Themes

/// The CloudEvents sources: what came, came twice, came late or did not come.
package enum SourcesPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column(.sourceColumn, width: 14, growth: 2),
    Column(.lastMinuteColumn, width: 8, growth: 1, dispensable: 2),
    Column(.eventsColumn, width: 6, .trailing), Column(.duplicatesColumn, width: 4, .trailing),
    Column(.lateEventsColumn, width: 4, arabic: 5, .trailing),
    Column(.gapsColumn, width: 4, .trailing),
    Column(.missingColumn, width: 4, arabic: 5, .trailing, dispensable: 1),
    Column(.unmappedColumn, width: 5, .trailing, dispensable: 4),
    Column(.ageColumn, width: 5, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let all = board.stream.sources
    let shown = all.dropFirst(view.first).prefix(view.tableRows(reserving: 0))
    return PaneContent(
      title: title(board.stream, view.language),
      table: TableContent(
        columns, rows: shown.map { row($0, in: view) }, first: view.first, total: all.count,
        selected: view.selected, emptyText: view.text(.noEvent)))
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    let language = view.language
    guard let source = board.stream.sources.first(where: { $0.name == id }) else { return nil }
    var lines: [Line] = [
      view.fact(.applied, "\(source.applied)"), view.fact(.repeated, "\(source.duplicates)"),
      view.fact(.lateFact, "\(source.late)"), view.fact(.unmapped, "\(source.unmapped)"),
      view.fact(.coalesced, "\(source.coalesced)"),
      view.fact(.dropped, "\(source.dropped)", source.dropped > 0 ? .critical : .text),
      view.fact(.origin, LatencyPane.origin(source, language)),
      view.fact(.sequence, source.lastSequence.map(String.init) ?? language.text(.notKnown)),
      view.fact(
        .gaps,
        source.gaps.map { language.text(.gapSums, "\($0)", "\(source.missing)") }
          ?? language.text(.notKnown)),
    ]
    if !source.recentGaps.isEmpty { lines += view.heading(.newestGaps) }
    lines += source.recentGaps.reversed().map { gap in
      Line(
        [
          Run("\(gap.from)-\(gap.to)", .warn),
          Run("  " + language.text(.missing, "\(gap.missing)"), .text),
        ],
        trailing: [
          Run(
            language.text(gap.resyncedAt == nil ? .gapOpen : .resynced) + " ",
            gap.resyncedAt == nil ? .warn : .ok),
          Run(language.ago(view.now - gap.at), .muted),
        ])
    }
    return DetailContent(title: source.name, lines: lines)
  }

  private static func title(_ stream: StreamLedger, _ language: Language) -> [Run] {
    func count(_ value: Int, _ word: Quality, _ role: Role) -> [Run] {
      [
        Run(" \(value)", value > 0 ? role : .muted),
        Run(" " + language.text(word, .masculine), .muted),
      ]
    }
    return count(stream.duplicates, .duplicate, .info) + count(stream.late, .lateEvent, .warn)
      + count(stream.unmapped, .unmappedEvent, .warn)
      + count(stream.malformed, .malformed, .critical)
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
        source.gaps.map { number($0, .critical) } ?? .text(view.text(.notKnownBrief), .faint),
        source.gaps == nil
          ? .text(view.text(.notKnownBrief), .faint) : number(Int(source.missing), .critical),
        number(source.unmapped, .warn),
        source.lastArrival.map { .text(Format.clock(view.age(since: $0)), .muted) } ?? .none,
      ])
  }

  private static func number(_ value: Int, _ role: Role) -> TableCell {
    .text(Format.count(value), value > 0 ? role : .faint)
  }
}

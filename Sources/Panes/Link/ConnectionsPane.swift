import Canvas
package import Domain
import Themes

/// Our connections: state, transport, age of the last event and byte, round trip, rate, losses;
/// below them what is wrong with one, in words.
package enum ConnectionsPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column(.stateColumn, width: 12, arabic: 15), Column(.sourceColumn, width: 15, growth: 1),
    Column(.viaColumn, width: 9, dispensable: 3), Column(.eventColumn, width: 5, .trailing),
    Column(.byteColumn, width: 5, .trailing), Column("RTT", width: 5, .trailing, dispensable: 4),
    Column(.eventsRateColumn, width: 5, .trailing, dispensable: 5),
    Column(.bytesRateColumn, width: 6, .trailing, dispensable: 6),
    Column(.reconnectsColumn, width: 5, .trailing),
    Column("UP%", width: 3, .trailing, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let all = board.stream.connections
    let room = max(0, view.height - 1 - max(1, all.count))
    let below = Array(all.flatMap { remarks($0, in: view) }.prefix(min(2, room)))
    let shown = all.enumerated().dropFirst(view.first)
      .prefix(view.tableRows(reserving: below.count))
    let current = all.count { HealthWord($0, at: view.now).isCurrent }
    return PaneContent(
      title: [
        Run(" " + view.language.text(.currentShare, "\(current)/\(all.count)"), .muted)
      ],
      table: TableContent(
        columns, rows: shown.map { row($0.element, number: $0.offset, in: view) },
        first: view.first, total: all.count, selected: view.selected,
        emptyText: view.text(.noConnection)),
      below: below)
  }

  /// What is to be said of a connection that the table does not say.
  private static func remarks(_ connection: Connection, in view: PaneView) -> [Line] {
    var remarks: [Line] = []
    func remark(_ text: String) {
      remarks.append([Run("\(short(connection.name)) ", .muted), Run(text, .warn)])
    }
    switch connection.state {
    case .waiting(_, _, let reason), .refused(let reason): remark(reason)
    case .idle, .connecting, .live, .stale, .ended: break
    }
    if let time = connection.unaccounted.last, time.resyncedAt == nil {
      remark(view.language.text(.unaccountedTime, text(time, offset: view.utcOffset)))
    }
    if let fallback = connection.fallback {
      remark("\(fallback.kind.rawValue): \(fallback.reason)")
    }
    return remarks
  }

  /// A name without what most have in common; the detail has it whole.
  private static func short(_ name: String) -> String {
    for scheme in ["https://", "http://"] where name.hasPrefix(scheme) {
      return String(name.dropFirst(scheme.count))
    }
    return name
  }

  /// The two ends of a time nobody told us about, on the clock on the wall.
  static func text(_ time: UnaccountedTime, offset: Span) -> String {
    "\(Format.timeOfDay(time.from, offset: offset))-\(Format.timeOfDay(time.to, offset: offset))"
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    let all = board.stream.connections
    guard let number = Int(id), all.indices.contains(number) else { return nil }
    return DetailContent(
      title: view.language.text(.connectionTitle, String(number)),
      lines: ConnectionDetail.lines(all[number], for: view))
  }

  private static func row(_ connection: Connection, number: Int, in view: PaneView) -> TableRow {
    let state = HealthWord(connection, at: view.now, in: view.language)
    let rates = connection.rates(at: view.now)
    return TableRow(
      id: String(number),
      [
        .runs([Run("\(state.mark) \(state.word)", state.role, .bold)]),
        .text(short(connection.name), .text),
        .text(state.transport ?? "--", connection.fallback == nil ? .muted : .warn),
        age(connection.lastEventAt, .muted, in: view),
        age(connection.lastByteAt, state.isCurrent ? .muted : .warn, in: view),
        connection.roundTrip.map { .text(Format.latency($0), .muted) }
          ?? .text(view.text(.notKnownBrief), .faint),
        .text(Format.rate(rates.events), .muted),
        .text(Format.bytes(Int64(min(1e15, rates.bytes))), .muted),
        .text(String(connection.reconnects), connection.reconnects > 0 ? .warn : .muted),
        .text(Format.percent(connection.uptime(at: view.now)), .muted),
      ])
  }

  private static func age(_ moment: Timestamp?, _ role: Role, in view: PaneView) -> TableCell {
    moment.map { .text(Format.clock(view.age(since: $0)), role) } ?? .none
  }
}

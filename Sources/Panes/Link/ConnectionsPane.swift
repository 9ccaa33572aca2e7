import Canvas
package import Domain
package import Themes

/// Our connections: state, transport, age of the last byte, round trip, losses.
package enum ConnectionsPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column("STATE", width: 12), Column("SOURCE", width: 21, growth: 1),
    Column("VIA", width: 6, dispensable: 3), Column("BYTE", width: 5, .trailing),
    Column("RTT", width: 5, .trailing, dispensable: 4),
    Column("IN", width: 6, .trailing, dispensable: 5), Column("RECON", width: 5, .trailing),
    Column("UP%", width: 3, .trailing, dispensable: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let all = board.stream.connections
    let shown = all.enumerated().dropFirst(view.first).prefix(view.tableRows(reserving: 0))
    return PaneContent(
      title: [Run(" \(all.count { $0.state.isCurrent })/\(all.count) current", .muted)],
      table: TableContent(
        columns, rows: shown.map { row($0.element, number: $0.offset, in: view) },
        first: view.first, total: all.count, selected: view.selected,
        emptyText: "no connection: nothing to listen to"))
  }

  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    let all = board.stream.connections
    guard let number = Int(id), all.indices.contains(number) else { return nil }
    let connection = all[number]
    let state = HealthWord(connection.state, at: now)
    var lines: [Line] = [
      [
        Run("\(state.mark) \(state.word)", state.role, .bold),
        Run("  for \(Format.clock(now - connection.stateSince))", .muted),
      ],
      fact("source", connection.name),
      fact("connects", "\(connection.connects), \(connection.reconnects) after a loss"),
      fact("uptime", "\(Format.percent(connection.uptime(at: now)))%"),
      fact("bytes", Format.bytes(connection.bytes)),
      fact("rtt", connection.roundTrip.map(Format.latency) ?? "n/a"),
      fact("resumed", connection.resumedFrom.map { "after \($0)" } ?? "n/a"),
      fact("patience", connection.patience.map(Format.latency) ?? "n/a: no heartbeat heard"),
    ]
    if let loss = connection.lastLoss { lines.append(fact("last loss", loss, .warn)) }
    if let reason = connection.fallback { lines.append(fact("fallback", reason, .warn)) }
    return DetailContent(title: "Connection \(number)", lines: lines)
  }

  private static func row(_ connection: Connection, number: Int, in view: PaneView) -> TableRow {
    let state = HealthWord(connection.state, at: view.now)
    return TableRow(
      id: String(number),
      [
        .runs([Run("\(state.mark) \(state.word)", state.role, .bold)]),
        .text(connection.name, .text), .text(state.transport ?? "--", .muted),
        connection.lastByteAt.map {
          .text(Format.clock(view.age(since: $0)), state.isCurrent ? .muted : .warn)
        } ?? .none,
        connection.roundTrip.map { .text(Format.latency($0), .muted) } ?? .text("n/a", .faint),
        .text(Format.bytes(connection.bytes), .muted),
        .text(String(connection.reconnects), connection.reconnects > 0 ? .warn : .muted),
        .text(Format.percent(connection.uptime(at: view.now)), .muted),
      ])
  }
}

/// A connection's state in a mark, a word and a role.
package struct HealthWord: Hashable, Sendable {
  package let mark: String
  package let word: String
  package let role: Role
  /// How bytes come, while they do.
  package let transport: String?
  /// Whether what is shown is current.
  package let isCurrent: Bool

  /// The words for a state.
  package init(_ state: ConnectionState, at now: Timestamp) {
    isCurrent = state.isCurrent
    switch state {
    case .idle: (mark, word, role, transport) = ("○", "IDLE", .muted, nil)
    case .connecting: (mark, word, role, transport) = ("◌", "CONNECTING", .warn, nil)
    case .live(let kind):
      let isPolled = kind == .poll || kind == .longPoll
      (mark, word, role, transport) =
        ("●", isPolled ? "POLLING" : "LIVE", isPolled ? .info : .ok, kind.rawValue)
    case .stale(let kind, let since):
      (mark, word, role, transport) =
        ("◐", "STALE \(Format.clock(now - since))", .special, kind.rawValue)
    case .waiting(_, let until, _):
      let left = max(.zero, until - now)
      (mark, word, role, transport) = ("◌", "RETRY \(Format.clock(left))", .warn, nil)
    case .refused: (mark, word, role, transport) = ("✗", "REFUSED", .critical, nil)
    case .ended: (mark, word, role, transport) = ("■", "ENDED", .muted, nil)
    }
  }
}

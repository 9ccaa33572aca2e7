// Facts of the streams: what came and how the connections stand. Podium counts these itself, so
// they are 0 from the start; only gaps are unknown while no source numbers its events.

extension Facts {
  static let stream: [Fact] = counts + gaps + connections

  private static let counts: [Fact] = [
    counted("stream.events", "Events received, repeats included", \.received),
    counted("stream.applied", "Events that changed the board, or could have", \.applied),
    counted("stream.duplicates", "Events received before", \.duplicates, bySource: \.duplicates),
    counted("stream.late", "Events older than one of their subject", \.late, bySource: \.late),
    counted(
      "stream.unmapped", "Types and states that are not in the catalogue", \.unmapped,
      bySource: \.unmapped),
    Fact(
      "stream.malformed", of: [.stream], "What came and was no event",
      { board, _ in board.stream.malformed },
      evidence: { board, _ in board.stream.lastMalformed.map { [$0] } ?? [] }),
    Fact(
      "stream.damaged", of: [.stream], "How often something else came than was sent",
      { board, _ in board.stream.damaged },
      evidence: { board, _ in board.stream.lastDamage.map { [$0] } ?? [] }),
    counted(
      "stream.coalesced", "Events that became part of a newer one under load", \.coalesced,
      bySource: \.coalesced),
    counted(
      "stream.dropped", "Events dropped because their source sent more than it may", \.dropped,
      bySource: \.dropped),
    Fact(
      "stream.events_60s", of: [.stream], "Events received in the last 60 seconds", isTimed: true,
      { board, now in
        var rate = board.stream.rate
        rate.advance(to: now)
        return Int(clamping: rate.total)
      }),
    Fact(
      "stream.idle_s", of: [.stream],
      "Seconds since the newest event came; unknown before the first", isTimed: true,
      { board, now in
        seconds(since: board.stream.sources.compactMap(\.lastArrival).max(), at: now)
      }),
  ]

  private static let gaps: [Fact] = [
    Fact(
      "stream.gaps", of: [.stream],
      "Jumps in the numbers of sources and feeds; unknown while no source numbers its events",
      { board, _ in board.stream.gaps },
      evidence: { board, _ in
        sources(board) { $0.gaps ?? 0 } + connections(board) { $0.gaps }
      }),
    Fact(
      "stream.missing", of: [.stream],
      "Events still missing of those gaps; unknown while no source numbers its events",
      { board, _ in board.stream.gaps == nil ? nil : Int(clamping: board.stream.missing) },
      evidence: { board, _ in
        sources(board) { Int(clamping: $0.missing) }
          + connections(board) { Int(clamping: $0.missing) }
      }),
    Fact(
      "stream.unaccounted", of: [.stream],
      "Outages after which the source could not say what had happened meanwhile",
      { board, _ in board.stream.connections.reduce(0) { $0 + $1.unaccountedCount } },
      evidence: { board, _ in names(board) { $0.unaccountedCount > 0 } }),
  ]

  private static let connections: [Fact] = [
    Fact(
      "stream.connections", of: [.stream], "Connections, however they stand",
      { board, _ in board.stream.connections.count },
      evidence: { board, _ in names(board) { _ in true } }),
    Fact(
      "stream.connected", of: [.stream], "Connections that are live",
      { board, _ in board.stream.connections.count(where: isLive) },
      evidence: { board, _ in names(board, isLive) }),
    Fact(
      "stream.stale", of: [.stream], "Connections silent for longer than their own rhythm",
      { board, _ in board.stream.connections.count(where: isStale) },
      evidence: { board, _ in names(board, isStale) }),
    Fact(
      "stream.reconnects", of: [.stream], "Connections made after a loss",
      { board, _ in board.stream.connections.reduce(0) { $0 + $1.reconnects } },
      evidence: { board, _ in names(board) { $0.reconnects > 0 } }),
    Fact(
      truth: "stream.current", of: [.stream],
      "Whether every connection shows how things stand now: live, or ended in good order",
      { $0.stream.isCurrent }, evidence: { board, _ in names(board) { !$0.state.isCurrent } }),
  ]

  private static func counted(
    _ name: String, _ sentence: String, _ count: @escaping @Sendable (StreamLedger) -> Int,
    bySource: (@Sendable (SourceFacts) -> Int)? = nil
  ) -> Fact {
    Fact(
      name, of: [.stream], sentence, { board, _ in count(board.stream) },
      evidence: { board, _ in bySource.map { sources(board, $0) } ?? [] })
  }

  /// The sources of which something was counted, with how much: the most first.
  private static func sources(_ board: Board, _ count: (SourceFacts) -> Int) -> [String] {
    board.stream.sources.filter { count($0) > 0 }.sorted { count($0) > count($1) }
      .prefix(Fact.evidenceBound).map { "\($0.name) (\(count($0)))" }
  }

  /// The same of connections whose feeds went on without some events.
  private static func connections(_ board: Board, _ count: (Connection) -> Int) -> [String] {
    board.stream.connections.filter { count($0) > 0 }.map { "\($0.name) (\(count($0)))" }
  }

  private static func names(_ board: Board, _ matches: (Connection) -> Bool) -> [String] {
    board.stream.connections.filter(matches).map(\.name)
  }

  private static func isLive(_ connection: Connection) -> Bool {
    if case .live = connection.state { true } else { false }
  }

  private static func isStale(_ connection: Connection) -> Bool {
    if case .stale = connection.state { true } else { false }
  }
}

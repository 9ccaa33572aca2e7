// Facts of the kitchen. They are unknown until something of the kitchen was seen.

extension Facts {
  static let kitchen: [Fact] = tickets + orders + stations

  private static let ticketParts: Changes.Collections = [.tickets, .orders, .stations]

  private static let tickets: [Fact] = [
    ticketCount("kds.open", "Tickets that a station has to cook", \.ageCounts.total) { _ in true },
    ticketCount("kds.late", "Of these, the ones older than their station allows", \.ageCounts.red) {
      $0.age == .red
    },
    ticketCount(
      "kds.yellow", "Of these, the ones that are getting late: yellow, not yet red",
      \.ageCounts.yellow
    ) { $0.age == .yellow },
    Fact(
      "kds.held", of: ticketParts, "Tickets on hold",
      { board, _ in known(board.kitchen)?.heldCount },
      evidence: { board, _ in
        listed(board.kitchen, from: board.kitchen.ageCounts.total) { $0.state == .held }
      }),
    ticketCount(
      "kds.recalled", "Tickets recalled and not fired or bumped since", \.recalledCount
    ) { $0.state == .recalled },
    Fact(
      "kds.unrouted", of: ticketParts,
      "Orders without any ticket 10 s after their creation, and tickets without a station",
      { board, _ in known(board.kitchen)?.unroutedCount },
      evidence: { board, _ in
        board.kitchen.unroutedOrders(limit: Fact.evidenceBound).map { "order \($0.number)" }
          + listed(board.kitchen, from: 0) { $0.station == nil }
      }),
    Fact(
      "kds.oldest_s", of: ticketParts,
      "Seconds since the oldest ticket that a station has to cook was fired; unknown without one",
      isTimed: true,
      { board, now in seconds(since: oldest(board.kitchen)?.clock, at: now) },
      evidence: { board, _ in oldest(board.kitchen).map { [$0.ticket] } ?? [] }),
    Fact(
      "kds.late_percent", of: ticketParts,
      "Of the tickets bumped in the last 15 minutes or cooking, the late ones",
      { board, _ in percent(board.kitchen.lateShare) }),
    Fact(
      "kds.bumped_15m", of: ticketParts, "Tickets bumped in the last 15 minutes",
      { board, _ in known(board.kitchen)?.bumpedCount }),
    Fact(
      "kds.avg_prep_s", of: ticketParts,
      "Mean seconds from firing to bump in the last 15 minutes; unknown without a bump",
      { board, _ in seconds(board.kitchen.averageStationTime) }),
    Fact(
      "kds.p90_prep_s", of: ticketParts,
      "Seconds from firing to bump that nine of ten tickets of the last 15 minutes did not exceed",
      { board, _ in seconds(board.kitchen.stationTimeP90) }),
    Fact(
      "kds.sync_errors", of: ticketParts,
      "Changes of tickets that their life does not allow, since the start",
      { board, _ in known(board.kitchen)?.syncErrorCount }),
  ]

  private static let orders: [Fact] = [
    Fact(
      "kds.pending_orders", of: [.orders], "Orders that are new or in progress",
      { board, _ in known(board.kitchen)?.pendingOrders }),
    Fact(
      "kds.orders_60m", of: [.orders], "Orders created in the last 60 minutes",
      { board, _ in known(board.kitchen)?.ordersPerHour }),
    Fact(
      "kds.avg_order_s", of: ticketParts,
      "Mean seconds from an order's creation until all its tickets are bumped, in the last 15 minutes",
      { board, _ in seconds(board.kitchen.averageTicketTime) }),
    Fact(
      "kds.p90_order_s", of: ticketParts,
      "Seconds from creation to the last bump that nine of ten orders did not exceed",
      { board, _ in seconds(board.kitchen.ticketTimeP90) }),
  ]

  private static let stations: [Fact] = [
    stationCount("kds.stations", "Stations of the kitchen") { _ in true },
    stationCount("kds.stations_paused", "Stations that are paused") { $0.state == .paused },
    stationCount("kds.stations_offline", "Stations that are offline") { $0.state == .offline },
    stationCount(
      "kds.stations_overloaded", "Stations at 90 % of their load or with more than 15 open tickets"
    ) { $0.isOverloaded },
    Fact(
      "kds.sold_out", of: [.stations, .items], "Items sold out at every station",
      { board, _ in known(board.kitchen)?.soldOut.count },
      evidence: { board, _ in board.kitchen.soldOut }),
  ]

  /// Tickets among those cooking, which lead the list.
  private static func ticketCount(
    _ name: String, _ sentence: String, _ count: @escaping @Sendable (Kitchen) -> Int,
    where matches: @escaping @Sendable (Ticket) -> Bool
  ) -> Fact {
    Fact(
      name, of: ticketParts, sentence, { board, _ in known(board.kitchen).map(count) },
      evidence: { board, _ in
        listed(board.kitchen, from: 0) { $0.state.isCooking && matches($0) }
      })
  }

  private static func stationCount(
    _ name: String, _ sentence: String, where matches: @escaping @Sendable (Station) -> Bool
  ) -> Fact {
    Fact(
      name, of: [.stations, .tickets], sentence,
      { board, _ in
        board.kitchen.stationCount > 0 ? board.kitchen.stations.count(where: matches) : nil
      },
      evidence: { board, _ in board.kitchen.stations.filter(matches).map(\.id) })
  }

  /// The kitchen, once anything of it was seen.
  private static func known(_ kitchen: Kitchen) -> Kitchen? {
    let isKnown =
      kitchen.stationCount > 0 || kitchen.ticketCount > 0 || kitchen.pendingOrders > 0
      || kitchen.bumpedCount > 0 || kitchen.ordersPerHour > 0 || kitchen.tableCount > 0
    return isKnown ? kitchen : nil
  }

  private static func listed(
    _ kitchen: Kitchen, from start: Int, where matches: (Ticket) -> Bool
  ) -> [String] {
    kitchen.tickets(from: start, limit: reach).lazy.filter(matches)
      .prefix(Fact.evidenceBound).map(\.id)
  }

  private static func oldest(_ kitchen: Kitchen) -> (clock: Timestamp, ticket: String)? {
    let station = kitchen.stations.filter { $0.oldestFiredAt != nil }.min {
      ($0.oldestFiredAt ?? .distantFuture) < ($1.oldestFiredAt ?? .distantFuture)
    }
    guard let station, let clock = station.oldestFiredAt else { return nil }
    return (clock, kitchen.tickets(at: station.id, limit: 1).first?.id ?? station.id)
  }
}

extension Timestamp {
  fileprivate static let distantFuture = Timestamp(microseconds: .max)
}

// Facts of the floor and its people.
extension Facts {
  static let floor: [Fact] = [
    tableCount("tables.total", "Tables") { $0.tableCount },
    tableCount("tables.occupied", "Tables with guests; one merged into another counts with that") {
      $0.occupied
    },
    tableCount("tables.covers", "Guests at occupied tables, as far as told") {
      Int(clamping: $0.covers)
    },
    Fact(
      "tables.ready", of: [.tables, .tickets, .orders], "Tables whose food waits to be run",
      { board, _ in board.kitchen.tableCount > 0 ? board.kitchen.readyWaitingCount : nil },
      evidence: { board, _ in
        board.kitchen.tables(from: 0, limit: Fact.evidenceBound).filter { $0.service == .ready }
          .map(\.id)
      }),
    Fact(
      "tables.oldest_ready_s", of: [.tables, .tickets, .orders],
      "Seconds for which the longest of them has been waiting; unknown without one", isTimed: true,
      { board, now in seconds(since: board.kitchen.oldestReadySince, at: now) },
      evidence: { board, _ in
        board.kitchen.oldestReadySince == nil
          ? [] : board.kitchen.tables(from: 0, limit: 1).map(\.id)
      }),
    presenceCount("presence.online", "People and devices that are there", .online) {
      $0.presenceCounts.online
    },
    presenceCount("presence.away", "People and devices silent for 45 s", .away) {
      $0.presenceCounts.away
    },
    presenceCount("presence.offline", "People and devices silent for 90 s, or gone", .offline) {
      $0.presenceCounts.offline
    },
    Fact(
      "voice.failed", of: [.voice], "Spoken orders that could not be understood, since the start",
      { board, _ in
        board.kitchen.voiceLatency.count > 0 || board.kitchen.voiceFailedCount > 0
          ? board.kitchen.voiceFailedCount : nil
      }),
  ]

  private static func tableCount(
    _ name: String, _ sentence: String, _ count: @escaping @Sendable (Kitchen) -> Int
  ) -> Fact {
    Fact(
      name, of: [.tables, .orders], sentence,
      { board, _ in board.kitchen.tableCount > 0 ? count(board.kitchen) : nil })
  }

  private static func presenceCount(
    _ name: String, _ sentence: String, _ state: PresenceState,
    _ count: @escaping @Sendable (Kitchen) -> Int
  ) -> Fact {
    Fact(
      name, of: [.presence], sentence,
      { board, _ in board.kitchen.presenceCount > 0 ? count(board.kitchen) : nil },
      evidence: { board, _ in
        board.kitchen.presences(from: 0, limit: reach).filter { $0.state == state }.map(\.key)
      })
  }
}

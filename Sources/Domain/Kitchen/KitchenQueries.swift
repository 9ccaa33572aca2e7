// What the panes read. Lists take a limit and cost what they return; counts cost nothing.

extension Kitchen {
  /// The stations by position.
  package var stations: [Station] { stationBook.listed(limit: .max) }
  /// How many stations there are.
  package var stationCount: Int { stationBook.count }
  /// The station of an id.
  package func station(_ id: String) -> Station? { stationBook.table[id] }
  /// The names of items sold out at every station (at most 256).
  package var soldOut: [String] { soldOutEverywhere }

  /// At most `limit` cooking tickets of a station, oldest first.
  package func tickets(at station: String, limit: Int) -> [Ticket] {
    guard let slot = stationBook.table.slot(of: station) else { return [] }
    return stationBook.cooking(at: slot, limit: limit).compactMap {
      ticketBook.table.entity(at: $0)
    }
  }

  /// At most `limit` listed tickets from rank `start`: late, rush, recalled, cooking, held,
  /// voided; the oldest of each group first. Bumped tickets are not listed.
  package func tickets(from start: Int, limit: Int) -> [Ticket] {
    ticketBook.tickets(from: start, limit: limit)
  }

  /// How many tickets are listed: cooking, held, and voided but not bumped away.
  package var ticketCount: Int { ticketBook.count }
  /// The ticket of an id; bumped ones are known for 15 minutes.
  package func ticket(_ id: String) -> Ticket? { ticketBook.table[id] }
  /// The rank of a ticket in the list; nil when it is not listed.
  package func ticketRank(_ id: String) -> Int? { ticketBook.rank(of: id) }
  /// How many cooking tickets have each age.
  package var ageCounts: AgeCounts { ticketBook.ages }
  /// How many tickets are on hold.
  package var heldCount: Int { ticketBook.held }
  /// How many tickets were recalled and not fired or bumped since.
  package var recalledCount: Int { ticketBook.recalled }
  /// Orders without any ticket 10 s after creation, and listed tickets without a station.
  package var unroutedCount: Int { orderBook.unroutedCount + ticketBook.unrouted }
  /// Transitions of tickets that the state machine does not know, since the start.
  package var syncErrorCount: Int { statistics.syncErrors }

  /// The items of a ticket in the order they came.
  package func items(of ticket: Ticket) -> [TicketItem] {
    ticket.items.compactMap { itemTable[$0] }
  }

  /// The items that were told with an order, whatever ticket they went to since.
  package func items(of order: Order) -> [TicketItem] {
    order.items.compactMap { itemTable[$0] }
  }

  /// The item of an id.
  package func item(_ id: String) -> TicketItem? { itemTable[id] }

  /// How many items of a ticket are ready, of all that are not voided; all when it is bumped.
  package func progress(of ticket: Ticket) -> TicketProgress {
    let items = items(of: ticket).filter { $0.state != .voided }
    let ready = ticket.state == .bumped ? items.count : items.count { $0.state == .ready }
    return TicketProgress(
      ticket: ticket.id, station: ticket.station, state: ticket.state, ready: ready,
      total: items.count)
  }

  /// The other tickets of the same order ("also at"), with how far they are.
  package func alsoAt(_ ticket: Ticket) -> [TicketProgress] {
    guard let order = orderBook.table[ticket.order] else { return [] }
    return order.tickets.compactMap { id in
      id == ticket.id ? nil : ticketBook.table[id].map { progress(of: $0) }
    }
  }

  /// The order of an id; closed ones are known for 15 minutes.
  package func order(_ id: String) -> Order? { orderBook.table[id] }
  /// At most `limit` orders without any ticket 10 s after creation, oldest first.
  package func unroutedOrders(limit: Int) -> [Order] { orderBook.unrouted(limit: limit) }
  /// How many orders are new or in progress.
  package var pendingOrders: Int { orderBook.pending }

  /// At most `limit` all-day totals, the largest first.
  package func allDay(limit: Int) -> [AllDayTotal] { allDayBook.totals(limit: limit) }
  /// How many item names have an all-day total.
  package var allDayCount: Int { allDayBook.count }
}

// Rates and durations.
extension Kitchen {
  /// Orders created in the last 60 minutes.
  package var ordersPerHour: Int { Int(clamping: statistics.created.total) }
  /// Tickets bumped in the last 15 minutes.
  package var bumpedCount: Int { Int(clamping: statistics.bumped.total) }

  /// Of the tickets bumped in the last 15 minutes or cooking, those beyond red; nil without any.
  package var lateShare: Double? {
    let all = statistics.bumped.total + Int64(ageCounts.total)
    guard all > 0 else { return nil }
    return Double(statistics.bumpedLate.total + Int64(ageCounts.red)) / Double(all)
  }

  /// How many orders the ticket times are of: all tickets bumped in the last 15 minutes.
  package var ticketTimeCount: Int { statistics.ticketTimes.count }
  /// The mean ticket time: creation of an order until all its tickets are bumped.
  package var averageTicketTime: Span? { statistics.ticketTimes.mean }
  /// The ticket time that nine of ten orders did not exceed.
  package var ticketTimeP90: Span? { statistics.ticketTimes.percentile(0.9) }
  /// The mean station time: firing of a ticket until its bump, in the last 15 minutes.
  package var averageStationTime: Span? { statistics.stationTimes.mean }
  /// The station time that nine of ten tickets did not exceed.
  package var stationTimeP90: Span? { statistics.stationTimes.percentile(0.9) }
}

// The floor and its people.
extension Kitchen {
  /// At most `limit` tables from rank `start`: ready to run, cooking, waiting, served, the rest;
  /// the longest wait first.
  package func tables(from start: Int, limit: Int) -> [Table] {
    floor.tables(from: start, limit: limit).map { table in
      var table = table
      table.nextItem = nextItem(of: table)
      return table
    }
  }

  /// The name of the first item still cooking for a table.
  private func nextItem(of table: Table) -> String? {
    for order in table.orders {
      for id in orderBook.table[order]?.tickets ?? [] {
        guard let ticket = ticketBook.table[id], ticket.state.isCooking else { continue }
        for item in items(of: ticket) where item.state != .ready && item.state != .voided {
          return item.name
        }
      }
    }
    return nil
  }

  /// How many tables there are.
  package var tableCount: Int { floor.count }
  /// The table of an id, without the next item.
  package func table(_ id: String) -> Table? { floor.tables[id] }
  /// How many tables are occupied; a table merged into another counts with that one.
  package var occupied: Int { floor.occupied }
  /// Guests at occupied tables, as far as told.
  package var covers: Int64 { floor.covers }
  /// How many tables have food waiting to be run.
  package var readyWaitingCount: Int { floor.readyWaiting }
  /// Since when the longest of them has been waiting.
  package var oldestReadySince: Timestamp? { floor.oldestReady }
  /// The waiters in order of appearance. Costs as much as there are.
  package var servers: [Server] { floor.servers.entities }
  /// The waiter of an id.
  package func server(_ id: String) -> Server? { floor.servers[id] }

  /// At most `limit` people and devices from rank `start`: lost, away, online, gone.
  package func presences(from start: Int, limit: Int) -> [Presence] {
    presence.presences(from: start, limit: limit)
  }

  /// How many people and devices are listed.
  package var presenceCount: Int { presence.count }
  /// How many are online, away and offline.
  package var presenceCounts: (online: Int, away: Int, offline: Int) {
    (presence.online, presence.away, presence.offline)
  }

  /// At most `limit` spoken orders: those below 0.8 confidence first, each group newest first.
  package func transcriptions(_ limit: Int) -> [Transcription] {
    voice.transcriptions(limit: limit)
  }

  /// How long spoken orders took to be understood.
  package var voiceLatency: Histogram { voice.latency }
  /// How many spoken orders failed, since the start.
  package var voiceFailedCount: Int { voice.failed }
  /// What a resident likes and must not have.
  package func preference(_ resident: String) -> Preference? { preferences[resident] }
  /// Who edits what now. Costs as much as there are locks.
  package var locks: [EditLock] { lockTable.entities }
  /// Who edits an entity now.
  package func lock(_ entity: String) -> EditLock? { lockTable[entity] }
}

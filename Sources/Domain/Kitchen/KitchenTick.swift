// What comes true by time alone, each at its exact moment.

extension Kitchen {
  /// Makes true what is due by `now`.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
    while let (timer, slot, due) = timers.pop(dueBy: now) {
      switch timer {
      case .ticketAge: reviewAge(slot, at: due, context: &context)
      case .autoBump: autoBump(slot, at: due, context: &context)
      case .orderUnrouted: reviewRouting(slot, at: due, context: &context)
      case .orderTimeout: reviewTimeout(slot, at: due, context: &context)
      case .presence: reviewPresence(slot, at: due, context: &context)
      case .lock: reviewLock(slot, at: due, context: &context)
      case .stationWindow: advanceStation(slot, at: due, context: &context)
      case .kitchenWindow: advanceStatistics(at: due, context: &context)
      case .ticketRetention: forgetTickets(at: due, context: &context)
      case .orderRetention: forgetOrders(at: due, context: &context)
      }
    }
  }

  private mutating func advanceStation(
    _ slot: Int, at due: Timestamp, context: inout BoardContext
  ) {
    var isBusy = false
    stationBook.table.update(slot) { isBusy = $0.advance(to: due) }
    if isBusy { timers.arm(.stationWindow, slot: slot, at: due.nextMinute) }
    context.changes.insert(.stations, slot: slot)
  }

  private mutating func advanceStatistics(at due: Timestamp, context: inout BoardContext) {
    judgeSpike(cause: nil, at: due, context: &context)
    if !statistics.isEmpty { timers.arm(.kitchenWindow, slot: 0, at: due.nextMinute) }
    context.changes.insert([.orders, .tickets])
  }

  private mutating func forgetTickets(at due: Timestamp, context: inout BoardContext) {
    while let (slot, doneAt) = ticketBook.oldestDone {
      guard doneAt + TicketBook.retention <= due else {
        return timers.arm(.ticketRetention, slot: 0, at: doneAt + TicketBook.retention)
      }
      forgetTicket(slot, at: due, context: &context)
    }
  }

  private mutating func forgetOrders(at due: Timestamp, context: inout BoardContext) {
    while let (slot, closedAt) = orderBook.oldestClosed {
      guard closedAt + OrderBook.retention <= due else {
        return timers.arm(.orderRetention, slot: 0, at: closedAt + OrderBook.retention)
      }
      forgetOrder(slot, at: due, context: &context)
    }
  }
}

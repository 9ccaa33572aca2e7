// How the tickets of an order move it: new, in progress, ready.

extension Kitchen {
  /// Adds a new ticket to its order, which is concluded when unknown.
  mutating func linkTicket(
    _ ticket: Ticket, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard let slot = orderSlot(ticket.order, report, context: &context),
      let old = orderBook.table.entity(at: slot)
    else { return }
    var new = old
    new.isRouted = true
    new.tickets.set(ticket.id, true, bound: OrderBook.ticketBound)
    settleOrder(slot, from: old, to: new, report, context: &context)
  }

  /// Takes a forgotten ticket off its order.
  mutating func unlinkTicket(
    _ ticket: Ticket, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard let slot = orderBook.table.slot(of: ticket.order) else { return }
    orderBook.table.update(slot) { $0.tickets.set(ticket.id, false, bound: 0) }
    context.changes.insert(.orders, slot: slot)
  }

  /// Follows a step of a ticket in its order.
  mutating func followTicket(
    from old: Ticket?, to new: Ticket, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard let slot = orderBook.table.slot(of: new.order),
      let known = orderBook.table.entity(at: slot)
    else { return }
    var order = known
    if let old { order.count(old, by: -1) }
    order.count(new, by: 1)
    if !report.isSnapshot { conclude(&order, at: report.at, now: report.now) }
    settleOrder(slot, from: known, to: order, report, context: &context)
  }

  /// Counts the ticket time of an order whose creation and fulfilment are known.
  mutating func noteTicketTime(of order: Order, at moment: Timestamp, now: Timestamp) {
    guard order.creation == .asserted else { return }
    statistics.ticketTimes.add(moment - order.createdAt, at: moment)
    statistics.advance(to: now)
    timers.arm(.kitchenWindow, slot: 0, at: now.nextMinute)
  }

  private mutating func conclude(_ order: inout Order, at moment: Timestamp, now: Timestamp) {
    guard !order.state.isTerminal else { return }
    let isDone = order.ticketsReady > 0 && order.ticketsOpen == 0 && order.ticketsHeld == 0
    let state: OrderState = isDone ? .ready : order.ticketsOpen > 0 ? .inProgress : order.state
    if state != order.state {
      order.state = state
      order.basis = .inferred
      order.stateSince = moment
    }
    if isDone, order.fulfilledAt == nil {
      order.fulfilledAt = moment
      noteTicketTime(of: order, at: moment, now: now)
    }
  }
}

extension Order {
  fileprivate mutating func count(_ ticket: Ticket, by step: Int) {
    switch ticket.state {
    case .bumped: ticketsReady += step
    case .held: ticketsHeld += step
    case .fired, .started, .recalled: ticketsOpen += step
    case .voided: break
    }
  }
}

// What follows from a changed order: its table, its resident, its alerts and timers.

extension Kitchen {
  /// How long an order may be without a ticket, and how long it may be pending.
  static var unroutedAfter: Span { .seconds(10) }
  static var timeoutAfter: Span { .minutes(45) }

  /// Puts a changed order into every index and draws the conclusions; nil for `old` when new.
  mutating func settleOrder(
    _ slot: Int, from old: Order?, to order: Order, _ report: KitchenReport,
    context: inout BoardContext
  ) {
    var new = order
    if new.isRouted || new.state.isTerminal { new.isUnrouted = false }
    orderBook.replace(slot, old, with: new)
    if old?.isUnrouted == true, !new.isUnrouted {
      withdraw(.orderUnrouted, new.id, at: report.now, context: &context)
    }
    seat(from: old, to: new, report, context: &context)
    followResident(from: old, to: new)
    if old?.state != new.state { judgeOrderState(from: old, to: new, report, context: &context) }
    armOrder(slot, new)
    context.changes.insert(.orders, slot: slot)
  }

  /// Notes that 10 s passed since we heard of an order, and that it may have no ticket.
  mutating func reviewRouting(_ slot: Int, at due: Timestamp, context: inout BoardContext) {
    guard let old = orderBook.table.entity(at: slot), !old.isRouted, !old.state.isTerminal,
      !old.isUnrouted
    else { return }
    let dueAt = old.firstSeen + Self.unroutedAfter
    guard dueAt <= due else { return timers.arm(.orderUnrouted, slot: slot, at: dueAt) }
    var new = old
    new.isUnrouted = true
    orderBook.replace(slot, old, with: new)
    context.alerts.raise(
      .orderUnrouted, subject: old.id, text: "no ticket for #\(old.number)", cause: nil, at: due,
      changes: &context.changes)
    context.changes.insert(.orders, slot: slot)
  }

  /// Notes that 45 minutes passed since the creation of an order that may still be pending.
  mutating func reviewTimeout(_ slot: Int, at due: Timestamp, context: inout BoardContext) {
    guard let order = orderBook.table.entity(at: slot), order.state.isPending else { return }
    let dueAt = order.createdAt + Self.timeoutAfter
    guard dueAt <= due else { return timers.arm(.orderTimeout, slot: slot, at: dueAt) }
    context.alerts.raise(
      .orderTimeout, subject: order.id, text: "#\(order.number) pending for 45 min", cause: nil,
      at: due, changes: &context.changes)
  }

  /// Withdraws what was said about an order and forgets it; its tickets stay.
  mutating func forgetOrder(_ slot: Int, at now: Timestamp, context: inout BoardContext) {
    guard let order = orderBook.table.entity(at: slot) else { return }
    var gone = order
    gone.state = .delivered
    let report = KitchenReport(concluding: order.id, source: order.source, at: now)
    settleOrder(slot, from: order, to: gone, report, context: &context)
    for item in order.items {
      let ticket = itemTable[item]?.ticket
      if ticket.flatMap({ ticketBook.table.slot(of: $0) }) == nil {
        forgetItem(item, context: &context)
      }
    }
    if let last = orderBook.table.entity(at: slot) { orderBook.remove(last, slot: slot) }
  }

  /// Withdraws an alert of the kitchen.
  func withdraw(
    _ code: AlertCode, _ subject: String, at now: Timestamp, context: inout BoardContext
  ) {
    context.alerts.withdraw(code, subject: subject, at: now, changes: &context.changes)
  }

  private mutating func judgeOrderState(
    from old: Order?, to new: Order, _ report: KitchenReport, context: inout BoardContext
  ) {
    judgeKitchenLoad(cause: report.cause, at: report.now, context: &context)
    if !new.state.isPending {
      withdraw(.orderTimeout, new.id, at: report.now, context: &context)
    }
    guard new.state.isTerminal, old?.state.isTerminal != true else { return }
    for code in [AlertCode.duplicateOrder, .allergenWarning, .dietaryViolation] {
      withdraw(code, new.id, at: report.now, context: &context)
    }
    if let other = new.duplicatedBy {
      withdraw(.duplicateOrder, other, at: report.now, context: &context)
    }
  }

  private mutating func judgeKitchenLoad(
    cause: String, at now: Timestamp, context: inout BoardContext
  ) {
    let isOverloaded = orderBook.pending > 50
    guard isOverloaded != statistics.isOverloaded else { return }
    statistics.isOverloaded = isOverloaded
    if isOverloaded {
      context.alerts.raise(
        .kitchenOverload, subject: "kitchen", text: "\(orderBook.pending) orders pending",
        cause: cause, at: now, changes: &context.changes)
    } else {
      withdraw(.kitchenOverload, "kitchen", at: now, context: &context)
    }
  }

  private mutating func followResident(from old: Order?, to new: Order) {
    let before = old.flatMap { $0.state.isTerminal ? nil : $0.resident }
    let after = new.state.isTerminal ? nil : new.resident
    guard before != after else { return }
    if let before, var ids = ordersByResident[before] {
      ids.set(new.id, false, bound: 0)
      ordersByResident[before] = ids.isEmpty ? nil : ids
    }
    if let after { ordersByResident[after, default: []].set(new.id, true, bound: 16) }
  }

  private mutating func armOrder(_ slot: Int, _ order: Order) {
    if let (_, closedAt) = orderBook.oldestClosed {
      timers.arm(.orderRetention, slot: 0, at: closedAt + OrderBook.retention)
    }
    guard order.state.isPending else { return }
    timers.arm(.orderTimeout, slot: slot, at: order.createdAt + Self.timeoutAfter)
    guard !order.isRouted, !order.isUnrouted else { return }
    timers.arm(.orderUnrouted, slot: slot, at: order.firstSeen + Self.unroutedAfter)
  }
}

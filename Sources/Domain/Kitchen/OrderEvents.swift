// Orders: what events say of them.

extension Kitchen {
  /// Applies the creation of an order, or all a snapshot tells of it.
  mutating func createOrder(_ report: KitchenReport, context: inout BoardContext) {
    let known = orderBook.table.slot(of: report.id)
    guard let slot = known ?? addOrder(Order(report), at: report.now, context: &context),
      let old = orderBook.table.entity(at: slot)
    else { return }
    let isFirst = known == nil || old.creation == .inferred
    var new = old
    new.take(report)
    new.creation = .asserted
    if isFirst || report.isSnapshot { new.createdAt = report.moment(.createdAt) }
    if let state: OrderState = report.word(.state, context: &context) {
      new.enter(state, at: report.isSnapshot ? report.moment(.since) : report.at, report)
    }
    if report.isSnapshot { restoreFulfilment(&new, of: old, report) }
    takeItems(report, into: &new, context: &context)
    settleOrder(slot, from: known == nil ? nil : old, to: new, report, context: &context)
    if isFirst { noteCreation(slot, report, context: &context) }
    judgeHarm(ofOrder: new.id, cause: report.cause, at: report.now, context: &context)
  }

  /// Applies a state of an order; an unknown order is concluded from it.
  mutating func changeOrder(
    to told: OrderState?, _ report: KitchenReport, context: inout BoardContext
  ) {
    let state: OrderState? = told ?? report.word(.state, context: &context)
    guard let slot = orderSlot(report.id, report, context: &context),
      let old = orderBook.table.entity(at: slot)
    else { return }
    var new = old
    new.take(report)
    if let state { new.enter(state, at: report.at, report) }
    settleOrder(slot, from: old, to: new, report, context: &context)
  }

  /// The slot of an order, concluded when unknown; nil when there are too many.
  mutating func orderSlot(
    _ id: String, _ report: KitchenReport, context: inout BoardContext
  ) -> Int? {
    if let slot = orderBook.table.slot(of: id) { return slot }
    var order = Order(id: id, source: report.source, at: report.at, now: report.now)
    order.creation = .inferred
    guard let slot = addOrder(order, at: report.now, context: &context) else { return nil }
    settleOrder(slot, from: nil, to: order, report, context: &context)
    return slot
  }

  private mutating func addOrder(
    _ order: Order, at now: Timestamp, context: inout BoardContext
  ) -> Int? {
    if orderBook.table.count >= OrderBook.bound, let (oldest, _) = orderBook.oldestClosed {
      forgetOrder(oldest, at: now, context: &context)
    }
    if let slot = orderBook.table.insert(order, id: order.id) { return slot }
    context.stream.refusedEntities += 1
    return nil
  }

  private mutating func takeItems(
    _ report: KitchenReport, into order: inout Order, context: inout BoardContext
  ) {
    for (number, record) in (report.data.records(.items) ?? []).enumerated().prefix(128) {
      let fallback = "\(order.id)#\(number + 1)"
      guard let item = KitchenReport(record, of: .item, else: fallback, in: report.envelope),
        let slot = putItem(item, order: order.id, context: &context)
      else { continue }
      if !order.items.contains(item.id), order.items.count < 128 { order.items.append(item.id) }
      guard let ticket = itemTable.entity(at: slot)?.ticket else { continue }
      retally(item.id, of: ticketBook.table[ticket], context: &context)
    }
    if report.isSnapshot, let ids = report.data.texts(.items), !ids.isEmpty {
      order.items = Array(ids.prefix(128))
    }
  }

  private mutating func restoreFulfilment(
    _ new: inout Order, of old: Order, _ report: KitchenReport
  ) {
    guard let at = report.told(.bumpedAt), old.fulfilledAt == nil else { return }
    new.fulfilledAt = at
    noteTicketTime(of: new, at: at, now: report.now)
  }

  private mutating func noteCreation(
    _ slot: Int, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard let order = orderBook.table.entity(at: slot) else { return }
    statistics.noteOrder(createdAt: order.createdAt)
    timers.arm(.kitchenWindow, slot: 0, at: report.now.nextMinute)
    judgeSpike(cause: report.cause, at: report.now, context: &context)
    if !report.isSnapshot { judgeRepeat(slot, report, context: &context) }
  }
}

extension Order {
  fileprivate init(id: String, source: String, at: Timestamp, now: Timestamp) {
    self.init(
      id: id, source: source, firstSeen: now, lastEventAt: now, createdAt: at, number: id,
      state: .new, basis: .inferred, stateSince: at)
  }

  fileprivate init(_ report: KitchenReport) {
    let created = report.moment(.createdAt)
    self.init(id: report.id, source: report.source, at: created, now: report.now)
    basis = .asserted
  }

  /// Takes over everything a report tells but the state.
  fileprivate mutating func take(_ report: KitchenReport) {
    lastEventAt = max(lastEventAt, report.now)
    if let text = report.data.text(.number) { number = text }
    report.update(&table, .table)
    report.update(&seat, .seat)
    report.update(&resident, .resident)
    report.update(&server, .server)
    report.update(&type, .type)
    report.update(&transcript, .transcript)
    report.update(&requests, .requests)
    if let number = report.integer(.priority, 0...10) { priority = number }
  }

  fileprivate mutating func enter(_ next: OrderState, at moment: Timestamp, _ report: KitchenReport)
  {
    let isInferred = report.isSnapshot && report.data.text(.basis) == "inferred"
    basis = isInferred ? .inferred : .asserted
    if next != state || report.isSnapshot { stateSince = moment }
    state = next
  }
}

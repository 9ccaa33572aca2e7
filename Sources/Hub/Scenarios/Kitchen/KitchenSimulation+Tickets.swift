import Domain

// A ticket from its station's screen to the table.

extension KitchenSimulation {
  /// Puts a ticket on its station's screen.
  mutating func fire(_ number: Int, _ ticket: Int, _ stage: inout Stage) {
    guard let order = orders[number] else { return }
    orders[number]?.tickets[ticket].state = .fired
    orders[number]?.tickets[ticket].firedAt = stage.now
    for item in order.tickets[ticket].items { orders[number]?.items[item].state = .sent }
    say(.ticketFired, number, ticket, &stage)
    let station = order.tickets[ticket].station
    var pause = station.pickUp.sample(&stage.random)
    if load(of: station) > Int(station.limits.maxOrders) { pause = pause + pause }
    if paused.contains(station) { pause = pause + .seconds(120) }
    stage.schedule(.kitchen(.ticketIsStarted(order: number, ticket: ticket)), after: pause)
  }

  /// Fires the held tickets of an order.
  mutating func fireCourse(_ number: Int, _ stage: inout Stage) {
    guard let order = orders[number] else { return }
    let held = order.tickets.indices.filter { order.tickets[$0].state == .held }
    let next = held.map { order.tickets[$0].course }.min()
    for ticket in held where order.tickets[ticket].course == next { fire(number, ticket, &stage) }
  }

  /// A cook takes a ticket up.
  mutating func start(_ number: Int, _ ticket: Int, _ stage: inout Stage) {
    guard let order = orders[number], order.tickets[ticket].state.isCooking,
      order.tickets[ticket].state != .started
    else { return }
    let wasRecalled = order.tickets[ticket].recalls > 0
    orders[number]?.tickets[ticket].state = .started
    orders[number]?.tickets[ticket].startedAt = stage.now
    say(.ticketStarted, number, ticket, &stage)
    if order.state == .new { setOrder(number, .inProgress, &stage) }
    var work = order.tickets[ticket].station.work.sample(&stage.random)
    if wasRecalled || order.priority >= 8 { work = Span(microseconds: work.microseconds / 2) }
    for item in order.tickets[ticket].items where order.items[item].state != .voided {
      let share = stage.random.number(70...97)
      stage.schedule(
        .kitchen(.itemIsReady(order: number, ticket: ticket, item: item)),
        after: Span(microseconds: work.microseconds / 100_000 * share * 1_000))
    }
    stage.schedule(.kitchen(.ticketIsBumped(order: number, ticket: ticket)), after: work)
  }

  /// An item is on the pass.
  mutating func finish(_ number: Int, _ ticket: Int, item: Int, _ stage: inout Stage) {
    guard let order = orders[number], order.items[item].state == .sent,
      order.tickets[ticket].state == .started
    else { return }
    orders[number]?.items[item].state = .ready
    let station = order.tickets[ticket].station
    stage.emit(
      .itemReady, from: &screens, about: "item/\(order.itemID(item))",
      Fields([
        .item: .string(order.itemID(item)), .ticket: .string(order.ticketID(ticket)),
        .order: .string(order.id), .name: .string(order.items[item].item.name),
        .by: .string(station.device),
      ]))
  }

  /// A ticket is done at its station.
  mutating func bump(_ number: Int, _ ticket: Int, _ stage: inout Stage) {
    guard let order = orders[number], order.tickets[ticket].state == .started else { return }
    orders[number]?.tickets[ticket].state = .bumped
    let fired = order.tickets[ticket].firedAt ?? stage.now
    say(
      .ticketBumped, number, ticket, &stage,
      Fields([
        .by: .string(order.tickets[ticket].station.device),
        .bumpedAt: .string(stage.now.rfc3339), .prepS: .integer((stage.now - fired).wholeSeconds),
      ]))
    proceed(number, &stage)
    guard order.tickets[ticket].recalls == 0, stage.random.chance(28) else { return }
    stage.schedule(
      .kitchen(.ticketIsRecalled(order: number, ticket: ticket)),
      after: stage.random.span(seconds: 15...70))
  }

  /// After a ticket is done: fires the next course, or has the order carried out.
  mutating func proceed(_ number: Int, _ stage: inout Stage) {
    guard let order = orders[number] else { return }
    let prepared = order.tickets.filter { $0.station != .expo }
    let isWaiting = prepared.contains { $0.state.isCooking }
    guard !isWaiting else { return }
    if prepared.contains(where: { $0.state == .held }) {
      stage.schedule(
        .kitchen(.courseIsFired(order: number)), after: stage.random.span(seconds: 30...150))
      return
    }
    setOrder(number, .ready, &stage)
    if plan.stations.contains(.expo), !order.tickets.contains(where: { $0.station == .expo }) {
      orders[number]?.tickets.append(
        PlacedTicket(station: .expo, course: 1, state: .fired, firedAt: stage.now, items: []))
      say(.ticketFired, number, order.tickets.count, &stage)
    }
    stage.schedule(
      .kitchen(.orderIsDelivered(number)), after: StationKind.expo.work.sample(&stage.random))
  }

  /// A dish comes back.
  mutating func recall(_ number: Int, _ ticket: Int, _ stage: inout Stage) {
    guard let order = orders[number], order.tickets[ticket].state == .bumped else { return }
    orders[number]?.tickets[ticket].state = .recalled
    orders[number]?.tickets[ticket].recalls += 1
    orders[number]?.tickets[ticket].recalledAt = stage.now
    for item in order.tickets[ticket].items where order.items[item].state == .ready {
      orders[number]?.items[item].state = .sent
    }
    let reasons = ["underdone", "cold", "wrong side", "missing sauce"]
    say(
      .ticketRecalled, number, ticket, &stage,
      Fields([
        .by: .string("kds-exp"), .reason: .string(stage.random.pick(reasons) ?? "cold"),
        .recallCount: .integer(1),
      ]))
    if order.state == .ready { setOrder(number, .inProgress, &stage) }
    stage.schedule(
      .kitchen(.ticketIsStarted(order: number, ticket: ticket)),
      after: stage.random.span(seconds: 20...150))
  }

  /// The runner carried an order to its table.
  mutating func deliver(_ number: Int, _ stage: inout Stage) {
    guard let order = orders[number], order.state == .ready else { return }
    if let expo = order.tickets.lastIndex(where: { $0.station == .expo }) {
      let fired = order.tickets[expo].firedAt ?? stage.now
      orders[number]?.tickets[expo].state = .bumped
      say(
        .ticketBumped, number, expo, &stage,
        Fields([
          .by: .string("kds-exp"), .bumpedAt: .string(stage.now.rfc3339),
          .prepS: .integer((stage.now - fired).wholeSeconds),
        ]))
    }
    setOrder(number, .delivered, &stage)
    orders[number] = nil
    settle(order.table, &stage)
  }

  /// Puts an order into a state and says so.
  mutating func setOrder(_ number: Int, _ state: OrderState, _ stage: inout Stage) {
    orders[number]?.state = state
    stage.emit(
      .orderState, from: &till, about: "order/\(number)",
      Fields([.order: .string(String(number)), .state: .string(state.rawValue)]))
  }

  /// Says something about a ticket: what every such event carries, then `more`.
  mutating func say(
    _ kind: EventKind, _ number: Int, _ ticket: Int, _ stage: inout Stage, _ more: Fields = Fields()
  ) {
    guard let order = orders[number], order.tickets.indices.contains(ticket) else { return }
    var data = ticketRecord(order, ticket)
    let id = order.ticketID(ticket)
    data[.id] = nil
    data[.state] = nil
    data[.ticket] = .string(id)
    for entry in more.entries { data[entry.field] = entry.value }
    stage.emit(kind, from: &screens, about: "ticket/\(id)", data)
  }
}

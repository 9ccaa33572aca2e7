import Domain

// What is out of the ordinary: wishes that change, mistakes, faults of the feeds.

extension KitchenSimulation {
  private enum Oddity {
    case rush, added, changed, voidedItem, voidedTicket, cancelled, soldOut, transferred, merged
    case paused, locked, cut, rejoined, wave, repeated, harmful, unrouted, unknownStatus, lost
  }

  /// Something out of the ordinary happens.
  mutating func oddity(_ stage: inout Stage) {
    stage.schedule(.kitchen(.oddity), after: stage.random.wait(mean: plan.oddityEvery))
    let choice: Oddity = stage.random.pick(weighted: [
      .rush: 14, .added: 8, .changed: 10, .voidedItem: 7, .voidedTicket: 5, .cancelled: 4,
      .soldOut: 7, .transferred: 5, .merged: 5, .paused: 3, .locked: 10, .cut: 2, .rejoined: 4,
      .wave: 4,
      .repeated: 4, .harmful: 4, .unrouted: 4, .unknownStatus: 2, .lost: 2,
    ])
    switch choice {
    case .rush: rush(&stage)
    case .added: addItem(&stage)
    case .changed: changeItem(&stage)
    case .voidedItem: voidItem(&stage)
    case .voidedTicket: voidTicket(&stage)
    case .cancelled: cancel(&stage)
    case .soldOut: sellOut(&stage)
    case .transferred: transfer(&stage)
    case .merged: merge(&stage)
    case .paused: pause(&stage)
    case .locked: lock(&stage)
    case .cut: cutServer(&stage)
    case .rejoined: rejoinAll(&stage)
    case .wave: waveUntil = stage.now + stage.random.span(seconds: 120...300)
    case .repeated: slip = .repeated
    case .harmful: slip = .harmful
    case .unrouted: slip = .unrouted
    case .unknownStatus: sayUnknownStatus(&stage)
    case .lost: lose(&stage)
    }
  }

  /// An open order and one of its tickets that is being cooked.
  private func cooking(_ stage: inout Stage) -> (order: PlacedOrder, ticket: Int)? {
    let candidates = openOrders.flatMap { number in
      (orders[number]?.tickets.indices ?? 0..<0).filter { ticket in
        guard let ticket = orders[number]?.tickets[ticket] else { return false }
        return ticket.state.isCooking && ticket.station != .expo && !ticket.items.isEmpty
      }.map { (number, $0) }
    }
    guard let (number, ticket) = stage.random.pick(candidates), let order = orders[number] else {
      return nil
    }
    return (order, ticket)
  }

  private mutating func rush(_ stage: inout Stage) {
    guard let (order, ticket) = cooking(&stage) else { return }
    let priority = stage.random.number(8...10)
    orders[order.number]?.priority = priority
    say(.ticketPriority, order.number, ticket, &stage, Fields([.reason: .string("VIP")]))
  }

  private mutating func addItem(_ stage: inout Stage) {
    guard let (order, ticket) = cooking(&stage), order.state != .ready else { return }
    let station = order.tickets[ticket].station
    let choices = suitable(for: order.resident).filter { $0.station == station }
    guard let item = stage.random.pick(choices) else { return }
    orders[order.number]?.items.append(
      PlacedItem(item: item, quantity: 1, modifiers: [], state: .sent))
    orders[order.number]?.tickets[ticket].items.append(order.items.count)
    sayItem(.itemAdded, order.number, ticket, item: order.items.count, &stage)
  }

  private mutating func changeItem(_ stage: inout Stage) {
    guard let (order, ticket) = cooking(&stage),
      let item = stage.random.pick(order.tickets[ticket].items),
      let wish = stage.random.pick(order.items[item].item.wishes)
    else { return }
    orders[order.number]?.items[item].modifiers = [wish]
    sayItem(
      .itemChanged, order.number, ticket, item: item, &stage, [.delta: .string("modified")])
  }

  private mutating func voidItem(_ stage: inout Stage) {
    guard let (order, ticket) = cooking(&stage), order.tickets[ticket].items.count > 1,
      let item = order.tickets[ticket].items.last(where: { order.items[$0].state == .sent })
    else { return }
    orders[order.number]?.items[item].state = .voided
    sayItem(
      .itemVoided, order.number, ticket, item: item, &stage, [.reason: .string("guest changed")])
  }

  private mutating func voidTicket(_ stage: inout Stage) {
    guard let (order, ticket) = cooking(&stage) else { return }
    void(order.number, ticket, reason: "86 at the station", &stage)
    proceed(order.number, &stage)
  }

  /// Takes a ticket back; the station bumps it away when it has read so, if it is told at all.
  private mutating func void(
    _ number: Int, _ ticket: Int, reason: String, _ stage: inout Stage
  ) {
    orders[number]?.tickets[ticket].state = .voided
    for item in orders[number]?.tickets[ticket].items ?? [] {
      orders[number]?.items[item].state = .voided
    }
    say(.ticketVoided, number, ticket, &stage, Fields([.reason: .string(reason)]))
    guard let order = orders[number], !stage.random.chance(150) else { return }
    stage.schedule(
      .kitchen(
        .voidIsCleared(
          ticket: order.ticketID(ticket), order: number, order.tickets[ticket].station)),
      after: stage.random.span(seconds: 20...140))
  }

  /// A station read that a ticket was taken back, and bumps it away.
  mutating func clearVoid(
    _ ticket: String, order: Int, _ station: StationKind, _ stage: inout Stage
  ) {
    stage.emit(
      .ticketBumped, from: &screens, about: "ticket/\(ticket)",
      Fields([
        .ticket: .string(ticket), .order: .string(String(order)),
        .station: .string(station.rawValue), .by: .string(station.device),
      ]))
  }

  private mutating func cancel(_ stage: inout Stage) {
    let fresh = openOrders.filter { orders[$0]?.state == .new || orders[$0]?.state == .inProgress }
    guard let number = stage.random.pick(fresh), let order = orders[number] else { return }
    for ticket in order.tickets.indices where !order.tickets[ticket].isDone {
      void(number, ticket, reason: "order cancelled", &stage)
    }
    stage.emit(
      .orderCancelled, from: &till, about: "order/\(order.id)",
      Fields([.order: .string(order.id), .reason: .string("guest left")]))
    orders[number] = nil
    settle(order.table, &stage)
  }

  private mutating func sellOut(_ stage: inout Stage) {
    let left = card.filter { $0.station != .bar && !soldOut.contains($0.name) }
    guard soldOut.count < 4, let item = stage.random.pick(left) else { return }
    soldOut.append(item.name)
    sayMenu(.menuItem86, item.name, item.station, &stage)
    stage.schedule(
      .kitchen(.itemIsBack(item.name, item.station)), after: stage.random.span(seconds: 420...1_800)
    )
  }

  /// An item can be had again.
  mutating func restore(_ name: String, _ station: StationKind, _ stage: inout Stage) {
    soldOut.removeAll { $0 == name }
    sayMenu(.menuRestored, name, station, &stage)
  }

  private mutating func sayMenu(
    _ kind: EventKind, _ name: String, _ station: StationKind, _ stage: inout Stage
  ) {
    stage.emit(
      kind, from: &screens, about: "menu/\(name)",
      Fields([.name: .string(name), .station: .string(station.rawValue)]))
  }

  private mutating func sayItem(
    _ kind: EventKind, _ number: Int, _ ticket: Int, item: Int, _ stage: inout Stage,
    _ more: KeyValuePairs<Field, FieldValue> = [:]
  ) {
    guard let order = orders[number] else { return }
    var data = itemRecord(order, item, isOrdered: true)
    data[.ticket] = .string(order.ticketID(ticket))
    data[.order] = .string(order.id)
    for (field, value) in more { data[field] = value }
    stage.emit(kind, from: &screens, about: "item/\(order.itemID(item))", data)
  }
}

import Domain

// The kitchen as records: what snapshots and events say of an entity.

extension KitchenSimulation {
  /// What a subscriber is told first, as the board that watched the kitchen so far knows it.
  mutating func open(_ kitchen: Kitchen, _ stage: inout Stage) {
    let snapshot = kitchen.snapshotEvents(
      source: screens.source, sequence: screens.sequence, asOf: stage.now)
    for event in snapshot { stage.deliver(event) }
  }

  /// What there is to say when the kitchen opens: everything, who is there, and what the
  /// residents need.
  mutating func begin(_ stage: inout Stage) {
    saySnapshot(&stage)
    stage.emit(
      .presenceSync, from: &floor, about: "presence/main",
      Fields([.presences: .records(devices.map(presenceRecord))]))
    for resident in Roster.residents.indices {
      stage.emit(
        .preferenceOffered, from: &voice, about: "preference/\(Roster.residents[resident].name)",
        preferenceRecord(resident))
    }
  }

  /// Says everything about the kitchen.
  mutating func saySnapshot(_ stage: inout Stage) {
    let open = openOrders.compactMap { orders[$0] }
    let data = Fields([
      .asOf: .string(stage.now.rfc3339),
      .stations: .records(plan.stations.map(stationRecord)),
      .tables: .records(tables.map(tableRecord)),
      .orders: .records(open.map(orderRecord)),
      .tickets: .records(
        open.flatMap { order in order.tickets.indices.map { snapshotTicket(order, $0) } }),
      .items: .records(
        open.flatMap { order in
          order.items.indices.map { itemRecord(order, $0, isOrdered: false) }
        }),
      .servers: .records((0..<plan.servers).map(serverRecord)),
    ])
    stage.emit(.kitchenSnapshot, from: &screens, about: "kitchen/main", data)
  }

  /// A station's name, limits and state.
  func stationRecord(_ station: StationKind) -> Fields {
    Fields([
      .id: .string(station.rawValue), .name: .string(station.title),
      .type: .string(station.rawValue),
      .position: .integer(Int64(plan.stations.firstIndex(of: station) ?? 0)),
      .state: .string(paused.contains(station) ? "paused" : "active"),
      .maxOrders: .integer(station.limits.maxOrders),
      .autoBumpS: .integer(station.limits.autoBumpS), .yellowS: .integer(300),
      .redS: .integer(600),
    ])
  }

  /// A table, its guests and its waiter.
  func tableRecord(_ table: FloorTable) -> Fields {
    var record = Fields([
      .id: .string(table.id), .label: .string(table.id), .state: .string(table.state.rawValue),
      .seats: .integer(table.seats), .covers: .integer(table.covers),
      .section: .string(["A", "B", "C", "D"][table.server % 4]),
      .server: .string(Roster.servers[table.server]),
    ])
    if let into = table.mergedInto { record[.mergedInto] = .string(into) }
    return record
  }

  /// A waiter and the tables they look after.
  func serverRecord(_ server: Int) -> Fields {
    Fields([
      .id: .string(Roster.servers[server]), .name: .string(Roster.servers[server]),
      .tables: .strings(tables.filter { $0.server == server }.map(\.id)), .shift: .string("on"),
    ])
  }

  /// A device and who holds it.
  func presenceRecord(_ device: Device) -> Fields {
    Fields([
      .key: .string(device.key), .user: .string(device.user), .role: .string(device.role),
      .device: .string(device.device),
    ])
  }

  /// An order without its items.
  func orderRecord(_ order: PlacedOrder) -> Fields {
    let isDrinks = order.items.allSatisfy { $0.item.station == .bar }
    var record = Fields([
      .id: .string(order.id), .number: .string(order.id), .state: .string(order.state.rawValue),
      .table: .string(tables[order.table].id), .seat: .string("s\(order.seat)"),
      .server: .string(Roster.servers[tables[order.table].server]),
      .type: .string(isDrinks ? "drink" : "dine-in"), .priority: .integer(order.priority),
      .createdAt: .string(order.createdAt.rfc3339),
    ])
    if let resident = order.resident {
      record[.resident] = .string(Roster.residents[resident].name)
    }
    return record
  }

  /// A ticket as its events tell of it.
  func ticketRecord(_ order: PlacedOrder, _ place: Int) -> Fields {
    let ticket = order.tickets[place]
    var record = Fields([
      .id: .string(order.ticketID(place)), .order: .string(order.id),
      .station: .string(ticket.station.rawValue), .state: .string(ticket.state.rawValue),
      .course: .integer(ticket.course), .priority: .integer(order.priority),
    ])
    if !ticket.items.isEmpty { record[.items] = .strings(ticket.items.map(order.itemID)) }
    if let fired = ticket.firedAt { record[.firedAt] = .string(fired.rfc3339) }
    return record
  }

  /// A ticket with all its times.
  private func snapshotTicket(_ order: PlacedOrder, _ place: Int) -> Fields {
    let ticket = order.tickets[place]
    var record = ticketRecord(order, place)
    if let started = ticket.startedAt { record[.startedAt] = .string(started.rfc3339) }
    if let recalled = ticket.recalledAt { record[.recalledAt] = .string(recalled.rfc3339) }
    if ticket.recalls > 0 { record[.recallCount] = .integer(Int64(ticket.recalls)) }
    return record
  }

  /// A line of an order; on its own, or with where it belongs and how far it is.
  func itemRecord(_ order: PlacedOrder, _ place: Int, isOrdered: Bool) -> Fields {
    let line = order.items[place]
    var record = Fields([
      .item: .string(order.itemID(place)), .name: .string(line.item.name),
      .qty: .integer(line.quantity), .seat: .string("s\(order.seat)"),
      .course: .integer(line.item.course),
    ])
    if !line.modifiers.isEmpty { record[.modifiers] = .strings(line.modifiers) }
    if !line.item.allergens.isEmpty { record[.allergens] = .strings(line.item.allergens) }
    guard !isOrdered else { return record }
    record[.item] = nil
    record[.id] = .string(order.itemID(place))
    record[.order] = .string(order.id)
    record[.state] = .string(line.state.rawValue)
    if let ticket = order.tickets.indices.first(where: { order.tickets[$0].items.contains(place) })
    {
      record[.ticket] = .string(order.ticketID(ticket))
    }
    return record
  }
}

// `kds.snapshot`: replaces every collection it names; what it does not name stays.

extension Kitchen {
  mutating func replaceCollections(
    _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    let envelope = KitchenEnvelope(
      cause: event.id, source: event.source, at: min(event.time ?? now, now), now: now)
    let reports = { (list: Field, entity: Field) -> [KitchenReport]? in
      event.data.records(list)?.compactMap { KitchenReport($0, of: entity, in: envelope) }
    }
    let stations = reports(.stations, .station)
    let tables = reports(.tables, .table)
    if let stations {
      for report in stations { updateStation(report, context: &context) }
    }
    if let servers = reports(.servers, .server) {
      dropServers(except: servers)
      for report in servers { assignServer(report, context: &context) }
    }
    if let tables {
      for report in tables { updateTable(report, context: &context) }
      linkMerged()
    }
    replaceOrders(reports(.orders, .order), at: now, context: &context)
    let tickets = reports(.tickets, .ticket)
    replaceTickets(tickets, at: now, context: &context)
    let items = reports(.items, .item)
    replaceItems(items, tickets: tickets, at: now, context: &context)
    // What tickets and orders still name stays, so these two go last.
    if let stations { dropStations(except: stations, at: now, context: &context) }
    if let tables { dropTables(except: tables, at: now, context: &context) }
    context.changes.insert([.stations, .servers, .tables, .orders, .tickets, .items])
  }

  private mutating func replaceOrders(
    _ reports: [KitchenReport]?, at now: Timestamp, context: inout BoardContext
  ) {
    guard let reports else { return }
    let named = Set(reports.map(\.id))
    for slot in orderBook.table.liveSlots {
      guard let order = orderBook.table.entity(at: slot), !named.contains(order.id) else {
        continue
      }
      forgetOrder(slot, at: now, context: &context)
    }
    for report in reports { createOrder(report, context: &context) }
  }

  private mutating func replaceTickets(
    _ reports: [KitchenReport]?, at now: Timestamp, context: inout BoardContext
  ) {
    guard let reports else { return }
    let named = Set(reports.map(\.id))
    for slot in ticketBook.table.liveSlots {
      guard let ticket = ticketBook.table.entity(at: slot), !named.contains(ticket.id) else {
        continue
      }
      forgetTicket(slot, at: now, context: &context)
    }
    for report in reports {
      let state: TicketState? = report.word(.state, context: &context)
      applyTicket(state, report, context: &context)
    }
  }

  /// Items named inside the snapshot's tickets and orders belong to it as well.
  private mutating func replaceItems(
    _ reports: [KitchenReport]?, tickets: [KitchenReport]?, at now: Timestamp,
    context: inout BoardContext
  ) {
    guard let reports else { return }
    var named = Set(reports.map(\.id))
    for ticket in tickets ?? [] where ticket.data.records(.items) != nil {
      named.formUnion(ticketBook.table[ticket.id]?.items ?? [])
    }
    for slot in itemTable.liveSlots {
      guard let item = itemTable.entity(at: slot), !named.contains(item.id) else { continue }
      detachItem(item)
      forgetItem(item.id, context: &context)
      judgeHarm(ofOrder: item.order ?? "", cause: "", at: now, context: &context)
    }
    for report in reports { applyItem(.itemAdded, report, context: &context) }
  }

  private mutating func detachItem(_ item: TicketItem) {
    if let ticket = item.ticket, let slot = ticketBook.table.slot(of: ticket) {
      ticketBook.table.update(slot) { $0.items.set(item.id, false, bound: 0) }
    }
    if let order = item.order, let slot = orderBook.table.slot(of: order) {
      orderBook.table.update(slot) { $0.items.set(item.id, false, bound: 0) }
    }
  }

  private mutating func dropStations(
    except reports: [KitchenReport], at now: Timestamp, context: inout BoardContext
  ) {
    let named = Set(reports.map(\.id))
    for station in stationBook.table.entities where !named.contains(station.id) {
      guard station.open == 0 else { continue }
      withdraw(.stationOverload, station.id, at: now, context: &context)
      stationBook.remove(id: station.id)
    }
  }

  private mutating func dropTables(
    except reports: [KitchenReport], at now: Timestamp, context: inout BoardContext
  ) {
    let named = Set(reports.map(\.id))
    for slot in floor.tables.liveSlots {
      guard let table = floor.tables.entity(at: slot), !named.contains(table.id),
        table.orders.isEmpty
      else { continue }
      withdraw(.tableOvercapacity, table.id, at: now, context: &context)
      floor.remove(table, slot: slot)
    }
  }

  private mutating func dropServers(except reports: [KitchenReport]) {
    let named = Set(reports.map(\.id))
    for server in floor.servers.entities where !named.contains(server.id) {
      floor.servers.remove(id: server.id)
    }
  }

  /// Tables tell what they were merged into; the other direction follows.
  private mutating func linkMerged() {
    for slot in floor.tables.liveSlots {
      floor.tables.update(slot) { $0.merged = [] }
    }
    for table in floor.tables.entities {
      guard let target = table.mergedInto, let slot = floor.tables.slot(of: target) else {
        continue
      }
      floor.tables.update(slot) { $0.merged.set(table.id, true, bound: FloorBook.mergedBound) }
    }
  }
}

// What differs among stations, tickets, orders, the menu and tables.

extension BoardDifference.News {
  mutating func compare(_ old: Kitchen, _ new: Kitchen) {
    for station in new.stations { compare(old.station(station.id), station) }
    for ticket in new.ticketBook.table.entities { compare(old.ticket(ticket.id), ticket) }
    for order in new.orderBook.table.entities { compare(old.order(order.id), order) }
    forgotten(old, new)
    compareMenu(old, new)
    for table in new.floor.tables.entities { compare(old.table(table.id), table) }
  }

  private mutating func compare(_ old: Station?, _ new: Station) {
    if new.isOverloaded, old?.isOverloaded != true { add(.stationsOverloaded, new.id) }
    if !new.isOverloaded, old?.isOverloaded == true { add(.stationsRelieved, new.id) }
    guard old?.state != new.state else { return }
    switch new.state {
    case .paused: add(.stationsPaused, new.id)
    case .offline: add(.stationsOffline, new.id)
    case .active: if old != nil { add(.stationsBack, new.id) }
    }
  }

  private mutating func compare(_ old: Ticket?, _ new: Ticket) {
    if new.isLate, old?.isLate != true { add(.ticketsLate, new.id) }
    guard old?.state != new.state else { return }
    switch new.state {
    case .fired, .started:
      if old.map({ $0.state == .held }) ?? true { add(.ticketsFired, new.id) }
    case .bumped: add(.ticketsBumped, new.id)
    case .recalled: add(.ticketsRecalled, new.id)
    case .voided: add(.ticketsVoided, new.id)
    case .held: break
    }
  }

  private mutating func compare(_ old: Order?, _ new: Order) {
    let name = "#\(new.number)"
    if old == nil { add(.ordersNew, new.id, named: name) }
    if new.isUnrouted, old?.isUnrouted != true { add(.ordersUnrouted, new.id, named: name) }
    guard old?.state != new.state else { return }
    switch new.state {
    case .ready: add(.ordersReady, new.id, named: name)
    case .delivered: add(.ordersClosed, new.id, named: name)
    case .cancelled: add(.ordersCancelled, new.id, named: name)
    case .new, .inProgress: break
    }
  }

  /// What is no longer kept was over 15 minutes before.
  private mutating func forgotten(_ old: Kitchen, _ new: Kitchen) {
    for ticket in old.ticketBook.table.entities
    where ticket.state.isCooking && new.ticketBook.table.slot(of: ticket.id) == nil {
      add(.ticketsBumped, ticket.id)
    }
    for order in old.orderBook.table.entities
    where order.state.isPending && new.orderBook.table.slot(of: order.id) == nil {
      add(.ordersClosed, order.id, named: "#\(order.number)")
    }
  }

  private mutating func compareMenu(_ old: Kitchen, _ new: Kitchen) {
    let (before, after) = (Self.soldOut(old), Self.soldOut(new))
    for name in after where !before.contains(name) { add(.itemsSoldOut, name) }
    for name in before where !after.contains(name) { add(.itemsBack, name) }
  }

  /// The names sold out everywhere, then those sold out somewhere with the station.
  private static func soldOut(_ kitchen: Kitchen) -> [String] {
    kitchen.soldOut
      + kitchen.stations.flatMap { station in station.soldOut.map { "\($0) (\(station.id))" } }
  }

  private mutating func compare(_ old: Table?, _ new: Table) {
    if new.service == .ready, old?.service != .ready { add(.tablesReady, new.id, named: new.label) }
    guard old?.state != new.state else { return }
    if new.state == .occupied { add(.tablesSeated, new.id, named: new.label) }
    if new.state == .available, old != nil { add(.tablesFreed, new.id, named: new.label) }
  }
}

// What belongs together in the kitchen.

extension Kitchen {
  /// An order with all its tickets and items, the stations that have them, its table and its voice.
  func follow(order id: String, _ trace: inout Trace) {
    guard let order = order(id), trace.insert(id, in: .orders) else { return }
    for ticket in order.tickets { add(ticket: ticket, &trace) }
    for item in order.items { add(item: item, &trace) }
    if let table = order.table { add(table: table, &trace) }
    if let server = order.server { trace.insert(server, in: .servers) }
    guard let resident = order.resident else { return }
    for voice in transcriptions(VoiceBook.bound) where voice.resident == resident {
      trace.insert(voice.id, in: .voice)
    }
  }

  /// A ticket with its order and all that belongs to that.
  func follow(ticket id: String, _ trace: inout Trace) {
    guard let ticket = ticket(id) else { return }
    add(ticket: id, &trace)
    follow(order: ticket.order, &trace)
  }

  /// An item with its ticket and order.
  func follow(item id: String, _ trace: inout Trace) {
    guard let item = item(id) else { return }
    add(item: id, &trace)
    if let ticket = item.ticket { add(ticket: ticket, &trace) }
    if let order = item.order { follow(order: order, &trace) }
  }

  /// A table with its open orders and who serves it.
  func follow(table id: String, _ trace: inout Trace) {
    guard let table = table(id), trace.insert(id, in: .tables) else { return }
    for merged in table.merged + [table.mergedInto].compactMap(\.self) {
      trace.insert(merged, in: .tables)
    }
    if let server = table.server { trace.insert(server, in: .servers) }
    for order in table.orders { follow(order: order, &trace) }
  }

  /// A station with the tickets it cooks, and their orders and tables.
  func follow(station id: String, _ trace: inout Trace) {
    guard station(id) != nil else { return }
    trace.insert(id, in: .stations)
    for ticket in tickets(at: id, limit: Trace.bound) {
      trace.insert(ticket.id, in: .tickets)
      for item in ticket.items { add(item: item, &trace) }
      guard let order = order(ticket.order) else { continue }
      trace.insert(order.id, in: .orders)
      if let table = order.table { add(table: table, &trace) }
    }
  }

  /// A waiter with the tables served.
  func follow(server id: String, _ trace: inout Trace) {
    guard let server = server(id) else { return }
    trace.insert(id, in: .servers)
    for table in server.tables { follow(table: table, &trace) }
  }

  private func add(ticket id: String, _ trace: inout Trace) {
    guard let ticket = ticket(id), trace.insert(id, in: .tickets) else { return }
    if let station = ticket.station { trace.insert(station, in: .stations) }
    for item in ticket.items { add(item: item, &trace) }
  }

  private func add(item id: String, _ trace: inout Trace) {
    guard let item = item(id), trace.insert(id, in: .items) else { return }
    trace.insert(item.name, in: .dishes)
  }

  private func add(table id: String, _ trace: inout Trace) {
    guard let table = table(id) else { return }
    trace.insert(id, in: .tables)
    if let server = table.server { trace.insert(server, in: .servers) }
  }
}

// Items: lines of tickets and orders, and what they add to the all-day totals.

extension Kitchen {
  /// The most items that may be named before they or their ticket are known.
  static var awaitedBound: Int { 4_096 }

  /// Applies an event about one item.
  mutating func applyItem(
    _ kind: EventKind, _ report: KitchenReport, context: inout BoardContext
  ) {
    let state: ItemState? =
      switch kind {
      case .itemVoided: .voided
      case .itemReady: .ready
      default: nil
      }
    let delta: ItemDelta? =
      switch kind {
      case .itemVoided: .cancelled
      case .itemChanged: .modified
      default: nil
      }
    let ticket = report.data.text(.ticket)
    guard let slot = putItem(report, ticket: ticket, state: state, delta: delta, context: &context),
      let item = itemTable.entity(at: slot)
    else { return }
    if let ticket = item.ticket { attach(item.id, to: ticket, context: &context) }
    judgeHarm(ofItem: item.id, cause: report.cause, at: report.now, context: &context)
  }

  /// Takes the items a ticket's report names, as records or ids; whether it named any.
  mutating func takeItems(
    _ report: KitchenReport, into ticket: inout Ticket, context: inout BoardContext
  ) -> Bool {
    var ids = awaited.items.removeValue(forKey: ticket.id) ?? []
    if let records = report.data.records(.items), !records.isEmpty {
      for (number, record) in records.enumerated().prefix(TicketBook.itemBound) {
        let fallback = "\(ticket.id)#\(number + 1)"
        guard let item = KitchenReport(record, of: .item, else: fallback, in: report.envelope)
        else { continue }
        _ = putItem(item, ticket: ticket.id, order: ticket.order, context: &context)
        ids.append(item.id)
      }
    } else if let named = report.data.texts(.items) {
      for id in named.prefix(TicketBook.itemBound) {
        claimItem(id, for: ticket)
        ids.append(id)
      }
    }
    for id in ids where ticket.items.count < TicketBook.itemBound && !ticket.items.contains(id) {
      ticket.items.append(id)
    }
    return !ids.isEmpty
  }

  /// Adds an item or takes over what is told of it; nil when there are too many.
  mutating func putItem(
    _ report: KitchenReport, ticket: String? = nil, order: String? = nil, state: ItemState? = nil,
    delta: ItemDelta? = nil, context: inout BoardContext
  ) -> Int? {
    let slot: Int
    if let known = itemTable.slot(of: report.id) {
      slot = known
    } else {
      let item = TicketItem(
        id: report.id, ticket: awaited.tickets.removeValue(forKey: report.id), name: report.id)
      guard let added = itemTable.insert(item, id: report.id) else {
        context.stream.refusedEntities += 1
        return nil
      }
      slot = added
    }
    let told: ItemState? = report.word(.state, context: &context)
    let toldDelta: ItemDelta? = report.word(.delta, context: &context)
    itemTable.update(slot) {
      $0.take(report)
      $0.ticket = ticket ?? report.data.text(.ticket) ?? $0.ticket
      $0.order = order ?? report.data.text(.order) ?? $0.order
      $0.state = state ?? told ?? $0.state
      $0.delta = toldDelta ?? delta ?? $0.delta
    }
    context.changes.insert(.items, slot: slot)
    return slot
  }

  /// Counts an item for its ticket as the ticket now is.
  mutating func retally(_ id: String, of ticket: Ticket?, context: inout BoardContext) {
    guard let slot = itemTable.slot(of: id), let item = itemTable.entity(at: slot) else { return }
    var tally: AllDayTally?
    if let station = ticket?.tallyStation, item.state != .voided, item.quantity > 0 {
      tally = AllDayTally(name: item.name, quantity: item.quantity, station: station)
    }
    guard tally != item.tally else { return }
    if let old = item.tally { allDayBook.remove(old) }
    if let new = tally, !allDayBook.add(new) {
      context.stream.refusedEntities += 1
      tally = nil
    }
    itemTable.update(slot) { $0.tally = tally }
    context.changes.insert(.items, slot: slot)
  }

  /// Marks the items of a fired ticket as sent.
  mutating func sendItems(of ticket: Ticket) {
    for id in ticket.items {
      guard let slot = itemTable.slot(of: id) else { continue }
      itemTable.update(slot) { if $0.state == .new || $0.state == .hold { $0.state = .sent } }
    }
  }

  /// Forgets an item and what it added.
  mutating func forgetItem(_ id: String, context: inout BoardContext) {
    retally(id, of: nil, context: &context)
    itemTable.remove(id: id)
    awaited.tickets[id] = nil
    context.changes.insert(.items)
  }

  /// Puts an item on its ticket's list, now or when the ticket becomes known.
  private mutating func attach(_ id: String, to ticket: String, context: inout BoardContext) {
    guard let slot = ticketBook.table.slot(of: ticket),
      let known = ticketBook.table.entity(at: slot)
    else {
      let isKnown = awaited.items[ticket]?.contains(id) == true
      guard !isKnown, awaited.items.count < Self.awaitedBound else { return }
      guard (awaited.items[ticket]?.count ?? 0) < TicketBook.itemBound else { return }
      awaited.items[ticket, default: []].append(id)
      return
    }
    if !known.items.contains(id), known.items.count < TicketBook.itemBound {
      ticketBook.table.update(slot) { $0.items.append(id) }
    }
    itemTable.slot(of: id).map { itemTable.update($0) { $0.inherit(from: known) } }
    retally(id, of: known, context: &context)
    context.changes.insert(.tickets, slot: slot)
  }

  /// Gives an item, known or still to come, to a ticket.
  private mutating func claimItem(_ id: String, for ticket: Ticket) {
    if let slot = itemTable.slot(of: id) {
      itemTable.update(slot) {
        $0.ticket = ticket.id
        $0.order = ticket.order
      }
    } else if awaited.tickets.count < Self.awaitedBound {
      awaited.tickets[id] = ticket.id
    }
  }
}

/// What was named before it was known: items by ticket, and the ticket of an item.
struct AwaitedItems: Codable, Sendable {
  var items: [String: [String]] = [:]
  var tickets: [String: String] = [:]
}

extension TicketItem {
  fileprivate init(id: String, ticket: String?, name: String) {
    self.init(id: id, ticket: ticket, order: nil, name: name, quantity: 1, state: .new)
  }

  fileprivate mutating func take(_ report: KitchenReport) {
    if let text = report.data.text(.name) { name = text }
    if let number = report.integer(.qty, 0...100_000) { quantity = number }
    report.update(&modifiers, .modifiers)
    report.update(&course, .course, -1_000...1_000)
    report.update(&seat, .seat)
    report.update(&allergens, .allergens)
    report.update(&dietary, .dietary)
  }

  /// A new item of a ticket on hold is on hold, one of a cooking ticket was sent.
  fileprivate mutating func inherit(from ticket: Ticket) {
    if order == nil { order = ticket.order }
    guard state == .new else { return }
    if ticket.state == .held { state = .hold }
    if ticket.state.isCooking { state = .sent }
  }
}

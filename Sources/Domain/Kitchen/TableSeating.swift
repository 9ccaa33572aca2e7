// What a table's orders make of it: what its guests wait for, and whether there are too many.

extension Kitchen {
  /// The slot of a table, concluded when unknown; nil when there are too many.
  mutating func tableSlot(_ id: String, at now: Timestamp, context: inout BoardContext) -> Int? {
    if let slot = floor.tables.slot(of: id) { return slot }
    let table = Table(
      id: id, label: id, state: .available, basis: .inferred, stateSince: now, lastEventAt: now)
    guard let slot = floor.tables.insert(table, id: id) else {
      context.stream.refusedEntities += 1
      return nil
    }
    floor.replace(slot, nil, with: table)
    return slot
  }

  /// Moves what an order means for its table from the old to the new state of it.
  mutating func seat(
    from old: Order?, to new: Order, _ report: KitchenReport, context: inout BoardContext
  ) {
    let before = old.flatMap(OrderShare.init)
    let after = OrderShare(new)
    guard before != after else { return }
    if let before, before.table != after?.table {
      share(before.table, report, context: &context) {
        $0.remove(before)
        $0.orders.set(new.id, false, bound: 0)
      }
    }
    guard let after else { return }
    share(after.table, report, context: &context) {
      if let before, before.table == after.table { $0.remove(before) }
      $0.add(after)
      $0.orders.set(new.id, true, bound: FloorBook.orderBound)
    }
  }

  /// Changes a table and concludes what its guests wait for.
  mutating func share(
    _ id: String, _ report: KitchenReport, context: inout BoardContext,
    _ change: (inout Table) -> Void
  ) {
    guard let slot = tableSlot(id, at: report.now, context: &context),
      let old = floor.tables.entity(at: slot)
    else { return }
    var new = old
    change(&new)
    new.lastEventAt = max(old.lastEventAt, report.now)
    new.concludeOccupied(after: old, at: report.at)
    new.concludeService(after: old, at: serviceStart(of: new, report))
    floor.replace(slot, old, with: new)
    judgeCapacity(slot, cause: report.cause, at: report.now, context: &context)
    context.changes.insert(.tables, slot: slot)
  }

  /// Since when the guests of a table wait: a snapshot tells late of what began before it, so there
  /// it is the creation of their oldest open order.
  private func serviceStart(of table: Table, _ report: KitchenReport) -> Timestamp {
    guard report.isSnapshot else { return report.at }
    let created = table.orders.compactMap { orderBook.table[$0]?.createdAt }
    return created.min().map { min($0, report.at) } ?? report.at
  }

  /// Raises or withdraws the overcapacity of a table: more open orders than three a seat.
  private mutating func judgeCapacity(
    _ slot: Int, cause: String, at now: Timestamp, context: inout BoardContext
  ) {
    guard let table = floor.tables.entity(at: slot) else { return }
    let merged = table.merged.compactMap { floor.tables[$0]?.seats }.reduce(0, &+)
    let seats = table.seats.map { $0 &+ merged } ?? 0
    let isOver = seats > 0 && Int64(table.orders.count) > 3 &* seats
    guard isOver != table.isOverCapacity else { return }
    floor.tables.update(slot) { $0.isOverCapacity = isOver }
    if isOver {
      context.alerts.raise(
        .tableOvercapacity, subject: table.id, text: "\(table.orders.count) orders, \(seats) seats",
        cause: cause, at: now, changes: &context.changes)
    } else {
      withdraw(.tableOvercapacity, table.id, at: now, context: &context)
    }
  }
}

/// What one open order adds to its table.
private struct OrderShare: Equatable {
  let table: String
  let ready: Int, open: Int, held: Int

  /// Nil when the order is closed or has no table.
  init?(_ order: Order) {
    guard let table = order.table, !order.state.isTerminal else { return nil }
    self.table = table
    let isEmpty = order.ticketsReady + order.ticketsOpen + order.ticketsHeld == 0
    ready = isEmpty && order.state == .ready ? 1 : order.ticketsReady
    open = order.ticketsOpen
    held = order.ticketsHeld
  }
}

extension Table {
  fileprivate mutating func add(_ share: OrderShare) {
    ticketsReady += share.ready
    ticketsOpen += share.open
    ticketsHeld += share.held
  }

  fileprivate mutating func remove(_ share: OrderShare) {
    ticketsReady -= share.ready
    ticketsOpen -= share.open
    ticketsHeld -= share.held
  }

  /// A first order at a free table means guests, unless the source says otherwise later.
  fileprivate mutating func concludeOccupied(after old: Table, at moment: Timestamp) {
    guard state == .available, old.state == .available, old.orders.isEmpty, !orders.isEmpty else {
      return
    }
    state = .occupied
    basis = .inferred
    stateSince = moment
  }

  fileprivate mutating func concludeService(after old: Table, at moment: Timestamp) {
    let next: TableService =
      if orders.isEmpty {
        state == .occupied && old.service != .none ? .served : .none
      } else if ticketsOpen > 0 {
        .cooking
      } else {
        ticketsReady > 0 ? .ready : .waiting
      }
    guard next != service else { return }
    service = next
    serviceSince = next == .none ? nil : moment
  }
}

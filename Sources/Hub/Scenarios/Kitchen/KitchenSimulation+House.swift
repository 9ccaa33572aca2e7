import Domain

// Oddities of the house and of its feeds, as against those of a dish.

extension KitchenSimulation {
  /// Guests move, or a waiter takes a table over.
  mutating func transfer(_ stage: inout Stage) {
    guard let number = stage.random.pick(openOrders), let order = orders[number] else { return }
    let from = order.table
    let free = tables.indices.filter {
      tables[$0].state == .available && tables[$0].mergedInto == nil
    }
    guard stage.random.chance(500), tables[from].pending == 1, let to = stage.random.pick(free)
    else {
      let server = stage.random.index(below: plan.servers)
      tables[from].server = server
      stage.emit(
        .tableTransferred, from: &till, about: "table/\(tables[from].id)",
        Fields([
          .table: .string(tables[from].id), .server: .string(Roster.servers[server]),
        ]))
      return
    }
    orders[number]?.table = to
    tables[to].pending = 1
    tables[to].covers = min(tables[from].covers, tables[to].seats)
    tables[from].pending = 0
    setTable(to, .occupied, &stage)
    stage.emit(
      .tableTransferred, from: &till, about: "order/\(order.id)",
      Fields([
        .order: .string(order.id), .from: .string(tables[from].id), .to: .string(tables[to].id),
      ]))
    clear(from, &stage)
  }

  /// A free table is pushed to an occupied one.
  mutating func merge(_ stage: inout Stage) {
    let free = tables.indices.filter {
      tables[$0].state == .available && tables[$0].mergedInto == nil
    }
    let taken = tables.indices.filter { tables[$0].state == .occupied }
    guard let from = stage.random.pick(free), let into = stage.random.pick(taken) else { return }
    tables[from].mergedInto = tables[into].id
    stage.emit(
      .tableMerged, from: &till, about: "table/\(tables[from].id)",
      Fields([.from: .string(tables[from].id), .to: .string(tables[into].id)]))
    stage.schedule(.kitchen(.tableIsSplit(from)), after: stage.random.span(seconds: 900...2_400))
  }

  /// A station takes no orders for a while.
  mutating func pause(_ stage: inout Stage) {
    let busy = plan.stations.filter { $0 != .expo && !paused.contains($0) }
    guard paused.isEmpty, let station = stage.random.pick(busy) else { return }
    paused.append(station)
    sayStation(station, &stage)
    stage.schedule(.kitchen(.stationResumes(station)), after: stage.random.span(seconds: 90...300))
  }

  /// A paused station works again.
  mutating func resume(_ station: StationKind, _ stage: inout Stage) {
    paused.removeAll { $0 == station }
    sayStation(station, &stage)
  }

  private mutating func sayStation(_ station: StationKind, _ stage: inout Stage) {
    var data = stationRecord(station)
    data[.id] = nil
    data[.station] = .string(station.rawValue)
    stage.emit(.stationUpdated, from: &screens, about: "station/\(station.rawValue)", data)
  }

  /// A waiter opens an order to change it.
  mutating func lock(_ stage: inout Stage) {
    guard let number = stage.random.pick(openOrders), let order = orders[number] else { return }
    let by = Roster.servers[tables[order.table].server].lowercased()
    stage.emit(
      .lockAcquired, from: &till, about: "lock/order/\(number)",
      Fields([
        .entity: .string("order/\(number)"), .by: .string(by),
        .expiresAt: .string((stage.now + .seconds(120)).rfc3339),
      ]))
    stage.schedule(
      .kitchen(.lockIsReleased(order: number, by: by)), after: stage.random.span(seconds: 8...60))
  }

  /// The waiter is through with it.
  mutating func releaseLock(_ number: Int, by: String, _ stage: inout Stage) {
    stage.emit(
      .lockReleased, from: &till, about: "lock/order/\(number)",
      Fields([.entity: .string("order/\(number)"), .by: .string(by)]))
  }

  /// A waiter gets no new tables for the rest of the shift.
  mutating func cutServer(_ stage: inout Stage) {
    let server = stage.random.index(below: plan.servers)
    var data = serverRecord(server)
    data[.id] = nil
    data[.server] = .string(Roster.servers[server])
    data[.shift] = .string(stage.random.chance(600) ? "cut" : "on")
    stage.emit(.serverAssigned, from: &till, about: "server/\(Roster.servers[server])", data)
  }

  /// The till uses a word that is not in the vocabulary of orders.
  mutating func sayUnknownStatus(_ stage: inout Stage) {
    guard let number = stage.random.pick(openOrders) else { return }
    stage.emit(
      .orderState, from: &till, about: "order/\(number)",
      Fields([.order: .string(String(number)), .state: .string("preparing")]))
  }

  /// The next few events of the kitchen screens get lost; a snapshot makes up for them.
  mutating func lose(_ stage: inout Stage) {
    guard stage.isLive, screens.losing == 0 else { return }
    let lost = Int(stage.random.number(2...7))
    screens.losing = lost
    stage.schedule(.kitchen(.feedResyncs(lost: lost)), after: stage.random.span(seconds: 20...45))
  }

  /// The screens' feed noticed its gap and says everything again.
  mutating func resync(lost: Int, _ stage: inout Stage) {
    screens.losing = 0
    saySnapshot(&stage)
    stage.emit(
      .streamResynced, from: &screens, about: "stream/kds",
      Fields([.source: .string(screens.source), .rows: .integer(Int64(lost))]))
  }
}

import Domain

// Guests, tables and devices.

extension KitchenSimulation {
  /// Seats a party, if a table is free, and has the next one come.
  mutating func seatParty(_ stage: inout Stage) {
    let mean = Span.milliseconds(3_600_000 * 3 / 2 / plan.ordersAnHour)
    let isWave = stage.now < waveUntil
    stage.schedule(
      .kitchen(.partyArrives),
      after: stage.random.wait(mean: isWave ? Span(microseconds: mean.microseconds / 2) : mean))
    let free = tables.indices.filter {
      (tables[$0].state == .available || tables[$0].state == .reserved)
        && tables[$0].mergedInto == nil
    }
    guard let table = stage.random.pick(free) else { return }
    let covers = stage.random.number(1...tables[table].seats)
    tables[table].covers = covers
    setTable(table, .occupied, &stage)
    let count = min(Int(covers), stage.random.pick(weighted: [1: 48, 2: 36, 3: 16]))
    tables[table].pending = count
    for seat in 1...max(1, count) {
      let pause = stage.random.span(seconds: 25...150)
      stage.schedule(.kitchen(.orderIsPlaced(table: table, seat: seat)), after: pause)
    }
  }

  /// The guests of a table got up: it is to be cleaned.
  mutating func clear(_ table: Int, _ stage: inout Stage) {
    guard tables[table].pending == 0, tables[table].state == .occupied else { return }
    tables[table].covers = 0
    setTable(table, .cleaning, &stage)
    stage.schedule(.kitchen(.tableIsCleaned(table)), after: stage.random.span(seconds: 60...240))
  }

  /// A cleaned table is free again, or kept for someone.
  mutating func reopen(_ table: Int, _ stage: inout Stage) {
    setTable(table, stage.random.chance(120) ? .reserved : .available, &stage)
  }

  /// One order less to come for a table; after the last one its guests linger and leave.
  mutating func settle(_ table: Int, _ stage: inout Stage) {
    tables[table].pending = max(0, tables[table].pending - 1)
    guard tables[table].pending == 0 else { return }
    stage.schedule(
      .kitchen(.guestsLeave(table: table)), after: stage.random.span(seconds: 180...720))
  }

  /// Puts a table into a state and says so.
  mutating func setTable(_ table: Int, _ state: TableState, _ stage: inout Stage) {
    tables[table].state = state
    var data = tableRecord(tables[table])
    data[.id] = nil
    data[.table] = .string(tables[table].id)
    stage.emit(.tableState, from: &till, about: "table/\(tables[table].id)", data)
  }

  /// Two tables that were pushed together are separate again.
  mutating func split(_ table: Int, _ stage: inout Stage) {
    guard let into = tables[table].mergedInto else { return }
    tables[table].mergedInto = nil
    stage.emit(
      .tableSplit, from: &till, about: "table/\(tables[table].id)",
      Fields([.table: .string(into), .to: .strings([tables[table].id])]))
  }

  /// A device says that it is there, and now and then falls silent.
  mutating func report(_ place: Int, _ stage: inout Stage) {
    stage.emit(
      .presenceJoin, from: &floor, about: "presence/\(devices[place].key)",
      presenceRecord(devices[place]))
    schedulePresence(place, &stage)
  }

  /// The floor's network comes back after a moment: all devices report within two seconds.
  mutating func rejoinAll(_ stage: inout Stage) {
    for device in devices {
      stage.schedule(
        .kitchen(.deviceRejoins(device.key)), after: stage.random.span(milliseconds: 0...1_800))
    }
  }

  /// A device reports out of its turn.
  mutating func rejoin(_ key: String, _ stage: inout Stage) {
    guard let device = devices.first(where: { $0.key == key }) else { return }
    stage.emit(
      .presenceJoin, from: &floor, about: "presence/\(key)", presenceRecord(device))
  }

  private func schedulePresence(_ place: Int, _ stage: inout Stage) {
    var pause = Span.seconds(30) + stage.random.span(milliseconds: 0...400)
    if stage.random.chance(8) { pause = stage.random.span(seconds: 55...260) }
    stage.schedule(.kitchen(.deviceReports(place)), after: pause)
  }
}

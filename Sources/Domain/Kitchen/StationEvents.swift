// Stations: what events say of them, and when they have too much to do.

extension Kitchen {
  mutating func updateStation(_ report: KitchenReport, context: inout BoardContext) {
    guard let slot = stationSlot(report.id, at: report.now, context: &context),
      let old = stationBook.table.entity(at: slot)
    else { return }
    let state = stationState(report, context: &context)
    stationBook.update(slot) { $0.take(report, state: state) }
    if let new = stationBook.table.entity(at: slot), !new.hasLimits(of: old) {
      for ticket in stationBook.cooking(at: slot, limit: .max) {
        reviewAge(ticket, at: report.now, context: &context)
      }
    }
    judgeLoad(slot, cause: report.cause, at: report.now, context: &context)
    context.changes.insert(.stations, slot: slot)
  }

  /// The slot of a station, which is inferred when unknown; nil when there are too many.
  mutating func stationSlot(_ id: String, at now: Timestamp, context: inout BoardContext) -> Int? {
    guard let slot = stationBook.slot(of: id, at: now) else {
      context.stream.refusedEntities += 1
      return nil
    }
    return slot
  }

  /// Raises or withdraws the overload of a station as it now is.
  mutating func judgeLoad(
    _ slot: Int, cause: String?, at now: Timestamp, context: inout BoardContext
  ) {
    guard let station = stationBook.table.entity(at: slot) else { return }
    let isOverloaded = station.loadLevel == .critical || station.open > 15
    guard isOverloaded != station.isOverloaded else { return }
    stationBook.table.update(slot) { $0.isOverloaded = isOverloaded }
    if isOverloaded {
      let maximum = station.maxOrders.map { "/\($0)" } ?? ""
      context.alerts.raise(
        .stationOverload, subject: station.id, text: "\(station.open)\(maximum) open",
        cause: cause, at: now, changes: &context.changes)
    } else {
      context.alerts.withdraw(
        .stationOverload, subject: station.id, at: now, changes: &context.changes)
    }
  }

  /// Lists an item as sold out, at a station or everywhere, or takes it off the list.
  mutating func setSoldOut(
    _ isSoldOut: Bool, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let item = event.data.text(.name) ?? event.entity(.item) else { return }
    let name = itemTable[item]?.name ?? item
    if let id = event.data.text(.station) {
      guard let slot = stationSlot(id, at: now, context: &context) else { return }
      stationBook.table.update(slot) {
        $0.lastEventAt = now
        $0.soldOut.set(name, isSoldOut, bound: StationBook.soldOutBound)
      }
      context.changes.insert(.stations, slot: slot)
      return
    }
    soldOutEverywhere.set(name, isSoldOut, bound: 256)
    guard !isSoldOut else { return context.changes.insert(.stations) }
    // Restored without naming a station: it is back everywhere.
    for slot in stationBook.table.liveSlots {
      stationBook.table.update(slot) { $0.soldOut.set(name, false, bound: 0) }
    }
    context.changes.insert(.stations)
  }

  private func stationState(
    _ report: KitchenReport, context: inout BoardContext
  ) -> StationState? {
    if let state: StationState = report.word(.state, context: &context) { return state }
    return report.data.flag(.active).map { $0 ? .active : .paused }
  }
}

extension Station {
  fileprivate mutating func take(_ report: KitchenReport, state: StationState?) {
    if let text = report.data.text(.name) { name = text }
    if let text = report.data.text(.type) { type = text }
    if let number = report.integer(.position, -1_000_000...1_000_000) { position = Int(number) }
    if let state { self.state = state }
    var limits = (maxOrders.map { Int64($0) }, autoBumpSeconds)
    report.update(&limits.0, .maxOrders, 0...100_000)
    report.update(&limits.1, .autoBumpS, 0...86_400)
    maxOrders = limits.0.map { Int($0) }
    autoBumpSeconds = limits.1.flatMap { $0 > 0 ? $0 : nil }
    if let seconds = report.integer(.yellowS, 0...86_400) { yellowAfter = .seconds(seconds) }
    if let seconds = report.integer(.redS, 0...86_400) { redAfter = .seconds(seconds) }
    report.update(&soldOut, .soldOut, bound: StationBook.soldOutBound)
    basis = report.isSnapshot && report.data.text(.basis) == "inferred" ? .inferred : .asserted
    lastEventAt = max(lastEventAt, report.now)
  }

  fileprivate func hasLimits(of other: Station) -> Bool {
    yellowAfter == other.yellowAfter && redAfter == other.redAfter
      && autoBumpSeconds == other.autoBumpSeconds
  }
}

extension [String] {
  /// Puts a text in the list once, or takes it out; does nothing beyond `bound`.
  mutating func set(_ text: String, _ isListed: Bool, bound: Int) {
    let index = firstIndex(of: text)
    if isListed, index == nil, count < bound { append(text) }
    if !isListed, let index { remove(at: index) }
  }
}

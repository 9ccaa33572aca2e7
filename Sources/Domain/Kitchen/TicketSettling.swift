// What follows from a changed ticket: its place, its station, its order, its alerts and timers.

extension Kitchen {
  /// Puts a changed ticket into every index and draws the conclusions; nil for `old` when new.
  mutating func settleTicket(
    _ slot: Int, from old: Ticket?, to ticket: Ticket, hasItems: Bool, _ report: KitchenReport,
    context: inout BoardContext
  ) {
    var new = ticket
    new.age = age(of: new, at: report.now)
    ticketBook.replace(slot, old, with: new)
    moveCooking(slot, from: old, to: new, report, context: &context)
    if hasItems || old?.tallyStation != new.tallyStation {
      for item in new.items { retally(item, of: new, context: &context) }
    }
    if old?.state != new.state {
      if new.state == .fired { sendItems(of: new) }
      followTicket(from: old, to: new, report, context: &context)
    }
    judgeLateness(from: old, to: new, cause: report.cause, at: report.now, context: &context)
    armTicket(slot, new, at: report.now)
    context.changes.insert(.tickets, slot: slot)
  }

  /// Looks again at a ticket's age because time passed or its station's limits changed.
  mutating func reviewAge(_ slot: Int, at now: Timestamp, context: inout BoardContext) {
    guard let old = ticketBook.table.entity(at: slot), old.state.isCooking else { return }
    var new = old
    new.age = age(of: old, at: now)
    armTicket(slot, new, at: now)
    guard new.age != old.age else { return }
    ticketBook.replace(slot, old, with: new)
    judgeLateness(from: old, to: new, cause: nil, at: now, context: &context)
    context.changes.insert(.tickets, slot: slot)
  }

  /// When a ticket bumps itself; nil when it does not.
  func autoBumpDue(_ ticket: Ticket) -> Timestamp? {
    guard let clock = ticket.clockStart, let id = ticket.station,
      let seconds = stationBook.table[id]?.autoBumpSeconds
    else { return nil }
    return clock + .seconds(seconds)
  }

  /// Withdraws what was said about a ticket and forgets it with its items.
  mutating func forgetTicket(_ slot: Int, at now: Timestamp, context: inout BoardContext) {
    guard let ticket = ticketBook.table.entity(at: slot) else { return }
    var gone = ticket
    gone.state = .voided
    let report = KitchenReport(concluding: ticket.id, source: ticket.source, at: now)
    settleTicket(slot, from: ticket, to: gone, hasItems: false, report, context: &context)
    if ticket.isOutOfStep {
      context.alerts.withdraw(.kdsSyncError, subject: ticket.id, at: now, changes: &context.changes)
    }
    unlinkTicket(ticket, report, context: &context)
    for item in ticket.items { forgetItem(item, context: &context) }
    if let last = ticketBook.table.entity(at: slot) { ticketBook.remove(last, slot: slot) }
  }

  private func age(of ticket: Ticket, at now: Timestamp) -> TicketAge {
    guard ticket.state.isCooking, let clock = ticket.clockStart else { return .green }
    let limits = limits(of: ticket)
    return now - clock > limits.red ? .red : now - clock > limits.yellow ? .yellow : .green
  }

  private func limits(of ticket: Ticket) -> (yellow: Span, red: Span) {
    guard let slot = ticket.station.flatMap({ stationBook.table.slot(of: $0) }) else {
      return (.seconds(300), .seconds(600))
    }
    return stationBook.limits(slot)
  }

  private mutating func armTicket(_ slot: Int, _ ticket: Ticket, at now: Timestamp) {
    if let (_, doneAt) = ticketBook.oldestDone {
      timers.arm(.ticketRetention, slot: 0, at: doneAt + TicketBook.retention)
    }
    guard ticket.state.isCooking, let clock = ticket.clockStart else { return }
    let limits = limits(of: ticket)
    // A limit itself is not beyond it: the next microsecond is.
    let beyond = Span(microseconds: 1)
    let turns = [clock + limits.yellow + beyond, clock + limits.red + beyond]
    if let next = turns.filter({ $0 > now }).min() { timers.arm(.ticketAge, slot: slot, at: next) }
    if let due = autoBumpDue(ticket) { timers.arm(.autoBump, slot: slot, at: due) }
  }

  private mutating func moveCooking(
    _ slot: Int, from old: Ticket?, to new: Ticket, _ report: KitchenReport,
    context: inout BoardContext
  ) {
    let before = old?.cooking
    let after = new.cooking
    guard before != after else { return }
    if let before, let station = stationBook.table.slot(of: before.station) {
      stationBook.stopCooking(slot, since: before.since, at: station)
      noteLoad(station, report, context: &context)
    }
    if let after, let station = stationSlot(after.station, at: report.now, context: &context) {
      stationBook.startCooking(slot, since: after.since, at: station)
      noteLoad(station, report, context: &context)
    }
  }

  private mutating func noteLoad(
    _ station: Int, _ report: KitchenReport, context: inout BoardContext
  ) {
    stationBook.table.update(station) { $0.lastEventAt = max($0.lastEventAt, report.now) }
    judgeLoad(station, cause: report.cause, at: report.now, context: &context)
    context.changes.insert(.stations, slot: station)
  }

  private func judgeLateness(
    from old: Ticket?, to new: Ticket, cause: String?, at now: Timestamp,
    context: inout BoardContext
  ) {
    let wasLate = old?.isLate == true
    if new.isLate, !wasLate {
      let station = new.station.map { " at \($0)" } ?? ""
      context.alerts.raise(
        .ticketLate, subject: new.id, text: "order \(new.order)\(station)", cause: cause, at: now,
        changes: &context.changes)
    } else if wasLate, !new.isLate {
      context.alerts.withdraw(.ticketLate, subject: new.id, at: now, changes: &context.changes)
    }
  }
}

/// Where and since when a ticket cooks.
struct CookingPlace: Equatable {
  let station: String
  let since: Timestamp
}

extension Ticket {
  /// Whether it cooks beyond its station's red limit.
  package var isLate: Bool { state.isCooking && age == .red }

  /// Where it cooks; nil when it does not, or nowhere.
  var cooking: CookingPlace? {
    guard state.isCooking, let station, let clockStart else { return nil }
    return CookingPlace(station: station, since: clockStart)
  }

  /// The station its items are counted at, "" for none; nil when they are not.
  var tallyStation: String? { state.isCooking ? station ?? "" : nil }
}

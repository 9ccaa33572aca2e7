// Tickets: what events say of them.
//
//   held -> fired -> started -> bumped -> recalled -> fired
//   any -> voided -> bumped away
//
// The first word about a ticket, a repeated one, and one after a state we only concluded are
// always in step. Any other step is reported and then followed: the source knows its kitchen
// better than the state machine does.

extension Kitchen {
  /// Applies a step of a ticket, or its whole state when a snapshot tells it; nil for a change
  /// that is no step.
  mutating func applyTicket(
    _ state: TicketState?, _ report: KitchenReport, context: inout BoardContext
  ) {
    let known = ticketBook.table.slot(of: report.id)
    let old = known.flatMap { ticketBook.table.entity(at: $0) }
    if let told = report.data.integer(.version), let version = old?.version, told < version {
      return
    }
    var new = old ?? makeTicket(report)
    new.take(report)
    if let state {
      judgeStep(&new, from: old, to: state, report, context: &context)
      new.enter(state, from: old, report)
    }
    guard let slot = known ?? addTicket(new, report, context: &context) else { return }
    let hasItems = takeItems(report, into: &new, context: &context)
    settleTicket(slot, from: old, to: new, hasItems: hasItems, report, context: &context)
    if hasItems {
      judgeHarm(ofOrder: new.order, cause: report.cause, at: report.now, context: &context)
    }
    if new.state == .bumped, old?.state != .bumped {
      noteBump(slot, new, report, context: &context)
    }
  }

  /// Concludes the bump of a ticket whose station bumps by itself.
  mutating func autoBump(_ slot: Int, at due: Timestamp, context: inout BoardContext) {
    guard let old = ticketBook.table.entity(at: slot), old.state.isCooking,
      let dueAt = autoBumpDue(old)
    else { return }
    guard dueAt <= due else { return timers.arm(.autoBump, slot: slot, at: dueAt) }
    let report = KitchenReport(concluding: old.id, source: old.source, at: due)
    var new = old
    new.enter(.bumped, from: old, report)
    new.basis = .inferred
    settleTicket(slot, from: old, to: new, hasItems: false, report, context: &context)
    noteBump(slot, new, report, context: &context)
  }

  private func makeTicket(_ report: KitchenReport) -> Ticket {
    let order = report.data.text(.order) ?? orderPart(of: report.id)
    var ticket = Ticket(
      id: report.id, source: report.source, order: order, station: nil, firstSeen: report.now,
      lastEventAt: report.now, state: .held, basis: .inferred)
    ticket.priority = orderBook.table[order]?.priority ?? 0
    return ticket
  }

  private mutating func addTicket(
    _ ticket: Ticket, _ report: KitchenReport, context: inout BoardContext
  ) -> Int? {
    if ticketBook.table.count >= TicketBook.bound, let (oldest, _) = ticketBook.oldestDone {
      forgetTicket(oldest, at: report.now, context: &context)
    }
    guard let slot = ticketBook.table.insert(ticket, id: ticket.id) else {
      context.stream.refusedEntities += 1
      return nil
    }
    linkTicket(ticket, report, context: &context)
    return slot
  }

  private mutating func judgeStep(
    _ new: inout Ticket, from old: Ticket?, to state: TicketState, _ report: KitchenReport,
    context: inout BoardContext
  ) {
    let isInStep = old.map { $0.basis == .inferred || $0.allows(state) } ?? true
    new.isOutOfStep = !isInStep && !report.isSnapshot
    if new.isOutOfStep {
      statistics.syncErrors += 1
      let text = "\(state.rawValue) while \(old?.state.rawValue ?? "unknown")"
      context.alerts.raise(
        .kdsSyncError, subject: new.id, text: text, cause: report.cause, at: report.now,
        changes: &context.changes)
    } else if old?.isOutOfStep == true {
      context.alerts.withdraw(
        .kdsSyncError, subject: new.id, at: report.now, changes: &context.changes)
    }
  }

  /// An id of the form `204:grill` names its order.
  private func orderPart(of ticket: String) -> String {
    guard let colon = ticket.lastIndex(of: ":"), colon > ticket.startIndex else { return ticket }
    return String(ticket[..<colon])
  }
}

// Presence: who came, who left, and who fell silent.

extension Kitchen {
  /// Applies a sign of life, or a leave.
  mutating func notePresence(
    isLeaving: Bool, _ report: KitchenReport, context: inout BoardContext
  ) {
    let isGone = isLeaving || (report.isSnapshot && report.data.text(.state) == "offline")
    let seen = report.isSnapshot ? report.moment(.lastSeen) : report.at
    let known = presence.table.slot(of: report.id)
    if known == nil, isLeaving { return }
    let joined = report.isSnapshot ? report.moment(.joinedAt) : report.at
    guard let slot = known ?? addPresence(report, at: joined, context: &context),
      let old = presence.table.entity(at: slot)
    else { return }
    var new = old
    new.take(report)
    new.lastSeen = known == nil ? seen : max(old.lastSeen, seen)
    if isGone {
      new.state = .offline
      new.basis = report.data.text(.basis) == "inferred" ? .inferred : .asserted
    } else {
      if old.state == .offline, known != nil { new.joinedAt = joined }
      new.fallSilent(at: report.now)
    }
    presence.replace(slot, known == nil ? nil : old, with: new)
    armPresence(slot, new, at: report.now)
    context.changes.insert(.presence, slot: slot)
  }

  /// Everyone there is: those it does not name have left.
  mutating func syncPresence(_ event: Event, at now: Timestamp, context: inout BoardContext) {
    let envelope = KitchenEnvelope(
      cause: event.id, source: event.source, at: min(event.time ?? now, now), now: now)
    var named: Set<String> = []
    for record in event.data.records(.presences) ?? [] {
      guard let report = KitchenReport(record, of: .key, in: envelope) else { continue }
      named.insert(report.id)
      notePresence(isLeaving: false, report, context: &context)
    }
    for slot in presence.table.liveSlots {
      guard let old = presence.table.entity(at: slot), !named.contains(old.key),
        old.state != .offline
      else { continue }
      var new = old
      new.state = .offline
      new.basis = .asserted
      presence.replace(slot, old, with: new)
      armPresence(slot, new, at: now)
    }
    context.changes.insert(.presence)
  }

  /// Looks again at someone who has been silent for a while.
  mutating func reviewPresence(_ slot: Int, at due: Timestamp, context: inout BoardContext) {
    guard let old = presence.table.entity(at: slot) else { return }
    guard due - old.lastSeen < PresenceBook.forgetAfter else {
      presence.remove(old, slot: slot)
      return context.changes.insert(.presence)
    }
    var new = old
    if old.state != .offline { new.fallSilent(at: due) }
    armPresence(slot, new, at: due)
    guard new.state != old.state else { return }
    presence.replace(slot, old, with: new)
    context.changes.insert(.presence, slot: slot)
  }

  private mutating func addPresence(
    _ report: KitchenReport, at joined: Timestamp, context: inout BoardContext
  ) -> Int? {
    let new = Presence(
      key: report.id, user: report.id, joinedAt: joined, lastSeen: joined, state: .online,
      basis: .asserted)
    guard let slot = presence.table.insert(new, id: report.id) else {
      context.stream.refusedEntities += 1
      return nil
    }
    return slot
  }

  private mutating func armPresence(_ slot: Int, _ presence: Presence, at now: Timestamp) {
    let turns = [
      PresenceBook.awayAfter, PresenceBook.offlineAfter, PresenceBook.forgetAfter,
    ].map { presence.lastSeen + $0 }
    if let next = turns.first(where: { $0 > now }) ?? turns.last {
      timers.arm(.presence, slot: slot, at: next)
    }
  }
}

extension Presence {
  fileprivate mutating func take(_ report: KitchenReport) {
    if let text = report.data.text(.user) { user = text }
    report.update(&role, .role)
    report.update(&device, .device)
  }

  /// Online, or away or offline after a silence of exactly the limit or more.
  fileprivate mutating func fallSilent(at now: Timestamp) {
    let silence = now - lastSeen
    state =
      silence >= PresenceBook.offlineAfter
      ? .offline : silence >= PresenceBook.awayAfter ? .away : .online
    basis = state == .online ? .asserted : .inferred
  }
}

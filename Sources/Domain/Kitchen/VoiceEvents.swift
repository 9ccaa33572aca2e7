// Spoken orders, what residents like and must not have, and who edits what.

extension Kitchen {
  mutating func noteVoice(
    _ state: TranscriptionState, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    let report = KitchenReport(event, of: .id, at: now)
    let id = event.data.text(.audioHash) ?? report?.id ?? event.id
    let at = min(event.time ?? now, now)
    var new = voice.transcription(id) ?? Transcription(id: id, at: at, text: "", state: state)
    // A partial that arrives after its final adds nothing.
    if state == .partial, new.state != .partial { return }
    new.take(event.data)
    new.state = state
    let harm = harm(of: new)
    new.conflicts = harm.all
    if let dropped = voice.put(new) {
      for code in [AlertCode.allergenWarning, .dietaryViolation] {
        withdraw(code, dropped.id, at: now, context: &context)
      }
    }
    judgeVoice(new, harm, cause: event.id, at: now, context: &context)
    context.changes.insert(.voice)
  }

  mutating func notePreference(
    _ state: SuggestionState, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let resident = event.data.text(.resident),
      let report = KitchenReport(event, of: .resident, at: now)
    else { return }
    let fresh = Preference(resident: resident, suggestion: state, at: report.at)
    guard
      let slot = preferences.slot(of: resident) ?? preferences.insert(fresh, id: resident)
    else {
      context.stream.refusedEntities += 1
      return
    }
    preferences.update(slot) {
      $0.suggestion = state
      $0.at = report.at
      report.update(&$0.items, .items)
      report.update(&$0.frequency, .frequency, 0...1_000_000)
      report.update(&$0.dietary, .dietary)
      report.update(&$0.allergens, .allergens)
      report.update(&$0.texture, .texture, 0...7)
    }
    applyRules(of: resident, cause: event.id, at: now, context: &context)
    context.changes.insert(.voice)
  }

  mutating func acquireLock(_ event: Event, at now: Timestamp, context: inout BoardContext) {
    guard let entity = event.data.text(.entity) ?? event.subject else { return }
    let expiry = event.data.moment(.expiresAt)
    let lock = EditLock(entity: entity, by: event.data.text(.by) ?? "?", expiresAt: expiry)
    if let slot = lockTable.slot(of: entity) {
      lockTable.update(slot) { $0 = lock }
      if let expiry { timers.arm(.lock, slot: slot, at: expiry) }
    } else if let slot = lockTable.insert(lock, id: entity) {
      if let expiry { timers.arm(.lock, slot: slot, at: expiry) }
    } else {
      context.stream.refusedEntities += 1
    }
    context.changes.insert(.orders)
  }

  mutating func releaseLock(_ event: Event, context: inout BoardContext) {
    guard let entity = event.data.text(.entity) ?? event.subject else { return }
    lockTable.remove(id: entity)
    context.changes.insert(.orders)
  }

  /// Removes a lock whose time is over.
  mutating func reviewLock(_ slot: Int, at due: Timestamp, context: inout BoardContext) {
    guard let lock = lockTable.entity(at: slot), let expiry = lock.expiresAt else { return }
    guard expiry <= due else { return timers.arm(.lock, slot: slot, at: expiry) }
    lockTable.remove(id: lock.entity)
    context.changes.insert(.orders)
  }

  /// Judges a resident's open orders and spoken orders by new rules.
  private mutating func applyRules(
    of resident: String, cause: String, at now: Timestamp, context: inout BoardContext
  ) {
    for order in ordersByResident[resident] ?? [] {
      judgeHarm(ofOrder: order, cause: cause, at: now, context: &context)
    }
    for old in voice.ring.elements where old.resident == resident {
      let harm = harm(of: old)
      guard harm.all != old.conflicts else { continue }
      voice.update(old.id) { $0.conflicts = harm.all }
      judgeVoice(old, harm, cause: cause, at: now, context: &context)
    }
  }

  private func judgeVoice(
    _ voice: Transcription, _ harm: Harm, cause: String, at now: Timestamp,
    context: inout BoardContext
  ) {
    let dish = voice.items.isEmpty ? voice.text : voice.items.joined(separator: ", ")
    judge(
      .allergenWarning, voice.id, harm.allergens, dish, cause: cause, at: now, context: &context)
    judge(.dietaryViolation, voice.id, harm.diets, dish, cause: cause, at: now, context: &context)
  }

  private func harm(of voice: Transcription) -> Harm {
    guard let resident = voice.resident, let preference = preferences[resident] else {
      return Harm()
    }
    let name = ([voice.text] + voice.items).joined(separator: " ")
    return preference.harm(name: name, allergens: [], dietary: [])
  }
}

extension Transcription {
  fileprivate mutating func take(_ data: Fields) {
    if let new = data.text(.text) { text = new }
    if let new = data.text(.seat) { seat = new }
    if let new = data.text(.resident) { resident = new }
    if let new = data.texts(.items) { items = Array(new.prefix(64)) }
    if let new = data.number(.confidence), new.isFinite { confidence = min(1, max(0, new)) }
    if let new = data.integer(.latencyMs) { latencyMilliseconds = min(3_600_000, max(0, new)) }
    if let new = data.flag(.cached) { isCached = new }
    if let new = data.number(.cost), new.isFinite { cost = new }
  }
}

// How events change claims.

extension EvidenceBook {
  /// Applies an evidence event; the slot of the claim it concerns.
  mutating func apply(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) -> Int? {
    guard let id = event.entity(.evidence) else {
      context.reportUnmapped("\(event.type.name) without evidence", event: event, at: now)
      return nil
    }
    let time = min(event.time ?? now, now)
    let told = state(told: kind, event, at: now, context: &context)
    guard let slot = table.slot(of: id) ?? add(id, event, at: time, now: now, context: &context)
    else { return nil }
    let grade = grade(told: kind, event, at: now, context: &context)
    update(slot, at: now, context: &context) { evidence in
      evidence.fill(from: event.data)
      evidence.lastEventAt = max(evidence.lastEventAt, time)
      if let told { evidence.enter(told.state, basis: told.basis, at: time) }
      if kind == .evidenceRequired, event.data.text(.requirement) == nil {
        evidence.isMandatory = true
      }
      if let grade { evidence.grade = grade }
    }
    return slot
  }

  private mutating func add(
    _ id: String, _ event: Event, at time: Timestamp, now: Timestamp,
    context: inout BoardContext
  ) -> Int? {
    add(
      Evidence(
        id: id, source: event.source, firstSeen: now, lastEventAt: time, claim: id,
        state: .required, basis: .inferred, stateSince: time),
      context: &context)
  }

  private func state(
    told kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) -> (state: EvidenceState, basis: Basis)? {
    switch kind {
    case .evidenceRequired: return (.required, .asserted)
    case .evidenceProvided: return (.provided, .asserted)
    case .evidenceStaled: return (.stale, .asserted)
    default: break
    }
    if let word = event.data.text(.verdict) ?? event.data.text(.state) {
      switch word {
      case "pass": return (.pass, .asserted)
      case "fail": return (.fail, .asserted)
      case "waived": return (.waived, .asserted)
      default:
        context.reportUnmapped(word, event: event, at: now)
        return nil
      }
    }
    guard let exit = event.data.integer(.exit) else {
      context.reportUnmapped("evidence.judged without verdict", event: event, at: now)
      return nil
    }
    return (exit == 0 ? .pass : .fail, .inferred)
  }

  /// The grade an event gives its evidence: the one it names, else what its content shows.
  private func grade(
    told kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) -> EvidenceGrade? {
    if let word = event.data.text(.grade) {
      if let grade = EvidenceGrade(word) { return grade }
      context.reportUnmapped(word, event: event, at: now)
      return nil
    }
    switch kind {
    case .evidenceProvided, .evidenceJudged:
      if event.data.integer(.exit) != nil { return .exitCode }
      let known = event.entity(.evidence).flatMap { table[$0]?.grade }
      return known ?? .selfReport
    default: return nil
    }
  }
}

extension Evidence {
  /// Takes over the members that an event mentions.
  mutating func fill(from data: Fields) {
    if let text = data.text(.claim) { claim = text }
    if let text = data.text(.agent) { agent = text }
    if let text = data.text(.task) { task = text }
    if let text = data.text(.type) { type = text }
    if let text = data.text(.proofRef) { proof = text }
    if let code = data.integer(.exit) { exit = code }
    if let word = data.text(.requirement) { isMandatory = word.uppercased() == "MANDATORY" }
    if let word = data.text(.gate), let known = EvidenceGate(rawValue: word.uppercased()) {
      gate = known
    }
  }
}

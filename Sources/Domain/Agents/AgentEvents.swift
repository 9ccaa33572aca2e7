// How events change agents.

extension AgentRoster {
  /// Applies an agent event.
  mutating func apply(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let id = event.entity(.agent) else {
      context.reportUnmapped("\(event.type.name) without agent", event: event, at: now)
      return
    }
    let time = min(event.time ?? now, now)
    if kind == .agentStopped, table.slot(of: id) == nil,
      let other = concludeStop(of: event, at: time)
    {
      stop(other, event, at: time, now: now, under: id, context: &context)
      return
    }
    guard let slot = slot(of: id, source: event.source, at: time, now: now, context: &context)
    else { return }
    switch kind {
    case .agentStarted: start(slot, event, at: time, now: now, context: &context)
    case .agentState: enter(slot, event, at: time, now: now, context: &context)
    case .agentStopped: stop(slot, event, at: time, now: now, under: nil, context: &context)
    case .agentLost:
      touch(slot, event, at: time, now: now, context: &context) {
        $0.end(.failed, reason: event.data.text(.reason) ?? "lost", at: time)
        $0.basis = .asserted
      }
    case .agentUsage:
      touch(slot, event, at: time, now: now, context: &context) { $0.usage.add(event.data) }
    default: applyTool(kind, slot, event, at: time, now: now, context: &context)
    }
  }

  /// Notes a sign of life with what else the event tells.
  mutating func touch(
    _ slot: Int, _ event: Event, at time: Timestamp, now: Timestamp,
    context: inout BoardContext, _ edit: (inout Agent) -> Void
  ) {
    update(slot, at: now, context: &context) { agent in
      agent.lastEventAt = max(agent.lastEventAt, time)
      agent.fill(from: event.data)
      edit(&agent)
    }
  }

  private mutating func start(
    _ slot: Int, _ event: Event, at time: Timestamp, now: Timestamp, context: inout BoardContext
  ) {
    let told = state(told: event, at: now, context: &context) ?? .working
    touch(slot, event, at: time, now: now, context: &context) { agent in
      agent.startedAt = time
      // A start that comes after its own stop tells when it began, not that it works again.
      if let end = agent.endedAt, time <= end { return }
      agent.enter(told, basis: .asserted, reason: event.data.text(.reason), at: time)
    }
    if let id = table.entity(at: slot)?.id { noteStart(id) }
  }

  private mutating func enter(
    _ slot: Int, _ event: Event, at time: Timestamp, now: Timestamp, context: inout BoardContext
  ) {
    let told = state(told: event, at: now, context: &context)
    let basis = event.data.text(.basis).flatMap(Basis.init(rawValue:)) ?? .asserted
    touch(slot, event, at: time, now: now, context: &context) { agent in
      guard let told else { return }
      agent.enter(told, basis: basis, reason: event.data.text(.reason), at: time)
    }
  }

  private mutating func stop(
    _ slot: Int, _ event: Event, at time: Timestamp, now: Timestamp, under other: String?,
    context: inout BoardContext
  ) {
    let told = state(told: event, at: now, context: &context) ?? .completed
    let isKnown = table.entity(at: slot)?.startedAt != nil || other != nil
    let reason = event.data.text(.reason) ?? (isKnown ? nil : "no start seen")
    update(slot, at: now, context: &context) { agent in
      agent.lastEventAt = max(agent.lastEventAt, time)
      if other == nil { agent.fill(from: event.data) }
      agent.end(
        told.isTerminal ? told : .completed,
        reason: other.map { "stop came under \($0)" } ?? reason, at: time)
      agent.basis = other == nil && isKnown ? .asserted : .inferred
    }
  }

  /// The agent that a stop under an id never heard of must mean: the only one still at work among
  /// those started lately that its source, parent, session and type allow.
  private func concludeStop(of event: Event, at time: Timestamp) -> Int? {
    let data = event.data
    guard data.text(.parent) != nil || data.text(.session) != nil else { return nil }
    var found: Int?
    for id in Set(recentStarts.elements) {
      guard let slot = table.slot(of: id), let agent = table.entity(at: slot),
        agent.source == event.source, !agent.state.isTerminal, agent.parent != nil,
        agent.startedAt.map({ $0 <= time }) ?? false,
        Self.agree(data.text(.parent), agent.parent),
        Self.agree(data.text(.session), agent.session), Self.agree(data.text(.type), agent.type)
      else { continue }
      guard found == nil else { return nil }
      found = slot
    }
    return found
  }

  private static func agree(_ told: String?, _ known: String?) -> Bool {
    told == nil || known == nil || told == known
  }

  private func state(
    told event: Event, at now: Timestamp, context: inout BoardContext
  ) -> AgentState? {
    guard let word = event.data.text(.state) else { return nil }
    guard let state = AgentState(word: word, reason: event.data.text(.reason)) else {
      context.reportUnmapped(word, event: event, at: now)
      return nil
    }
    return state
  }
}

extension AgentState {
  /// The state a word names; nil for an unknown word. An agent that waits for something other
  /// than a permission waits for input.
  init?(word: String, reason: String?) {
    switch word {
    case "queued": self = .queued
    case "starting": self = .starting
    case "working": self = .working
    case "waiting": self = .waiting(reason.flatMap(AgentWait.init(rawValue:)) ?? .input)
    case "idle": self = .idle
    case "completed": self = .completed
    case "failed": self = .failed
    case "cancelled": self = .cancelled
    case "unknown": self = .unknown
    default: return nil
    }
  }

  /// The word for it.
  var word: String {
    switch self {
    case .queued: "queued"
    case .starting: "starting"
    case .working: "working"
    case .waiting: "waiting"
    case .idle: "idle"
    case .completed: "completed"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .unknown: "unknown"
    }
  }
}

extension Agent {
  /// Takes over the members that an event mentions.
  mutating func fill(from data: Fields) {
    if let text = data.text(.parent) { parent = text }
    if let text = data.text(.session) { session = text }
    if let text = data.text(.type) { type = text }
    if let text = data.text(.model) { model = text }
    if let text = data.text(.permissionMode) { permissionMode = text }
    if let text = data.text(.cwd) { cwd = text }
    if let text = data.text(.task) { task = text }
  }

  /// Enters a state; `stateSince` stays where the state stays.
  mutating func enter(_ new: AgentState, basis: Basis, reason: String?, at time: Timestamp) {
    self.basis = basis
    self.reason = reason
    guard new != state else { return }
    state = new
    stateSince = time
  }

  /// Ends. A call whose end was not seen stays open: nobody saw it end.
  mutating func end(_ new: AgentState, reason: String?, at time: Timestamp) {
    enter(new, basis: .inferred, reason: reason, at: time)
  }
}

extension Usage {
  /// Adds what an event counted.
  mutating func add(_ data: Fields) {
    input = Self.sum(input, data.integer(.tokensIn))
    output = Self.sum(output, data.integer(.tokensOut))
    cached = Self.sum(cached, data.integer(.tokensCache))
    if let more = data.number(.cost), more.isFinite { cost = (cost ?? 0) + more }
  }

  private static func sum(_ known: Int64?, _ more: Int64?) -> Int64? {
    guard let more else { return known }
    let (sum, overflow) = (known ?? 0).addingReportingOverflow(more)
    return overflow ? .max : sum
  }
}

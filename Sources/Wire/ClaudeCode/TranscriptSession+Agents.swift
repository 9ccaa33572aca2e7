import Domain

extension TranscriptSession {
  /// Bound on `taskCalls`; ten are many.
  static let taskCallBound = 256

  /// The agent a row belongs to.
  mutating func identify(
    _ row: TranscriptRow, _ origin: TranscriptOrigin, row id: String
  ) -> String {
    if let agent = row.agent?.string { return agent }
    guard row.isSidechain else { return origin.root }
    // Before rows had `agentId`, a side chain was known by its links: its first row names it.
    let agent = row.parentUUID.flatMap { sidechains[$0.string] } ?? "side-\(id.prefix(8))"
    sidechains[id] = agent
    return agent
  }

  /// Tells of an agent's start, and later of what became known about it since.
  mutating func meet(
    _ id: String, _ row: TranscriptRow?, _ message: TranscriptMessage?, call: String?,
    to events: inout RowEvents
  ) {
    var record = agents[id] ?? AgentRecord(id: id)
    let (isNew, facts) = (agents[id] == nil, record.facts)
    let basis = learn(&record, row, message, call: call, events.origin)
    guard isNew || facts != record.facts else { return }
    record.tell(at: events.time)
    agents[id] = record
    var data = Fields([.agent: .string(id), .session: .string(events.origin.session)])
    data.set(.parent, record.facts.parent)
    data.set(.type, record.facts.type)
    data.set(.model, record.facts.model)
    data.set(.permissionMode, record.facts.permissionMode)
    data.set(.cwd, row?.cwd?.string)
    data.set(.description, taskCalls.first { $0.agent == id }?.description)
    data[.basis] = .string(basis.rawValue)
    // What is learnt later names no state, for none changed.
    guard isNew else { return events.add(.agentState, .agent, id, part: "\(id).facts", data) }
    data[.state] = .string("starting")
    events.add(.agentStarted, .agent, id, data)
  }

  /// Takes in what a row says of its agent, and whether that was said or concluded.
  private mutating func learn(
    _ record: inout AgentRecord, _ row: TranscriptRow?, _ message: TranscriptMessage?,
    call: String?, _ origin: TranscriptOrigin
  ) -> Basis {
    if let mode = row?.permissionMode?.string { record.facts.permissionMode = mode }
    if record.facts.model == nil, let model = message?.model, !model.equals("<synthetic>") {
      record.facts.model = model.string
    }
    guard record.id != origin.root else { return .asserted }
    let isNew = record.facts.parent == nil
    if isNew { record.facts.parent = origin.root }
    if record.facts.type == nil { record.facts.type = record.purpose }
    guard let index = taskCall(of: record.id, call: call, prompt: isNew ? message?.text : nil)
    else { return .inferred }
    taskCalls[index].agent = record.id
    record.facts.parent = taskCalls[index].parent
    record.facts.type = taskCalls[index].type ?? record.facts.type
    return call == nil ? .inferred : .asserted
  }

  /// The Task call that started an agent: the one a row names, else the one it was found to be
  /// before, else the oldest unclaimed one with the prompt that the agent's first row repeats.
  private func taskCall(of agent: String, call: String?, prompt: JSONString?) -> Int? {
    if let call, let index = taskCalls.firstIndex(where: { $0.id == call }) { return index }
    if let index = taskCalls.firstIndex(where: { $0.agent == agent }) { return index }
    guard let prompt = prompt?.firstLine(limit: 256), !prompt.isEmpty else { return nil }
    return taskCalls.firstIndex { $0.agent == nil && $0.prompt == prompt }
  }

  /// The agent did something: it works, unless it waits for an answer or is over.
  mutating func act(_ agent: String, to events: inout RowEvents) {
    guard let record = agents[agent] else { return }
    if case .waiting(.some) = record.standing { return }
    turn(agent, to: .working, reason: nil, basis: .asserted, &events)
  }

  /// A person spoke: whatever the agent waited for is no longer asked.
  mutating func release(_ agent: String) {
    if case .waiting = agents[agent]?.standing { agents[agent]?.standing = .waiting(call: nil) }
  }

  /// Changes where an agent stands and tells it, unless it stands there already.
  mutating func turn(
    _ agent: String, to standing: AgentRecord.Standing, reason: String?,
    basis: Basis = .inferred, _ events: inout RowEvents
  ) {
    guard var record = agents[agent], record.standing != standing,
      !record.isOver(at: events.time)
    else { return }
    record.standing = standing
    record.tell(at: events.time)
    agents[agent] = record
    tellState(agent, standing.word, reason: reason, basis: basis, to: &events)
  }

  /// The agent's turn ended by itself.
  mutating func endTurn(_ agent: String, to events: inout RowEvents) {
    if agent == events.origin.root { mandates.turnEnded(of: agent, to: &events) }
    turn(agent, to: .idle, reason: "end of turn", &events)
  }

  /// A progress row shows that a working agent lives: told once a second of row time at most.
  mutating func showLife(_ agent: String, to events: inout RowEvents) {
    guard var record = agents[agent], record.standing == .working, let time = events.time,
      let last = record.lastToldAt, time - last >= .seconds(1)
    else { return }
    record.tell(at: time)
    agents[agent] = record
    tellState(agent, "working", reason: nil, basis: .asserted, to: &events)
  }

  /// Tells of an agent's end, once.
  mutating func stop(
    _ agent: String, state: String, reason: String?, basis: Basis, to events: inout RowEvents
  ) {
    guard var record = agents[agent], !record.isOver(at: events.time) else { return }
    if case .stopped = record.standing { return }
    record.standing = .stopped(at: events.time)
    record.tell(at: events.time)
    agents[agent] = record
    var data = Fields([.agent: .string(agent), .state: .string(state)])
    data.set(.reason, reason)
    data[.basis] = .string(basis.rawValue)
    events.add(.agentStopped, .agent, agent, data)
  }

  private func tellState(
    _ agent: String, _ state: String, reason: String?, basis: Basis, to events: inout RowEvents
  ) {
    var data = Fields([.agent: .string(agent), .state: .string(state)])
    data.set(.reason, reason)
    data[.basis] = .string(basis.rawValue)
    events.add(.agentState, .agent, agent, part: "\(agent).\(state)", data)
  }
}

extension AgentRecord {
  /// Notes that an event about the agent was told.
  mutating func tell(at time: Timestamp?) {
    guard let time else { return }
    lastToldAt = max(lastToldAt ?? time, time)
  }
}

extension AgentRecord.Standing {
  /// The state as events name it.
  var word: String {
    switch self {
    case .started: "starting"
    case .working: "working"
    case .idle: "idle"
    case .waiting: "waiting"
    case .stopped: "completed"
    }
  }
}

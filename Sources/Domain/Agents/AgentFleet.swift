/// The world of software agents: mandates, agents, tasks and evidence, reduced from events.
///
/// The laws of this file: each book reduces its own events; only what one book's event means for
/// another (evidence holds a task back, an edit makes evidence stale) is said here.
package struct AgentFleet: Codable, Sendable {
  /// The mandates and their windows.
  private(set) var book = MandateBook()
  /// The agents.
  private(set) var roster = AgentRoster()
  /// The tasks.
  private(set) var tasks = TaskBook()
  /// The claims and their proof.
  private(set) var evidence = EvidenceBook()

  /// An empty fleet.
  package init() {}

  /// When the fleet next changes by time alone.
  package var nextDue: Timestamp? {
    [book.nextDue, roster.nextDue, tasks.nextDue].compactMap(\.self).min()
  }

  /// Applies one admitted event.
  mutating func apply(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    switch kind {
    case .taskCreated, .taskState: applyTask(event, at: now, context: &context)
    case .mandateSnapshot, .mandatePointActivated, .mandateViolationOpened,
      .mandateViolationResolved, .patternExpired:
      book.apply(kind, event, at: now, context: &context)
    case .agentStarted, .agentState, .agentStopped, .agentLost, .agentToolStarted,
      .agentToolFailed, .agentUsage:
      roster.apply(kind, event, at: now, context: &context)
    case .agentToolFinished:
      roster.apply(kind, event, at: now, context: &context)
      ageEvidence(event, at: now, context: &context)
    case .evidenceRequired, .evidenceProvided, .evidenceJudged, .evidenceStaled:
      applyEvidence(kind, event, at: now, context: &context)
    case .agentSnapshot: restore(event, at: now, context: &context)
    default: break
    }
  }

  /// Makes true what is due by `now`.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
    book.tick(now: now, context: &context)
    roster.tick(now: now, context: &context)
    tasks.tick(now: now, context: &context)
  }

  private mutating func applyTask(
    _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let added = tasks.apply(event, at: now, context: &context) else { return }
    owe(task: added, at: now, context: &context)
  }

  private mutating func applyEvidence(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let slot = evidence.apply(kind, event, at: now, context: &context),
      let task = evidence.table.entity(at: slot)?.task
    else { return }
    owe(task: task, at: now, context: &context)
  }

  /// An edit is work newer than the check: what the agent had proven is stale.
  private mutating func ageEvidence(
    _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let tool = event.data.text(.tool), Self.editingTools.contains(tool),
      let agent = event.entity(.agent)
    else { return }
    let time = min(event.time ?? now, now)
    for task in evidence.age(agent: agent, editedAt: time, context: &context) {
      owe(task: task, at: now, context: &context)
    }
  }

  private static let editingTools: Set<String> = ["Edit", "MultiEdit", "NotebookEdit", "Write"]

  private mutating func owe(task: String, at now: Timestamp, context: inout BoardContext) {
    tasks.owe(evidence.owed(by: task), task: task, at: now, context: &context)
  }

  private mutating func restore(
    _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    let asOf = min(event.data.moment(.asOf) ?? event.time ?? now, now)
    if let records = event.data.records(.evidence) {
      evidence.restore(records, of: event, asOf: asOf, at: now, context: &context)
    }
    if let records = event.data.records(.agents) {
      roster.restore(records, of: event, asOf: asOf, at: now, context: &context)
    }
    if let records = event.data.records(.tasks) {
      tasks.restore(
        records, of: event, owing: evidence, asOf: asOf, at: now, context: &context)
    }
    for task in evidence.tasksNamed { owe(task: task, at: now, context: &context) }
  }
}

extension AgentFleet {
  /// Throws when it was read back from what cannot have been written.
  func check() throws(StateFault) {
    try book.check()
    try evidence.check()
  }
}

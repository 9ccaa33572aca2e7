/// Everything the dashboard knows: a pure reducer of events and time.
///
/// The law of this file: no clock, no I/O. `now` is passed in and is the arrival time of what is
/// applied; facts that come true by time alone come true in `tick(now:)` at their exact moment.
package struct Board: Sendable {
  /// The world of software agents.
  package private(set) var fleet = AgentFleet()
  /// The world of the kitchen.
  package private(set) var kitchen = Kitchen()
  private var context = BoardContext()

  /// An empty board.
  package init() {}

  /// The alerts of both worlds.
  package var alerts: AlertBook { context.alerts }
  /// What happened to the events on their way in.
  package var stream: StreamLedger { context.stream }

  /// When the board next changes by time alone; nil while nothing is pending.
  package var nextDue: Timestamp? {
    let stale = context.stream.connections.compactMap(\.staleAt).min()
    return [fleet.nextDue, kitchen.nextDue, context.alerts.nextDue, stale].compactMap(\.self).min()
  }

  /// Applies one event that arrived at `now` and says what changed.
  package mutating func apply(_ event: Event, at now: Timestamp) -> Changes {
    record(event, at: now)
    return takeChanges()
  }

  /// Lets time pass until `now` and says what changed.
  package mutating func tick(now: Timestamp) -> Changes {
    advance(to: now)
    return takeChanges()
  }

  /// Applies one event of a batch; what changed is kept until `takeChanges()`.
  package mutating func record(_ event: Event, at now: Timestamp) {
    if admit(event, at: now) { applyAdmitted(event, at: now) }
  }

  /// Counts an event, compares it with what came before and follows its sequence; true when it is
  /// to be applied, now or, where it has to wait, later.
  package mutating func admit(_ event: Event, at now: Timestamp) -> Bool {
    let (admission, gap) = context.stream.admit(event, at: now)
    context.changes.insert(.stream)
    if let gap { report(gap, of: event, at: now) }
    return admission == .apply
  }

  /// Applies an event that was admitted.
  package mutating func applyAdmitted(_ event: Event, at now: Timestamp) {
    switch event.type {
    case .unmapped(let word): context.reportUnmapped(word, event: event, at: now)
    case .known(let kind): dispatch(kind, event, at: now)
    }
  }

  /// Makes true what is due by `now`; what changed is kept until `takeChanges()`.
  package mutating func advance(to now: Timestamp) {
    fleet.tick(now: now, context: &context)
    kitchen.tick(now: now, context: &context)
    context.alerts.tick(now: now, changes: &context.changes)
    for number in context.stream.connections.indices {
      var turned = false
      context.stream.updateConnection(number) { turned = $0.tick(now: now) }
      if turned { context.changes.insert(.stream) }
    }
  }

  /// What changed since the last call.
  package mutating func takeChanges() -> Changes {
    let changes = context.changes
    context.changes.removeAll()
    return changes
  }

  /// Adds a connection by its address and returns its number.
  package mutating func addConnection(_ name: String, at now: Timestamp) -> Int {
    context.changes.insert(.stream)
    return context.stream.addConnection(name, at: now)
  }

  /// Notes what a transport reported about a connection.
  package mutating func note(_ fact: ConnectionFact, connection: Int, at now: Timestamp) {
    var lost: UnaccountedTime?
    context.stream.updateConnection(connection) {
      let known = $0.unaccountedCount
      $0.note(fact, at: now)
      if $0.unaccountedCount > known { lost = $0.unaccounted.last }
    }
    context.changes.insert(.stream)
    if let lost { report(lost, connection: connection, at: now) }
  }

  /// Notes that a connection is not read for now, or again.
  package mutating func hold(_ isHeld: Bool, connection: Int, at now: Timestamp) {
    context.stream.updateConnection(connection) { $0.hold(isHeld, at: now) }
    context.changes.insert(.stream)
  }

  /// Notes bytes that a connection brought.
  package mutating func receive(bytes: Int, connection: Int, at now: Timestamp) {
    context.stream.updateConnection(connection) { $0.receive(bytes: bytes, at: now) }
  }

  /// Notes events that a connection brought.
  package mutating func receive(events: Int, connection: Int, at now: Timestamp) {
    context.stream.updateConnection(connection) { $0.receive(events: events, at: now) }
  }

  /// Notes that a connection's source told how everything stands.
  package mutating func noteResynced(connection: Int, at now: Timestamp) {
    guard context.stream.connections.indices.contains(connection) else { return }
    context.stream.updateConnection(connection) { $0.resync(at: now) }
    let name = context.stream.connections[connection].name
    context.alerts.withdraw(.streamGap, subject: name, at: now, changes: &context.changes)
    context.changes.insert(.stream)
  }

  /// Notes inbound data that was no event, and why.
  package mutating func noteMalformed(_ reason: String) {
    context.stream.countMalformed(reason)
    context.changes.insert(.stream)
  }

  /// Notes that a connection brought something else than was sent, and how that showed.
  package mutating func noteDamaged(_ reason: String, connection: Int) {
    context.stream.countDamaged(reason)
    context.stream.updateConnection(connection) { $0.damaged += 1 }
    context.changes.insert(.stream)
  }

  /// Notes that a connection's feed went on without some of its events: which, and how many where
  /// that is known.
  package mutating func noteMissing(
    _ words: String, count: Int64?, connection: Int, at now: Timestamp
  ) {
    guard context.stream.connections.indices.contains(connection) else { return }
    context.stream.updateConnection(connection) { $0.noteMissing(count) }
    context.alerts.raise(
      .streamGap, subject: context.stream.connections[connection].name,
      text: "\(words) missing: the feed went on without", cause: nil, at: now,
      changes: &context.changes)
    context.changes.insert(.stream)
  }

  /// Notes what became of events that had to wait.
  package mutating func note(_ outcome: Triage.Outcome, of event: Event) {
    switch outcome {
    case .waits: return
    case .coalesced: context.stream.countCoalesced(event.source)
    case .dropped(let source): context.stream.countDropped(source)
    }
    context.changes.insert(.stream)
  }

  /// Changes the alerts, noting what changed.
  mutating func withAlerts(_ change: (inout AlertBook, inout Changes) -> Void) {
    change(&context.alerts, &context.changes)
  }

  private mutating func dispatch(_ kind: EventKind, _ event: Event, at now: Timestamp) {
    switch kind.world {
    case .agents: fleet.apply(kind, event, at: now, context: &context)
    case .kitchen: kitchen.apply(kind, event, at: now, context: &context)
    case .stream: context.apply(kind, event, at: now)
    }
  }

  private mutating func report(
    _ lost: UnaccountedTime, connection: Int, at now: Timestamp
  ) {
    let (from, to) = (CivilTime(lost.from).clock, CivilTime(lost.to).clock)
    context.alerts.raise(
      .streamGap, subject: context.stream.connections[connection].name,
      text: "unaccounted \(from)-\(to) UTC: back without resuming", cause: nil, at: now,
      changes: &context.changes)
  }

  private mutating func report(_ gap: SequenceGap, of event: Event, at now: Timestamp) {
    context.alerts.raise(
      .streamGap, subject: event.source, text: "\(gap.missing) missing (\(gap.from)-\(gap.to))",
      cause: event.id, at: now, changes: &context.changes)
  }
}

/// What both worlds share while an event is applied.
package struct BoardContext: Sendable {
  /// The alerts.
  package var alerts = AlertBook()
  /// What happened to events on their way in.
  package var stream = StreamLedger()
  /// What the step changed so far.
  package var changes = Changes()

  /// Counts a type or status outside the catalogue and raises its alert.
  mutating func reportUnmapped(_ word: String, event: Event, at now: Timestamp) {
    stream.countUnmapped(word, source: event.source)
    changes.insert(.stream)
    alerts.raise(
      .unmappedStatus, subject: word, text: "\"\(word)\" from \(event.source)", cause: event.id,
      at: now, changes: &changes)
    alerts.withdraw(.unmappedStatus, subject: word, at: now, changes: &changes)
  }
}

// What changed is left out: of a board read back everything is new.
extension Board: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(fleet)
    try container.encode(kitchen)
    try container.encode(context.alerts)
    try container.encode(context.stream)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    fleet = try container.decode(AgentFleet.self)
    kitchen = try container.decode(Kitchen.self)
    context.alerts = try container.decode(AlertBook.self)
    context.stream = try container.decode(StreamLedger.self)
    context.changes.insert(.all)
    try fleet.check()
    try kitchen.restore()
    try context.stream.restore()
  }
}

extension EventKind {
  /// The part of the board the event concerns.
  package var world: World {
    switch self {
    case .mandateSnapshot, .mandatePointActivated, .mandateViolationOpened,
      .mandateViolationResolved, .patternExpired, .agentSnapshot, .agentStarted, .agentState,
      .agentStopped, .agentLost, .agentToolStarted, .agentToolFinished, .agentToolFailed,
      .agentUsage, .taskCreated, .taskState, .evidenceRequired, .evidenceProvided,
      .evidenceJudged, .evidenceStaled:
      .agents
    case .kitchenSnapshot, .orderCreated, .orderState, .orderCancelled, .ticketHeld, .ticketFired,
      .ticketStarted, .ticketBumped, .ticketRecalled, .ticketVoided, .ticketPriority, .itemAdded,
      .itemChanged, .itemVoided, .itemReady, .menuItem86, .menuRestored, .stationUpdated,
      .lockAcquired, .lockReleased, .tableState, .tableMerged, .tableSplit, .tableTransferred,
      .serverAssigned, .presenceSync, .presenceJoin, .presenceLeave, .voicePartial, .voiceFinal,
      .voiceFailed, .preferenceOffered, .preferenceAccepted, .preferenceOverridden:
      .kitchen
    case .alertRaised, .alertChanged, .streamConnected, .streamGap, .streamResynced,
      .streamHeartbeat, .streamUnmapped, .streamClosed:
      .stream
    }
  }
}

/// The catalogue of events Podium understands; the raw value is the name after the prefix.
///
/// A CloudEvents `type` is a reverse-DNS prefix and one of these names:
/// `com.example.kds.ticket.fired`. Any prefix is accepted.
package enum EventKind: String, Hashable, NumberedCase, Sendable {
  case mandateSnapshot = "mandate.snapshot"
  case mandatePointActivated = "mandate.point.activated"
  case mandateViolationOpened = "mandate.violation.opened"
  case mandateViolationResolved = "mandate.violation.resolved"
  case patternExpired = "pattern.expired"
  case agentSnapshot = "agent.snapshot"
  case agentStarted = "agent.started"
  case agentState = "agent.state"
  case agentStopped = "agent.stopped"
  case agentLost = "agent.lost"
  case agentToolStarted = "agent.tool.started"
  case agentToolFinished = "agent.tool.finished"
  case agentToolFailed = "agent.tool.failed"
  case agentUsage = "agent.usage"
  case taskCreated = "task.created"
  case taskState = "task.state"
  case evidenceRequired = "evidence.required"
  case evidenceProvided = "evidence.provided"
  case evidenceJudged = "evidence.judged"
  case evidenceStaled = "evidence.staled"
  case kitchenSnapshot = "kds.snapshot"
  case orderCreated = "kds.order.created"
  case orderState = "kds.order.state"
  case orderCancelled = "kds.order.cancelled"
  case ticketHeld = "kds.ticket.held"
  case ticketFired = "kds.ticket.fired"
  case ticketStarted = "kds.ticket.started"
  case ticketBumped = "kds.ticket.bumped"
  case ticketRecalled = "kds.ticket.recalled"
  case ticketVoided = "kds.ticket.voided"
  case ticketPriority = "kds.ticket.priority"
  case itemAdded = "kds.item.added"
  case itemChanged = "kds.item.changed"
  case itemVoided = "kds.item.voided"
  case itemReady = "kds.item.ready"
  case menuItem86 = "kds.menu.item86"
  case menuRestored = "kds.menu.restored"
  case stationUpdated = "kds.station.updated"
  case lockAcquired = "kds.lock.acquired"
  case lockReleased = "kds.lock.released"
  case tableState = "table.state"
  case tableMerged = "table.merged"
  case tableSplit = "table.split"
  case tableTransferred = "table.transferred"
  case serverAssigned = "server.assigned"
  case presenceSync = "presence.sync"
  case presenceJoin = "presence.join"
  case presenceLeave = "presence.leave"
  case voicePartial = "voice.partial"
  case voiceFinal = "voice.final"
  case voiceFailed = "voice.failed"
  case preferenceOffered = "preference.offered"
  case preferenceAccepted = "preference.accepted"
  case preferenceOverridden = "preference.overridden"
  case alertRaised = "alert.raised"
  case alertChanged = "alert.changed"
  case streamConnected = "stream.connected"
  case streamGap = "stream.gap"
  case streamResynced = "stream.resynced"
  case streamHeartbeat = "stream.heartbeat"
  case streamUnmapped = "stream.unmapped"
  case streamClosed = "stream.closed"

  /// Whether the event adds a fact of its own instead of replacing its subject's state.
  ///
  /// Such events are never late: a tool call that ended is counted whenever it is heard of.
  package var isAdditive: Bool {
    switch self {
    case .mandatePointActivated, .mandateViolationOpened, .mandateViolationResolved,
      .patternExpired, .agentToolStarted, .agentToolFinished, .agentToolFailed, .agentUsage,
      .streamConnected, .streamGap, .streamResynced, .streamHeartbeat, .streamUnmapped,
      .streamClosed:
      true
    default: false
    }
  }
}

/// What a CloudEvents `type` attribute means to us.
package enum EventType: Codable, Hashable, Sendable {
  /// A catalogue event.
  case known(EventKind)
  /// A type outside the catalogue, whole as received; it is counted and shown, never dropped.
  case unmapped(String)

  /// The catalogue name, or the whole type where it has none.
  package var name: String {
    switch self {
    case .known(let kind): kind.rawValue
    case .unmapped(let text): text
    }
  }
}

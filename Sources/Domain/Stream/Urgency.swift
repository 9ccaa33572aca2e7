/// How soon an event is applied when not all can be.
package enum Urgency: Int, Comparable, Sendable {
  /// Something is wrong: applied first, never dropped.
  case alert
  /// What happened to an order, a ticket, a table, a task or an agent: waits, and is never dropped.
  case order
  /// How something is at the moment; soon replaced by the next.
  case telemetry

  package static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
}

/// How two events of one kind about one subject become one.
package enum Coalescing: Hashable, Sendable {
  /// What the newer one says holds; what only the older one says stays.
  case replacing
  /// Its counts are increments: they are added up, so that no sum is lost.
  case adding
}

extension EventKind {
  /// How events of this kind coalesce; nil where each one matters by itself.
  ///
  /// Only kinds whose reducer keeps nothing of the older event once the newer one was applied, or
  /// that add it up. A state that something passes through (a ticket bumped, an agent that waits)
  /// starts clocks and raises alerts, and is never one of them.
  package var coalescing: Coalescing? {
    switch self {
    case .agentUsage: .adding
    case .stationUpdated, .presenceJoin, .presenceLeave, .voicePartial: .replacing
    case .mandateSnapshot, .mandatePointActivated, .mandateViolationOpened,
      .mandateViolationResolved, .patternExpired, .agentSnapshot, .agentStarted, .agentState,
      .agentStopped, .agentLost, .agentToolStarted, .agentToolFinished, .agentToolFailed,
      .taskCreated, .taskState, .evidenceRequired, .evidenceProvided, .evidenceJudged,
      .evidenceStaled, .kitchenSnapshot, .orderCreated, .orderState, .orderCancelled, .ticketHeld,
      .ticketFired, .ticketStarted, .ticketBumped, .ticketRecalled, .ticketVoided,
      .ticketPriority, .itemAdded, .itemChanged, .itemVoided, .itemReady, .menuItem86,
      .menuRestored, .lockAcquired, .lockReleased, .tableState, .tableMerged, .tableSplit,
      .tableTransferred, .serverAssigned, .presenceSync, .voiceFinal, .voiceFailed,
      .preferenceOffered, .preferenceAccepted, .preferenceOverridden, .alertRaised, .alertChanged,
      .streamConnected, .streamGap, .streamResynced, .streamHeartbeat, .streamUnmapped,
      .streamClosed:
      nil
    }
  }

  /// Its place among what waits.
  package var urgency: Urgency {
    if self == .alertRaised { return .alert }
    return coalescing == nil ? .order : .telemetry
  }

  /// Whether it replaces a whole collection, so that nothing may pass it.
  package var isSnapshot: Bool {
    switch self {
    case .agentSnapshot, .mandateSnapshot, .kitchenSnapshot, .presenceSync: true
    default: false
    }
  }

  /// Whether it makes good what was missed of its source.
  package var isResynchronising: Bool {
    switch self {
    case .agentSnapshot, .mandateSnapshot, .kitchenSnapshot, .streamResynced: true
    default: false
    }
  }

  /// The kinds that coalesce.
  package static let telemetry = allCases.filter { $0.coalescing != nil }
}

extension Event {
  /// Takes an older event of the same kind and subject into this one.
  package mutating func absorb(_ older: Event, by coalescing: Coalescing) {
    for entry in older.data.entries {
      guard let newer = data[entry.field] else {
        data[entry.field] = entry.value
        continue
      }
      guard coalescing == .adding else { continue }
      if let sum = Self.sum(entry.field, entry.value, newer) { data[entry.field] = sum }
    }
  }

  private static func sum(_ field: Field, _ left: FieldValue, _ right: FieldValue) -> FieldValue? {
    switch (field, left, right) {
    case (.tokensIn, .integer(let left), .integer(let right)),
      (.tokensOut, .integer(let left), .integer(let right)),
      (.tokensCache, .integer(let left), .integer(let right)):
      .integer(left.addingClamping(right))
    case (.cost, .number(let left), .number(let right)): .number(left + right)
    case (.cost, .integer(let left), .number(let right)): .number(Double(left) + right)
    case (.cost, .number(let left), .integer(let right)): .number(left + Double(right))
    case (.cost, .integer(let left), .integer(let right)): .integer(left.addingClamping(right))
    default: nil
    }
  }
}

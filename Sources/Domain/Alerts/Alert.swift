/// The conditions Podium raises an alert for.
package enum AlertCode: String, Comparable, Hashable, NumberedCase, Sendable {
  case allergenWarning = "ALLERGEN_WARNING"
  case clusterFailure = "CLUSTER_FAILURE"
  case evidenceFailed = "EVIDENCE_FAILED"
  case dietaryViolation = "DIETARY_VIOLATION"
  case kdsSyncError = "KDS_SYNC_ERROR"
  case lowCompliance = "LOW_COMPLIANCE"
  case mandateViolation = "MANDATE_VIOLATION"
  case agentStalled = "AGENT_STALLED"
  case orderUnrouted = "ORDER_UNROUTED"
  case streamGap = "STREAM_GAP"
  case stationOverload = "STATION_OVERLOAD"
  case kitchenOverload = "KITCHEN_OVERLOAD"
  case orderTimeout = "ORDER_TIMEOUT"
  case tableOvercapacity = "TABLE_OVERCAPACITY"
  case duplicateOrder = "DUPLICATE_ORDER"
  case patternDegradation = "PATTERN_DEGRADATION"
  case ticketLate = "TICKET_LATE"
  case agentWaiting = "AGENT_WAITING"
  case chainBlocked = "CHAIN_BLOCKED"
  case filterMatchesNothing = "FILTER_MATCHES_NOTHING"
  case rushSpike = "RUSH_SPIKE"
  case prepAnomaly = "PREP_ANOMALY"
  case agentOrphan = "AGENT_ORPHAN"
  case unmappedStatus = "UNMAPPED_STATUS"

  /// 5 is the worst.
  package var severity: Int {
    switch self {
    case .allergenWarning, .clusterFailure, .evidenceFailed: 5
    case .dietaryViolation, .kdsSyncError, .lowCompliance, .mandateViolation, .agentStalled,
      .orderUnrouted, .streamGap:
      4
    case .stationOverload, .kitchenOverload, .orderTimeout, .tableOvercapacity, .duplicateOrder,
      .patternDegradation, .ticketLate, .agentWaiting, .chainBlocked, .filterMatchesNothing:
      3
    case .rushSpike, .prepAnomaly, .agentOrphan, .unmappedStatus: 2
    }
  }

  package static func < (left: AlertCode, right: AlertCode) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The world the alert belongs to.
  package var world: World {
    switch self {
    case .clusterFailure, .evidenceFailed, .lowCompliance, .mandateViolation, .agentStalled,
      .patternDegradation, .agentWaiting, .chainBlocked, .agentOrphan:
      .agents
    case .allergenWarning, .dietaryViolation, .kdsSyncError, .orderUnrouted, .stationOverload,
      .kitchenOverload, .orderTimeout, .tableOvercapacity, .duplicateOrder, .ticketLate,
      .rushSpike, .prepAnomaly:
      .kitchen
    case .streamGap, .filterMatchesNothing, .unmappedStatus: .stream
    }
  }
}

/// Which part of the board something concerns.
package enum World: Hashable, NumberedCase, Sendable {
  case agents, kitchen, stream
}

/// The life of an alert.
package enum AlertState: String, Hashable, NumberedCase, Sendable {
  case open, investigating, resolved
  case falsePositive = "false_positive"
  case ignored

  /// Whether it still asks for attention.
  package var isOpen: Bool { self == .open || self == .investigating }
}

/// One alert: at most one a code and subject.
package struct Alert: Codable, Equatable, Sendable {
  /// What an alert is about; two alerts never share it.
  package struct Key: Codable, Hashable, Sendable {
    /// The condition's code: ours, or one that an `alert.raised` event named.
    package let code: String
    /// The entity it concerns.
    package let subject: String

    /// What an alert is about.
    package init(code: String, subject: String) {
      self.code = code
      self.subject = subject
    }
  }

  package let key: Key
  /// 1-5, 5 the worst.
  package var severity: Int
  package let world: World
  /// What is the matter, in a few words.
  package var text: String
  package var state: AlertState
  /// Whether an event told of it or Podium found it.
  package let basis: Basis
  /// When the condition was first true in this run of it.
  package var raisedAt: Timestamp
  /// When it was last found true.
  package var lastAt: Timestamp
  /// How often it was found true.
  package var count: Int
  /// Since when the condition has been false; it clears 30 s later.
  package var falseSince: Timestamp?
  /// When it cleared or someone closed it; nil while it is open.
  package var closedAt: Timestamp?
  /// The events it came from, newest last (at most 8).
  package var causes: [String]
}

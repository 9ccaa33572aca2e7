/// The four clusters of mandates.
package enum Cluster: Int, Hashable, NumberedCase, Sendable {
  case coreMethodology, researchAndPreparation, workflowAutomation, intelligenceAmplification

  /// The mandates of the cluster by number.
  package var numbers: ClosedRange<Int> { rawValue * 4 + 1...rawValue * 4 + 4 }

  /// The cluster of a mandate number, nil outside 1-16.
  package init?(mandate number: Int) {
    guard (1...16).contains(number) else { return nil }
    self.init(rawValue: (number - 1) / 4)
  }

  /// The name a person reads.
  package var title: String {
    switch self {
    case .coreMethodology: "Core methodology"
    case .researchAndPreparation: "Research & prep"
    case .workflowAutomation: "Workflow automation"
    case .intelligenceAmplification: "Intelligence ampl."
    }
  }

  /// The name in eight columns.
  package var shortTitle: String {
    switch self {
    case .coreMethodology: "CORE"
    case .researchAndPreparation: "RESEARCH"
    case .workflowAutomation: "WORKFLOW"
    case .intelligenceAmplification: "INTELL"
    }
  }
}

/// How binding a mandate is.
package enum MandateWeight: String, Hashable, NumberedCase, Sendable {
  case critical = "CRITICAL"
  case mandatory = "MANDATORY"
  case automated = "AUTOMATED"
  case intelligent = "INTELLIGENT"
}

/// A point at which a mandate is satisfied or violated.
package struct TrackingPoint: Codable, Equatable, Sendable {
  /// The point's id within its mandate, as events name it.
  package let id: String
  /// Activations in the window that satisfied the point.
  package var satisfied: Int = 0
  /// Activations in the window that violated it.
  package var violated: Int = 0
  /// When the point was last activated, nil when never.
  package var lastAt: Timestamp?
}

/// One violation of a mandate.
package struct Violation: Codable, Equatable, Sendable {
  /// The violation's id; the opening event's id when the event names none.
  package let id: String
  /// The type, such as `DIRECT_WORK`.
  package let type: String
  /// The agent that caused it, if said.
  package let agent: String?
  /// The rule that found it, if said.
  package let ruleID: String?
  /// When it was opened.
  package let at: Timestamp
  /// When it was resolved, nil while it is open.
  package var resolvedAt: Timestamp?
  /// The events it came from.
  package let causes: [String]
}

/// What became of an activated tracking point.
package enum PointOutcome: String, Hashable, NumberedCase, Sendable {
  /// Touched, not judged: it counts in no rate.
  case activated
  case satisfied, violated
  /// Nothing followed it.
  case expired
}

/// One activation of a tracking point.
package struct PatternActivation: Codable, Equatable, Sendable {
  /// The id of the event that told of it.
  package let id: String
  /// When it happened.
  package let at: Timestamp
  package let cluster: Cluster
  /// The mandate's key.
  package let mandate: String
  /// The id of the tracking point.
  package let point: String
  /// The agent it concerns, if said.
  package let agent: String?
  package let outcome: PointOutcome
  /// Which activation of this point of this mandate it is, counted from 1.
  package let number: Int

  /// Whether the point was violated.
  package var isViolation: Bool { outcome == .violated }
}

/// How a cluster stands in the 15-minute window.
package struct ClusterStanding: Equatable, Sendable {
  package let cluster: Cluster
  /// Satisfied and violated activations of its mandates.
  package var satisfied = 0, violated = 0
  /// How many of its mandates stand how; the five add up to four.
  package var ok = 0, warn = 0, critical = 0, lowCount = 0, neverSeen = 0

  /// Activations in the window.
  package var observed: Int { satisfied + violated }
  /// Satisfied of observed, 0-1; nil when nothing was observed.
  package var rate: Double? { observed > 0 ? Double(satisfied) / Double(observed) : nil }
  /// Half of its mandates are critical.
  package var hasFailed: Bool { critical * 2 >= 4 }
}

/// How often one type of violation is open.
package struct ViolationCount: Equatable, Sendable {
  /// The type, such as `DIRECT_WORK`.
  package let type: String
  package let count: Int
}

/// The standing of a mandate in the 15-minute window.
package enum MandateStatus: Hashable, Sendable {
  /// No activation was ever seen: shown as `--`, neither 0 nor 100 %.
  case neverSeen
  /// Fewer than five activations in the window: the rate is shown but not judged.
  case lowCount
  case ok, warn, critical
}

/// One of the sixteen mandates and what is known of its observance.
package struct Mandate: Codable, Equatable, Sendable {
  /// The number, 1-16.
  package let number: Int
  /// The key events use, such as `todowrite`.
  package let key: String
  /// The name a person reads.
  package let name: String
  /// How binding it is.
  package let weight: MandateWeight
  /// The tracking points: the four of the catalogue, then any others that events named
  /// (at most 16).
  package var points: [TrackingPoint]
  /// Satisfied activations in the window.
  package var satisfied: Int = 0
  /// Violated activations in the window.
  package var violated: Int = 0
  /// The rate of the window before this one, nil when it had fewer than five activations.
  package var previousRate: Double?
  /// When the mandate was first seen, nil when never.
  package var firstSeen: Timestamp?
  /// When an event last concerned it.
  package var lastEventAt: Timestamp?
  /// The newest violations, open or resolved, oldest first (at most 32).
  package var violations: [Violation] = []

  /// A mandate of which nothing has been seen.
  package init(number: Int, key: String, name: String, weight: MandateWeight, points: [String]) {
    self.number = number
    self.key = key
    self.name = name
    self.weight = weight
    self.points = points.map { TrackingPoint(id: $0) }
  }

  /// The name in at most twelve columns.
  package var shortName: String {
    switch key {
    case "deploy": "Agent Deploy"
    case "evidence": "Evidence Val"
    case "quality": "Quality Std"
    case "git": "Git Integr"
    case "framework": "Framework Up"
    case "assurance": "Quality Asr"
    case "optimization": "Optimization"
    default: name
    }
  }

  /// The cluster it belongs to.
  package var cluster: Cluster { Cluster(mandate: number) ?? .coreMethodology }

  /// Activations in the window.
  package var observed: Int { satisfied + violated }

  /// Satisfied of observed in the window, 0-1; nil when nothing was observed.
  package var rate: Double? {
    observed > 0 ? Double(satisfied) / Double(observed) : nil
  }

  /// The standing: active from 95 %, warning from 80 %.
  package var status: MandateStatus {
    guard firstSeen != nil else { return .neverSeen }
    guard let rate, observed >= 5 else { return .lowCount }
    if rate >= 0.95 { return .ok }
    return rate >= 0.80 ? .warn : .critical
  }

  /// How far the rate fell below the window before, in points; nil when either is unknown.
  package var dropInPoints: Double? {
    guard let rate, let previousRate, observed >= 5 else { return nil }
    return (previousRate - rate) * 100
  }
}

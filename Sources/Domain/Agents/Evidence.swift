/// What stands behind a claim, weakest first.
package enum EvidenceGrade: Int, Comparable, Hashable, NumberedCase, Sendable {
  case selfReport, reportedCheck, exitCode, continuousIntegration

  /// The grade events name; nil for an unknown word.
  package init?(_ text: String) {
    switch text.lowercased() {
    case "self", "self-report", "selfreport", "self_report": self = .selfReport
    case "reported", "reported-check", "reportedcheck", "reported_check": self = .reportedCheck
    case "exit", "exit-code", "exitcode", "exit_code", "hook": self = .exitCode
    case "ci": self = .continuousIntegration
    default: return nil
    }
  }

  /// The word events use for it.
  var word: String {
    switch self {
    case .selfReport: "self"
    case .reportedCheck: "reported"
    case .exitCode: "exit-code"
    case .continuousIntegration: "ci"
    }
  }

  package static func < (left: EvidenceGrade, right: EvidenceGrade) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What a missing or failed piece of evidence prevents.
package enum EvidenceGate: String, Hashable, NumberedCase, Sendable {
  case blocking = "BLOCKING"
  case warning = "WARNING"
  case advisory = "ADVISORY"
}

/// How a claim stands, in the order in which claims are listed.
package enum EvidenceState: String, Hashable, NumberedCase, Sendable {
  case fail, stale, required, provided, pass, waived

  /// The place of the state in that order.
  var place: Int {
    switch self {
    case .fail: 0
    case .stale: 1
    case .required: 2
    case .provided: 3
    case .pass: 4
    case .waived: 5
    }
  }

  /// Whether the claim is still to be proven.
  package var isOpen: Bool {
    switch self {
    case .fail, .stale, .required, .provided: true
    case .pass, .waived: false
    }
  }
}

/// A claim and its proof.
package struct Evidence: Codable, Equatable, Sendable {
  package let id: String
  package let source: String
  package let firstSeen: Timestamp
  package var lastEventAt: Timestamp
  package var claim: String
  package var agent: String?
  package var task: String?
  /// test, demo, measurement, source, behaviour or benchmark.
  package var type: String?
  package var isMandatory = false
  package var gate: EvidenceGate = .advisory
  /// Nil until proof was provided.
  package var grade: EvidenceGrade?
  package var state: EvidenceState
  package var basis: Basis
  /// Where the proof is, or what it printed.
  package var proof: String?
  /// The exit code of the check, where it has one.
  package var exit: Int64?
  /// When the state was reached.
  package var stateSince: Timestamp

  /// Whether a task that claims to be done must wait for it.
  package var holdsTaskBack: Bool { state.isOpen && (isMandatory || gate == .blocking) }
}

// By hand, in the order of its properties: a fleet has thousands.
extension Evidence {
  package init(from decoder: any Decoder) throws {
    let reader = try decoder.stateReader()
    id = try reader.readText()
    source = try reader.readText()
    firstSeen = try reader.readMoment()
    lastEventAt = try reader.readMoment()
    claim = try reader.readText()
    agent = try reader.readOptionalText()
    task = try reader.readOptionalText()
    type = try reader.readOptionalText()
    isMandatory = try reader.readFlag()
    gate = try reader.readCase()
    grade = try reader.readOptional { try reader.readCase() }
    state = try reader.readCase()
    basis = try reader.readCase()
    proof = try reader.readOptionalText()
    exit = try reader.readOptionalNumber()
    stateSince = try reader.readMoment()
  }
}

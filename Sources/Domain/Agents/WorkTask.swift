/// The states of a task.
package enum TaskState: String, Hashable, NumberedCase, Sendable {
  case pending, inProgress = "in_progress", review, completed, failed, cancelled, rejected

  /// Whether nothing more will happen to it.
  package var isTerminal: Bool {
    switch self {
    case .completed, .failed, .cancelled, .rejected: true
    case .pending, .inProgress, .review: false
    }
  }
}

/// A unit of work that agents take on. (`Task` is the language's own.)
package struct WorkTask: Codable, Equatable, Sendable {
  package let id: String
  // What nearly every event reads or writes lies together: with many tasks a change costs the
  // cache lines it touches.
  /// How many of `dependsOn` are not completed; above 0 the task is blocked.
  package var openDependencies = 0
  package var lastEventAt: Timestamp
  package var title: String
  package var owner: String?
  package var stateSince: Timestamp
  package var state: TaskState
  package var basis: Basis
  /// Whether it was said to be done; it is in `review` while evidence it owes is open.
  package var claimsDone = false
  /// How many pieces of evidence hold it back (at most 64).
  package var openEvidence: Int8 = 0
  /// Since when it has been blocked.
  package var blockedSince: Timestamp?
  /// Ids of the tasks it waits for (at most 64).
  package var dependsOn: [String] = []
  /// Ids of the evidence it owes (at most 64).
  package var evidence: [String] = []
  package let source: String
  package let firstSeen: Timestamp

  /// Whether it waits for another task.
  package var isBlocked: Bool { openDependencies > 0 && !state.isTerminal }
}

extension WorkTask {
  /// The group it is listed in.
  package var rank: TaskRank {
    if isBlocked { return .blocked }
    switch state {
    case .review: return .review
    case .inProgress: return .inProgress
    case .pending: return .pending
    case .failed, .rejected: return .failed
    case .completed, .cancelled: return .done
    }
  }
}

extension TaskState {
  /// The state a word names: ours, or one of the A2A protocol; nil for an unknown word.
  package init?(word: String) {
    switch word {
    case "pending", "submitted": self = .pending
    case "in_progress", "working", "input-required", "auth-required": self = .inProgress
    case "review": self = .review
    case "completed": self = .completed
    case "failed": self = .failed
    case "cancelled", "canceled": self = .cancelled
    case "rejected": self = .rejected
    default: return nil
    }
  }
}

/// The groups in which tasks are counted.
package enum TaskRank: Int, CaseIterable, Comparable, Hashable, Sendable {
  case blocked, review, inProgress, pending, failed, done

  /// The section in which tasks of the rank are listed: blocked, open, failed, done. Open tasks
  /// share one, so that rows do not jump each time a task is taken up or handed in.
  package var section: Int {
    switch self {
    case .blocked: 0
    case .review, .inProgress, .pending: 1
    case .failed: 2
    case .done: 3
    }
  }

  /// How many sections there are.
  package static let sectionCount = 4

  package static func < (left: TaskRank, right: TaskRank) -> Bool { left.rawValue < right.rawValue }
}

// By hand, in the order of its properties: a fleet has thousands.
extension WorkTask {
  package init(from decoder: any Decoder) throws {
    let reader = try decoder.stateReader()
    id = try reader.readText()
    openDependencies = try reader.readInt()
    lastEventAt = try reader.readMoment()
    title = try reader.readText()
    owner = try reader.readOptionalText()
    stateSince = try reader.readMoment()
    state = try reader.readCase()
    basis = try reader.readCase()
    claimsDone = try reader.readFlag()
    openEvidence = Int8(clamping: try reader.readNumber())
    blockedSince = try reader.readOptionalMoment()
    dependsOn = try reader.readTexts()
    evidence = try reader.readTexts()
    source = try reader.readText()
    firstSeen = try reader.readMoment()
  }
}

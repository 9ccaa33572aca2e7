/// The states of a task.
package enum TaskState: String, CaseIterable, Hashable, Sendable {
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
package struct WorkTask: Equatable, Sendable {
  package let id: String
  package let source: String
  package let firstSeen: Timestamp
  package var lastEventAt: Timestamp
  package var title: String
  package var owner: String?
  package var state: TaskState
  package var basis: Basis
  package var stateSince: Timestamp
  /// Ids of the tasks it waits for (at most 64).
  package var dependsOn: [String] = []
  /// Ids of the evidence it owes (at most 64).
  package var evidence: [String] = []
  /// How many of `dependsOn` are not completed; above 0 the task is blocked.
  package var openDependencies = 0
  /// Since when it has been blocked.
  package var blockedSince: Timestamp?

  /// Whether it waits for another task.
  package var isBlocked: Bool { openDependencies > 0 && !state.isTerminal }
}

/// The groups in which tasks are listed, in this order.
package enum TaskRank: Int, CaseIterable, Comparable, Hashable, Sendable {
  case blocked, review, inProgress, pending, failed, done

  package static func < (left: TaskRank, right: TaskRank) -> Bool { left.rawValue < right.rawValue }
}

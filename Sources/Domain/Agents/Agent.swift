/// What an agent waits for.
package enum AgentWait: String, Hashable, NumberedCase, Sendable {
  case permission, input
}

/// The life of an agent.
package enum AgentState: Hashable, Sendable {
  case queued, starting, working
  case waiting(AgentWait)
  case idle, completed, failed, cancelled
  /// Events came under an id whose start was never seen.
  case unknown

  /// Whether the agent will do nothing more.
  package var isTerminal: Bool {
    switch self {
    case .completed, .failed, .cancelled: true
    case .queued, .starting, .working, .waiting, .idle, .unknown: false
    }
  }
}

/// How long an agent that should be working has been silent.
package enum Silence: Int, Comparable, Hashable, NumberedCase, Sendable {
  case none
  /// 60 s.
  case quiet
  /// 300 s.
  case warn
  /// 600 s: stalled.
  case stalled

  package static func < (left: Silence, right: Silence) -> Bool { left.rawValue < right.rawValue }
}

/// A tool call of an agent.
package struct ToolCall: Codable, Equatable, Sendable {
  /// How it ended, if it did.
  package enum Outcome: Equatable, Sendable {
    case running
    /// With the exit code, where the tool has one.
    case finished(exit: Int64?)
    /// With what went wrong.
    case failed(String?)
  }

  /// The `toolUseId` that pairs start and end; the starting event's id when none was sent.
  package let id: String
  /// The tool's name.
  package let tool: String
  /// What it does, in the source's words.
  package let summary: String?
  /// When it started; when it ended, for a call whose start was not seen.
  package let startedAt: Timestamp
  /// When it ended.
  package var endedAt: Timestamp?
  /// How it stands.
  package var outcome: Outcome
  /// The duration the source measured, in milliseconds.
  package var milliseconds: Int64?
}

/// Tokens and cost, as far as events told; nil means never told.
package struct Usage: Codable, Equatable, Sendable {
  /// Input, output and cached input tokens.
  package var input: Int64?, output: Int64?, cached: Int64?
  /// Cost in US dollars.
  package var cost: Double?

  /// Nothing told.
  package init() {}

  /// Input and output together, nil when neither was told.
  package var total: Int64? {
    guard input != nil || output != nil else { return nil }
    return (input ?? 0) &+ (output ?? 0)
  }
}

/// A software agent.
package struct Agent: Codable, Equatable, Sendable {
  package let id: String
  /// The CloudEvents source that told of it first.
  package let source: String
  /// Arrival of the first event about it.
  package let firstSeen: Timestamp
  /// Origin time of its start, if a start was seen.
  package var startedAt: Timestamp?
  /// Origin time of its newest event.
  package var lastEventAt: Timestamp
  /// When it reached a terminal state.
  package var endedAt: Timestamp?
  package var parent: String?
  package var session: String?
  package var type: String?
  package var model: String?
  package var permissionMode: String?
  package var cwd: String?
  package var task: String?
  package var state: AgentState
  /// Whether `state` was told or concluded.
  package var basis: Basis
  /// Why it is in this state, in the source's words or ours.
  package var reason: String?
  package var silence: Silence = .none
  /// Since when it has been in `state`.
  package var stateSince: Timestamp
  package var usage = Usage()
  /// The newest tool calls, oldest first (at most 20); running ones are never dropped first.
  package var calls: [ToolCall] = []
  /// How many calls started, and how many of them failed.
  package var callCount = 0, failedCallCount = 0
  /// Depth below its root, at most `AgentTree.heightBound`: 0 for a root.
  package var depth = 0

  /// The newest call still running.
  package var runningCall: ToolCall? { calls.last { $0.outcome == .running } }
  /// An agent of which no start was seen, without a parent.
  package var isOrphan: Bool { startedAt == nil && basis == .inferred && parent == nil }
}

extension Agent {
  /// The group it is listed in.
  package var rank: AgentRank {
    switch state {
    case .waiting: .waiting
    case .failed: .failed
    case .queued, .starting: .working
    case .working: silence == .stalled ? .stalled : .working
    case .idle: .idle
    case .unknown: .orphan
    case .completed, .cancelled: .done
    }
  }
}

/// The groups in which agents are listed, in this order.
package enum AgentRank: Int, Comparable, Hashable, NumberedCase, Sendable {
  case stalled, waiting, failed, working, idle, orphan, done

  package static func < (left: AgentRank, right: AgentRank) -> Bool {
    left.rawValue < right.rawValue
  }
}

import Domain

/// What the decoder remembers of an agent, to tell only what changed.
struct AgentRecord: Codable, Sendable {
  /// Where the agent stands.
  enum Standing: Codable, Equatable, Sendable {
    case started, working, idle
    /// For a permission or an input, until that tool call ends; nil: until the agent does anything.
    case waiting(call: String?)
    /// At the time of the row that said so.
    case stopped(at: Timestamp?)
  }

  /// What does not change from event to event.
  struct Facts: Codable, Equatable, Sendable {
    var parent: String?
    var type: String?
    var model: String?
    var permissionMode: String?
  }

  let id: String
  var standing = Standing.started
  var facts = Facts()
  /// Time of the newest event told about the agent.
  var lastToldAt: Timestamp?

  init(id: String) {
    self.id = id
  }

  /// Claude Code's own helper agents (`acompact-70d8e7`) name their purpose in their id. Nobody waits
  /// for their result, so they are over with their answer.
  var purpose: String? {
    guard id.hasPrefix("a"), let dash = id.lastIndex(of: "-") else { return nil }
    let word = id[id.index(after: id.startIndex)..<dash]
    return word.isEmpty ? nil : String(word)
  }

  /// Whether a row of that time is newer than the agent's end.
  func isOver(at time: Timestamp?) -> Bool {
    guard case .stopped(let end) = standing else { return false }
    guard purpose == nil, let end, let time else { return true }
    return time <= end
  }
}

/// A Task call that has no result yet: the start of a sub-agent.
struct TaskCall: Codable, Sendable {
  let id: String
  /// The agent that made the call.
  let parent: String
  let type: String?
  let description: String?
  /// The start of the prompt, by which the sub-agent's own first row is recognised.
  let prompt: String
  /// The sub-agent, once known.
  var agent: String?
}

/// A tool call that has no result yet.
struct OpenCall: Codable, Sendable {
  let agent: String
  let tool: String
  let row: String
  let startedAt: Timestamp?
  let summary: String?
  /// Bash: the start of the command.
  let command: String?
  /// Edit and Write: the file.
  let file: String?
  /// TaskCreate and TaskUpdate: what they ask for.
  let change: TaskChange?
}

import Domain

// The parts of a transcript row that events are made of. Their texts are slices of the line and
// valid only while it is being read, so nothing of a row may be kept.

/// One row of a transcript.
struct TranscriptRow {
  var type: JSONString?
  var subtype: JSONString?
  var uuid: JSONString?
  var parentUUID: JSONString?
  var session: JSONString?
  /// The sub-agent that wrote the row; absent in rows of the session's main agent.
  var agent: JSONString?
  var cwd: JSONString?
  var permissionMode: JSONString?
  /// The tool call a progress row reports on.
  var parentToolUse: JSONString?
  /// The text of a system or queue row.
  var content: JSONString?
  var time: Timestamp?
  var isSidechain = false
  /// Written by Claude Code itself, not by the user or the model.
  var isMeta = false
  var isCompactSummary = false
  var isAPIError = false
  var message: TranscriptMessage?
  var progress: TranscriptProgress?
  var outcome = ToolOutcome()
}

/// The `message` of a user or assistant row: what the API was sent or answered.
struct TranscriptMessage {
  var id: JSONString?
  var model: JSONString?
  var stopReason: JSONString?
  var usage: TokenCounts?
  /// The first text of the content.
  var text: JSONString?
  var uses: [ToolUse] = []
  var results: [ToolResult] = []
}

/// Token counts of one API message. They grow from row to row while the message is streamed.
struct TokenCounts: Codable, Equatable, Sendable {
  /// Input that was not read from the cache: fresh input and input written to the cache.
  var input: Int64 = 0
  var output: Int64 = 0
  /// Input read from the cache.
  var cached: Int64 = 0
}

/// A `tool_use` block.
struct ToolUse {
  var id: JSONString?
  var name: JSONString?
  var input = ToolInput()
}

/// The members of a tool's input that are texts, and the lists that make tasks.
struct ToolInput {
  /// Bound on `texts`; the tools known have fewer than ten members.
  static let memberBound = 32

  var texts: [(name: JSONString, value: JSONString)] = []
  var todos: [TodoItem] = []
  var blockedBy: [JSONString] = []

  /// The text of a member, if it is one.
  subscript(name: StaticString) -> JSONString? {
    texts.first { $0.name.equals(name) }?.value
  }
}

/// One entry of a TodoWrite list.
struct TodoItem {
  var content: JSONString?
  var status: JSONString?
}

/// A `tool_result` block.
struct ToolResult {
  var id: JSONString?
  var isError = false
  /// The first text of the result.
  var text: JSONString?
  /// Bytes of all texts of the result.
  var bytes: Int64 = 0
}

/// What `toolUseResult` says beside the text that the model reads.
struct ToolOutcome {
  var status: JSONString?
  /// The sub-agent that a Task call started.
  var agent: JSONString?
  /// The task that a TaskCreate or TaskUpdate call concerned.
  var task: JSONString?
  var taskSubject: JSONString?
  /// The state that a TaskUpdate call led to.
  var taskState: JSONString?
  var milliseconds: Int64?
  var isInterrupted = false
  /// The command goes on in the background and has no exit code yet.
  var isInBackground = false
}

/// The `data` of a progress row.
struct TranscriptProgress {
  var type: JSONString?
  var agent: JSONString?
  var hookEvent: JSONString?
  var hookName: JSONString?
  /// The sub-agent's own row inside an `agent_progress` row; at most one.
  var rows: [TranscriptRow] = []
}

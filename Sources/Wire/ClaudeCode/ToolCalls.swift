import Domain

/// The tools that mean more than their call.
enum ToolNames {
  /// Start a sub-agent.
  static let delegating: Set<String> = ["Task", "Agent"]
  /// Change files.
  static let editing: Set<String> = ["Edit", "Write", "MultiEdit", "NotebookEdit"]
  /// Write a plan of work.
  static let planning: Set<String> = ["TodoWrite", "TaskCreate"]
  /// Read documentation outside the project, beside every MCP tool.
  static let reading: Set<String> = ["WebFetch", "WebSearch"]
}

/// How a tool call ended.
struct CallEnd {
  /// The exit code of a command, where one is known.
  let exit: Int64?
  /// What the source measured, else the time between the two rows; nil where that is negative.
  let milliseconds: Int64?
  /// Bytes of the result.
  let bytes: Int64?
  /// What went wrong; nil for a success.
  let error: String?

  init(_ result: ToolResult, _ outcome: ToolOutcome, of call: OpenCall, at time: Timestamp?) {
    let failure = result.text?.exitCode
    let isCommand = call.command != nil
    if result.isError {
      exit = failure
      error = result.text?.failure ?? "failed"
    } else if outcome.isInterrupted {
      exit = nil
      error = "interrupted"
    } else {
      // A command whose result is no error ended with 0; one in the background has not ended.
      exit = isCommand && !outcome.isInBackground ? 0 : nil
      error = nil
    }
    milliseconds = outcome.milliseconds ?? Self.milliseconds(from: call.startedAt, to: time)
    bytes = result.bytes
  }

  init(interrupted call: OpenCall, at time: Timestamp?) {
    exit = nil
    milliseconds = Self.milliseconds(from: call.startedAt, to: time)
    bytes = nil
    error = "interrupted by user"
  }

  private static func milliseconds(from start: Timestamp?, to end: Timestamp?) -> Int64? {
    guard let start, let end, end >= start else { return nil }
    return (end - start).microseconds / 1_000
  }
}

extension JSONString {
  /// What went wrong, in one line: the first, or the one below a bare `Exit code 1`.
  fileprivate var failure: String {
    guard exitCode != nil else { return firstLine() }
    let lines = head(limit: 240).split(whereSeparator: \.isNewline)
    return String(lines.dropFirst().first ?? lines.first ?? "").prefix(bytes: 120)
  }
}

extension ToolInput {
  /// What the call is about, in one line of at most 120 bytes: the member that tells it best.
  var summary: String? {
    if let task = self["taskId"] {
      return "\(task.string) \(self["status"]?.string ?? "")".prefix(bytes: 120)
    }
    let best =
      self["command"] ?? namedFile ?? self["pattern"] ?? self["query"] ?? self["url"]
      ?? self["subject"] ?? self["description"] ?? self["skill"] ?? texts.first?.value
    if let best { return best.firstLine() }
    return todos.isEmpty ? nil : "\(todos.count) items"
  }

  private var namedFile: JSONString? { self["file_path"] ?? self["notebook_path"] }

  /// The file the call names.
  var file: String? { namedFile?.firstLine(limit: 1_024) }
}

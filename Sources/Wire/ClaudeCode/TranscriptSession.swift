import Domain

/// The reducer from rows to events: who the agents are, what runs, what was told already.
struct TranscriptSession: Codable, Sendable {
  /// The row types of which something is known.
  enum RowType: Sendable {
    case user, assistant, progress, system, queue
    /// Book-keeping of Claude Code that says nothing about agents.
    case silent

    init?(_ type: String) {
      switch type {
      case "user": self = .user
      case "assistant": self = .assistant
      case "progress": self = .progress
      case "system": self = .system
      case "queue-operation": self = .queue
      case "summary", "file-history-snapshot", "custom-title", "ai-title", "last-prompt",
        "agent-name", "agent-setting", "agent-color", "tag", "mode", "permission-mode", "pr-link",
        "worktree-state", "attachment", "saved_hook_context", "content-replacement":
        self = .silent
      default: return nil
      }
    }
  }

  var agents = RecentTable<AgentRecord>(bound: 4_096)
  var calls = RecentTable<OpenCall>(bound: 4_096)
  /// Ids of the tool calls whose start was told.
  var toldCalls = RecentTable<Bool>(bound: 65_536)
  /// Highest token counts told of a message.
  var usage = RecentTable<TokenCounts>(bound: 16_384)
  /// Task calls without a result, oldest first (at most 256).
  var taskCalls: [TaskCall] = []
  /// The agents of side-chain rows that older versions wrote without `agentId`.
  var sidechains = RecentTable<String>(bound: 16_384)
  var tasks = TranscriptTasks()
  var evidence = EvidenceRules()
  var mandates = MandateRules()
  private var missing: String?

  /// Applies one row and adds what it tells.
  mutating func apply(
    _ row: TranscriptRow, _ type: RowType, to events: inout RowEvents,
    seen: inout RecentTable<Bool>
  ) {
    switch type {
    case .user, .assistant:
      guard let message = row.message else {
        missing = "message"
        return
      }
      let agent = identify(row, events.origin, row: events.row)
      apply(row, message, type, of: agent, call: nil, to: &events)
    case .progress: applyProgress(row, to: &events, seen: &seen)
    case .system: applySystem(row, to: &events)
    case .queue: if let content = row.content { applyNotification(content, to: &events) }
    case .silent: break
    }
  }

  /// The member that the last row lacked, if any.
  mutating func takeMissing() -> String? {
    defer { missing = nil }
    return missing
  }

  /// A message of an agent; `call` is the Task call that started it, where the row says so.
  private mutating func apply(
    _ row: TranscriptRow, _ message: TranscriptMessage, _ type: RowType, of agent: String,
    call: String?, to events: inout RowEvents
  ) {
    meet(agent, row, message, call: call, to: &events)
    if type == .assistant {
      applyAnswer(row, message, of: agent, to: &events)
    } else {
      applyInput(row, message, of: agent, to: &events)
    }
  }

  /// What the model answered.
  private mutating func applyAnswer(
    _ row: TranscriptRow, _ message: TranscriptMessage, of agent: String,
    to events: inout RowEvents
  ) {
    count(message, of: agent, to: &events)
    act(agent, to: &events)
    for use in message.uses { start(use, of: agent, to: &events) }
    if row.isAPIError {
      turn(agent, to: .idle, reason: message.text?.firstLine() ?? "API error", &events)
    } else if message.stopReason?.equals("end_turn") == true, message.uses.isEmpty {
      endTurn(agent, to: &events)
    }
    if let record = agents[agent], record.purpose != nil, message.text != nil {
      stop(agent, state: "completed", reason: nil, basis: .inferred, to: &events)
    }
  }

  /// What the model was given: tool results, or a person's words.
  private mutating func applyInput(
    _ row: TranscriptRow, _ message: TranscriptMessage, of agent: String,
    to events: inout RowEvents
  ) {
    for result in message.results { finish(result, row.outcome, of: agent, to: &events) }
    guard let text = message.text, message.results.isEmpty, !row.isMeta,
      !row.isCompactSummary
    else { return }
    if text.starts(with: "[Request interrupted by user") {
      return interrupt(agent, to: &events)
    }
    // Commands of the terminal itself (`/mcp`) and what they print are no work.
    if text.starts(with: "<local-command") || text.starts(with: "<command-name>") { return }
    if text.starts(with: "<task-notification>") { applyNotification(text, to: &events) }
    mandates.promptGiven(to: agent)
    release(agent)
    act(agent, to: &events)
  }

  /// Progress rows: a sub-agent's own row, or a sign of life.
  private mutating func applyProgress(
    _ row: TranscriptRow, to events: inout RowEvents, seen: inout RecentTable<Bool>
  ) {
    guard let progress = row.progress else {
      missing = "data"
      return
    }
    let watcher = identify(row, events.origin, row: events.row)
    meet(watcher, row, nil, call: nil, to: &events)
    if progress.type?.equals("hook_progress") == true { applyHook(progress, of: watcher, &events) }
    showLife(watcher, to: &events)
    guard let agent = progress.agent?.string else { return }
    guard let nested = progress.rows.first, let message = nested.message else {
      return showLife(agent, to: &events)
    }
    // The same row stands in the sub-agent's own file, under the same uuid.
    let id = nested.uuid?.string ?? events.row
    guard nested.uuid == nil || seen.insert(id) else { return }
    var inner = RowEvents(
      origin: events.origin, row: id, time: nested.time ?? events.time, number: events.number)
    let type: RowType = nested.type?.equals("assistant") == true ? .assistant : .user
    apply(nested, message, type, of: agent, call: row.parentToolUse?.string, to: &inner)
    events.append(inner)
  }

  private mutating func applyHook(
    _ progress: TranscriptProgress, of agent: String, _ events: inout RowEvents
  ) {
    if progress.hookEvent?.equals("PermissionRequest") == true
      || progress.hookName?.equals("Notification:permission_prompt") == true
    {
      turn(agent, to: .waiting(call: nil), reason: "permission", basis: .asserted, &events)
    } else if progress.hookName?.equals("Notification:idle_prompt") == true {
      turn(agent, to: .idle, reason: "idle prompt", &events)
    }
  }

  private mutating func applySystem(_ row: TranscriptRow, to events: inout RowEvents) {
    let agent = identify(row, events.origin, row: events.row)
    meet(agent, row, nil, call: nil, to: &events)
    guard let subtype = row.subtype else { return }
    if subtype.equals("stop_hook_summary") || subtype.equals("turn_duration") {
      endTurn(agent, to: &events)
    } else {
      showLife(agent, to: &events)
    }
  }

  /// A background task ended. Only those that are agents concern us.
  private mutating func applyNotification(_ text: JSONString, to events: inout RowEvents) {
    guard text.starts(with: "<task-notification>"), let agent = text.tag("task-id"),
      agents[agent] != nil
    else { return }
    let state =
      switch text.tag("status") {
      case "failed": "failed"
      case "killed", "stopped", "cancelled": "cancelled"
      default: "completed"
      }
    stop(agent, state: state, reason: nil, basis: .asserted, to: &events)
  }
}

import Domain

extension TranscriptSession {
  /// A tool call begins. The same call may stand in several rows; it is told once.
  mutating func start(_ use: ToolUse, of agent: String, to events: inout RowEvents) {
    guard let id = use.id?.string, let tool = use.name?.string, toldCalls.insert(id) else {
      return
    }
    let summary = use.input.summary
    calls[id] = OpenCall(
      agent: agent, tool: tool, row: events.row, startedAt: events.time, summary: summary,
      command: tool == "Bash" ? use.input["command"]?.head(limit: 1_024) : nil,
      file: use.input.file, change: TaskChange(tool, use.input))
    agents[agent]?.tell(at: events.time)
    var data = Fields([
      .agent: .string(agent), .toolUseId: .string(id), .tool: .string(tool),
    ])
    data.set(.summary, summary)
    events.add(.agentToolStarted, .agent, agent, part: id, data)
    if ToolNames.delegating.contains(tool) { open(use, id: id, of: agent) }
    mandates.toolStarted(tool, id: id, of: agent, openTasks: taskCalls.count, to: &events)
    if tool == "TodoWrite" {
      let completed = tasks.rewrite(use.input.todos, of: agent, to: &events)
      judgeClaims(completed, of: agent, to: &events)
    }
    ask(tool, id: id, agent, to: &events)
  }

  /// Tools whose result is a person's answer.
  private mutating func ask(
    _ tool: String, id: String, _ agent: String, to events: inout RowEvents
  ) {
    switch tool {
    case "AskUserQuestion":
      turn(agent, to: .waiting(call: id), reason: "input", basis: .asserted, &events)
    case "ExitPlanMode":
      turn(agent, to: .waiting(call: id), reason: "permission", basis: .asserted, &events)
    default: break
    }
  }

  private mutating func open(_ use: ToolUse, id: String, of agent: String) {
    if taskCalls.count >= Self.taskCallBound { taskCalls.removeFirst() }
    taskCalls.append(
      TaskCall(
        id: id, parent: agent, type: use.input["subagent_type"]?.string,
        description: use.input["description"]?.firstLine(),
        prompt: use.input["prompt"]?.firstLine(limit: 256) ?? "",
        agent: use.input["resume"]?.string))
  }

  /// A tool call ended. A result of a call that is not open is a repeat, or came after an interrupt.
  mutating func finish(
    _ result: ToolResult, _ outcome: ToolOutcome, of agent: String, to events: inout RowEvents
  ) {
    guard let id = result.id?.string, let call = calls[id] else { return }
    calls[id] = nil
    if agents[call.agent]?.standing == .waiting(call: id) {
      agents[call.agent]?.standing = .waiting(call: nil)
    }
    let end = CallEnd(result, outcome, of: call, at: events.time)
    tell(end, of: call, id: id, to: &events)
    act(call.agent, to: &events)
    if ToolNames.delegating.contains(call.tool) {
      finishTask(id, result, outcome, to: &events)
    }
    guard end.error == nil else {
      if end.exit != nil { evidence.commandEnded(call, id: id, exit: end.exit, to: &events) }
      return
    }
    if let change = call.change {
      let completed = tasks.apply(change, outcome, result, of: call.agent, to: &events)
      judgeClaims(completed ? 1 : 0, of: call.agent, to: &events)
    }
    judgeWork(call, id: id, exit: end.exit, to: &events)
  }

  private mutating func judgeWork(
    _ call: OpenCall, id: String, exit: Int64?, to events: inout RowEvents
  ) {
    if ToolNames.editing.contains(call.tool) {
      evidence.edited(by: call.agent, to: &events)
      mandates.edited(call.file ?? "", id: id, by: call.agent, to: &events)
    }
    if exit == 0, let command = call.command {
      evidence.commandEnded(call, id: id, exit: exit, to: &events)
      mandates.commandSucceeded(command, by: call.agent)
    }
  }

  private mutating func judgeClaims(
    _ completed: Int, of agent: String, to events: inout RowEvents
  ) {
    guard completed > 0 else { return }
    mandates.taskCompleted(
      by: agent, isProven: evidence.isProven(by: agent), lastEdit: evidence.lastEdit(by: agent),
      to: &events)
  }

  private mutating func tell(
    _ end: CallEnd, of call: OpenCall, id: String, to events: inout RowEvents
  ) {
    agents[call.agent]?.tell(at: events.time)
    var data = Fields([
      .agent: .string(call.agent), .toolUseId: .string(id), .tool: .string(call.tool),
    ])
    data.set(.exit, end.exit)
    data.set(.ms, end.milliseconds)
    data.set(.bytes, end.bytes)
    data.set(.error, end.error)
    let kind: EventKind = end.error == nil ? .agentToolFinished : .agentToolFailed
    events.add(kind, .agent, call.agent, part: id, data)
  }

  /// The result of a Task call ends its sub-agent, unless it only says that one was launched.
  private mutating func finishTask(
    _ id: String, _ result: ToolResult, _ outcome: ToolOutcome, to events: inout RowEvents
  ) {
    guard let index = taskCalls.firstIndex(where: { $0.id == id }) else { return }
    let agent = outcome.agent?.string ?? taskCalls[index].agent
    if let agent {
      taskCalls[index].agent = agent
      meet(agent, nil, nil, call: id, to: &events)
      let isLaunched =
        outcome.status?.equals("async_launched") == true
        || outcome.status?.equals("remote_launched") == true
      if !isLaunched {
        stop(
          agent, state: result.isError ? "failed" : "completed",
          reason: result.isError ? result.text?.firstLine() : nil, basis: .asserted, to: &events)
      }
    }
    taskCalls.remove(at: index)
  }

  /// The user stopped the turn: what runs will give no result.
  mutating func interrupt(_ agent: String, to events: inout RowEvents) {
    for id in calls.sortedKeys {
      guard let call = calls[id], call.agent == agent else { continue }
      calls[id] = nil
      taskCalls.removeAll { $0.id == id }
      let end = CallEnd(interrupted: call, at: events.time)
      tell(end, of: call, id: id, to: &events)
    }
    release(agent)
    turn(agent, to: .idle, reason: "interrupted by user", basis: .asserted, &events)
  }

  /// Tokens of one message: rows of the message repeat or raise them, and only the rise is told.
  mutating func count(
    _ message: TranscriptMessage, of agent: String, to events: inout RowEvents
  ) {
    guard let counts = message.usage, let id = message.id?.string else { return }
    let told = usage[id] ?? TokenCounts()
    let high = TokenCounts(
      input: max(told.input, counts.input), output: max(told.output, counts.output),
      cached: max(told.cached, counts.cached))
    guard high != told else { return }
    usage[id] = high
    agents[agent]?.tell(at: events.time)
    events.add(
      .agentUsage, .agent, agent,
      [
        .agent: .string(agent), .tokensIn: .integer(high.input &- told.input),
        .tokensOut: .integer(high.output &- told.output),
        .tokensCache: .integer(high.cached &- told.cached),
      ])
  }
}

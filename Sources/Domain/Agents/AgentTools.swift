// Tool calls: paired by `toolUseId`, else by the tool's name.

extension Agent {
  /// The most calls kept.
  static let callBound = 20

  /// Notes a call that started; one that is known already is ignored.
  mutating func open(_ call: ToolCall) {
    guard !calls.contains(where: { $0.id == call.id }) else { return }
    callCount += 1
    append(call)
  }

  /// Notes how a call ended; one whose start was not seen is added.
  mutating func close(_ ended: ToolCall, isPaired: Bool) {
    let isFailure = ended.isFailure
    let index =
      isPaired
      ? calls.lastIndex { $0.id == ended.id }
      : calls.lastIndex { $0.outcome == .running && $0.tool == ended.tool }
        ?? calls.lastIndex { $0.outcome == .running }
    guard let index else {
      callCount += 1
      if isFailure { failedCallCount += 1 }
      append(ended)
      return
    }
    guard calls[index].outcome == .running else { return }
    if isFailure { failedCallCount += 1 }
    calls[index].outcome = ended.outcome
    calls[index].endedAt = ended.endedAt
    calls[index].milliseconds = ended.milliseconds
  }

  private mutating func append(_ call: ToolCall) {
    calls.append(call)
    guard calls.count > Self.callBound else { return }
    calls.remove(at: calls.firstIndex { $0.outcome != .running } ?? 0)
  }
}

extension ToolCall {
  /// Whether it failed, or ended with an exit code other than 0.
  package var isFailure: Bool {
    switch outcome {
    case .running: false
    case .finished(let exit): exit.map { $0 != 0 } ?? false
    case .failed: true
    }
  }
}

extension AgentRoster {
  /// Applies a tool event.
  mutating func applyTool(
    _ kind: EventKind, _ slot: Int, _ event: Event, at time: Timestamp, now: Timestamp,
    context: inout BoardContext
  ) {
    let isStart = kind == .agentToolStarted
    let call = Self.call(kind, event, at: time)
    touch(slot, event, at: time, now: now, context: &context) { agent in
      if isStart {
        agent.open(call)
      } else {
        agent.close(call, isPaired: event.data.text(.toolUseId) != nil)
      }
      agent.concludeWork(from: kind, at: time)
    }
  }

  private static func call(_ kind: EventKind, _ event: Event, at time: Timestamp) -> ToolCall {
    let data = event.data
    let outcome: ToolCall.Outcome =
      switch kind {
      case .agentToolStarted: .running
      case .agentToolFailed: .failed(data.text(.error) ?? data.text(.reason))
      default: .finished(exit: data.integer(.exit))
      }
    return ToolCall(
      id: data.text(.toolUseId) ?? event.id, tool: data.text(.tool) ?? "?",
      summary: data.text(.summary), startedAt: time,
      endedAt: kind == .agentToolStarted ? nil : time, outcome: outcome,
      milliseconds: data.integer(.ms))
  }
}

extension Agent {
  /// Concludes from a tool event that the agent works: whoever uses a tool neither idles nor
  /// waits any longer. After a stop only a call begun later counts as a sign of life.
  fileprivate mutating func concludeWork(from kind: EventKind, at time: Timestamp) {
    switch state {
    case .working, .unknown: return
    case .queued, .starting, .idle, .waiting:
      guard time >= stateSince else { return }
      enter(.working, basis: .inferred, reason: "uses a tool", at: time)
    case .completed, .failed, .cancelled:
      guard kind == .agentToolStarted, let endedAt, time > endedAt else { return }
      enter(.working, basis: .inferred, reason: "uses a tool after its stop", at: time)
    }
  }
}

import Canvas
package import Domain
import Themes

extension AgentsPane {
  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    guard let agent = board.fleet.agent(id) else { return nil }
    return DetailContent(
      title: "Agent \(agent.id)", lines: facts(agent, at: now) + calls(agent, at: now, utcOffset))
  }

  private static func facts(_ agent: Agent, at now: Timestamp) -> [Line] {
    let (mark, role) = mark(of: agent)
    var lines: [Line] = [
      [
        Run("\(mark) ", role, .bold), Run(word(agent.state), role),
        Run("  \(agent.basis.rawValue)", .muted),
        Run("  for \(Format.clock(now - agent.stateSince))", .muted),
      ]
    ]
    if let reason = agent.reason { lines.append(fact("why", reason)) }
    if agent.silence != .none {
      lines.append(fact("silent", "\(Format.clock(now - agent.lastEventAt)), stalled from 10:00"))
    }
    let texts: [(String, String?)] = [
      ("type", agent.type), ("parent", agent.parent), ("session", agent.session),
      ("model", agent.model), ("mode", agent.permissionMode), ("cwd", agent.cwd),
      ("task", agent.task), ("source", agent.source),
    ]
    lines += texts.compactMap { name, text in text.map { fact(name, $0) } }
    lines.append(fact("tokens", tokens(agent.usage)))
    if let cost = agent.usage.cost {
      lines.append(fact("cost", "$\(Format.decimal(cost, places: 2))"))
    }
    lines.append(fact("calls", "\(agent.callCount), \(agent.failedCallCount) failed"))
    return lines
  }

  private static func calls(
    _ agent: Agent, at now: Timestamp, _ utcOffset: Span
  ) -> [Line] {
    guard !agent.calls.isEmpty else { return [] }
    let heading: [Line] = [.blank, Line("last \(agent.calls.count) tool calls", .faint)]
    return heading
      + agent.calls.reversed().map { call in
        let (text, role) = outcome(call, at: now)
        return Line(
          [
            Run(Format.timeOfDay(call.startedAt, offset: utcOffset) + " ", .faint),
            Run(call.tool, .info),
            Run(call.summary.map { " \($0)" } ?? "", .muted),
          ],
          trailing: [Run(text, role)])
      }
  }

  private static func outcome(_ call: ToolCall, at now: Timestamp) -> (String, Role) {
    let took =
      call.milliseconds.map { Format.latency(.milliseconds($0)) }
      ?? Format.clock((call.endedAt ?? now) - call.startedAt)
    switch call.outcome {
    case .running: return ("running \(took)", .warn)
    case .finished(let exit?): return ("exit \(exit) \(took)", exit == 0 ? .ok : .critical)
    case .finished(nil): return (took, .muted)
    case .failed(let error): return ("failed\(error.map { ": \($0)" } ?? "") \(took)", .critical)
    }
  }

  private static func tokens(_ usage: Usage) -> String {
    func text(_ value: Int64?) -> String { value.map { Format.count($0) } ?? "--" }
    return "in \(text(usage.input))  out \(text(usage.output))  cached \(text(usage.cached))"
  }

  private static func word(_ state: AgentState) -> String {
    switch state {
    case .queued: "queued"
    case .starting: "starting"
    case .working: "working"
    case .waiting(let wait): "waiting for \(wait.rawValue)"
    case .idle: "idle"
    case .completed: "completed"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .unknown: "unknown: events without a start"
    }
  }
}

/// A named fact as a line of a detail.
func fact(_ name: String, _ text: String, _ role: Role = .text) -> Line {
  let padding = String(repeating: " ", count: max(1, 9 - name.utf8.count))
  return [Run(name + padding, .faint), Run(text, role)]
}

import Canvas
package import Domain
import Themes

extension AgentsPane {
  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let agent = board.fleet.agent(id) else { return nil }
    return DetailContent(
      title: view.language.text(.agentTitle, agent.id),
      lines: facts(agent, for: view) + calls(agent, for: view))
  }

  private static func facts(_ agent: Agent, for view: DetailView) -> [Line] {
    let (mark, role) = mark(of: agent)
    let language = view.language
    var lines: [Line] = [
      [
        Run("\(mark) ", role, .bold), Run(word(agent.state, language), role),
        Run("  \(language.word(agent.basis))", .muted),
        Run("  \(language.lasting(view.now - agent.stateSince))", .muted),
      ]
    ]
    if let reason = agent.reason { lines.append(view.fact(.why, reason)) }
    if agent.silence != .none {
      let silence = Format.clock(view.now - agent.lastEventAt)
      lines.append(view.fact(.silent, language.text(.silentFrom, silence)))
    }
    let texts: [(Label, String?)] = [
      (.type, agent.type), (.parent, agent.parent), (.session, agent.session),
      (.model, agent.model), (.mode, agent.permissionMode), (.folder, agent.cwd),
      (.task, agent.task), (.source, agent.source),
    ]
    lines += texts.compactMap { name, text in text.map { view.fact(name, $0) } }
    lines.append(view.fact(.tokens, tokens(agent.usage, language)))
    if let cost = agent.usage.cost {
      lines.append(view.fact(.cost, "$\(Format.decimal(cost, places: 2))"))
    }
    lines.append(
      view.fact(
        .calls, language.text(.callSums, String(agent.callCount), String(agent.failedCallCount))))
    return lines
  }

  private static func calls(_ agent: Agent, for view: DetailView) -> [Line] {
    guard !agent.calls.isEmpty else { return [] }
    let heading: [Line] = [
      .blank, Line(view.language.text(.lastCalls, String(agent.calls.count)), .faint),
    ]
    return heading
      + agent.calls.reversed().map { call in
        let (text, role) = outcome(call, for: view)
        return Line(
          [
            Run(Format.timeOfDay(call.startedAt, offset: view.utcOffset) + " ", .faint),
            Run(call.tool, .info),
            Run(call.summary.map { " \($0)" } ?? "", .muted),
          ],
          trailing: [Run(text, role)])
      }
  }

  private static func outcome(_ call: ToolCall, for view: DetailView) -> (String, Role) {
    let language = view.language
    let took =
      call.milliseconds.map { Format.latency(.milliseconds($0)) }
      ?? Format.clock((call.endedAt ?? view.now) - call.startedAt)
    switch call.outcome {
    case .running: return (language.text(.runningFor, took), .warn)
    case .finished(let exit?):
      return (language.text(.exited, String(exit), took), exit == 0 ? .ok : .critical)
    case .finished(nil): return (took, .muted)
    case .failed(let error):
      let word =
        error.map { language.text(.failedReason, $0) } ?? language.text(.failed, .masculine)
      return ("\(word) \(took)", .critical)
    }
  }

  private static func tokens(_ usage: Usage, _ language: Language) -> String {
    func text(_ value: Int64?) -> String { value.map { Format.count($0) } ?? "--" }
    return language.text(.tokenSums, text(usage.input), text(usage.output), text(usage.cached))
  }

  private static func word(_ state: AgentState, _ language: Language) -> String {
    switch state {
    case .queued: language.text(.queued, .masculine)
    case .starting: language.text(.starting, .masculine)
    case .working: language.text(.working, .masculine)
    case .waiting(.permission): language.text(.waitingForPermission)
    case .waiting(.input): language.text(.waitingForInput)
    case .idle: language.text(.idle, .masculine)
    case .completed: language.text(.completed, .masculine)
    case .failed: language.text(.failed, .masculine)
    case .cancelled: language.text(.cancelled, .masculine)
    case .unknown: language.text(.unknownAgent)
    }
  }
}

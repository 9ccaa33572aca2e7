import Canvas
package import Domain
import Themes

/// The agents as a tree: who is stuck, who waits, who works, and how we know.
package enum AgentsPane: Pane {
  package static let sources: Changes.Collections = .agents

  private static let columns = [
    Column(.stateBrief, width: 2), Column(.agentColumn, width: 10),
    Column(.typeColumn, width: 8, growth: 1, dispensable: 4),
    Column(.ageColumn, width: 5, .trailing),
    Column(.lastColumn, width: 5, .trailing, dispensable: 3),
    Column(.doingColumn, width: 8, growth: 3),
    Column(.tokensColumn, width: 4, .trailing, dispensable: 2), Column("", width: 1),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let fleet = board.fleet
    let rows = fleet.agents(from: view.first, limit: view.tableRows(reserving: 0))
    return PaneContent(
      title: counts(fleet, view.language),
      table: TableContent(
        columns, rows: rows.map { row($0, in: view) }, first: view.first, total: fleet.agentCount,
        selected: view.selected, emptyText: view.text(.noAgent)))
  }

  private static func counts(_ fleet: AgentFleet, _ language: Language) -> [Run] {
    let counts = fleet.agentCounts
    func text(_ quality: Quality) -> String { language.text(quality, .masculine) }
    let groups: [(AgentRank, String, Role)] = [
      (.working, language.text(.running), .ok), (.waiting, language.text(.waiting), .warn),
      (.stalled, text(.stalled), .critical), (.failed, text(.failed), .critical),
      (.idle, text(.idle), .muted), (.orphan, text(.orphan), .warn), (.done, text(.done), .muted),
    ]
    return groups.flatMap { rank, word, role -> [Run] in
      let count = counts[rank] ?? 0
      return count > 0 ? [Run(" \(count)", role), Run(" \(word)", .muted)] : []
    }
  }

  private static func row(_ agent: Agent, in view: PaneView) -> TableRow {
    let (mark, role) = mark(of: agent)
    let isDone = agent.state.isTerminal && agent.state != .failed
    let branch =
      String(repeating: "  ", count: max(0, min(6, agent.depth) - 1))
      + (agent.depth > 0 ? "└ " : "")
    let nameRole: Role = isDone ? .muted : .text
    let end = agent.endedAt ?? view.now
    return TableRow(
      id: agent.id,
      [
        .runs([Run(mark, role, .bold)]),
        .runs([Run(branch, nameRole), Run(agent.id, nameRole)]),
        .text(
          agent.type ?? (agent.isOrphan ? view.text(.noStartSeen) : "-"), isDone ? .faint : .muted),
        .text(Format.clock(end - (agent.startedAt ?? agent.firstSeen)), .muted),
        last(agent, in: view),
        doing(agent, in: view),
        .text(agent.usage.total.map { Format.count($0) } ?? "-", .muted),
        .text(view.text(agent.basis == .asserted ? .assertedMark : .inferredMark), .faint),
      ])
  }

  private static func last(_ agent: Agent, in view: PaneView) -> TableCell {
    if agent.state.isTerminal { return .text("", .faint) }
    let role: Role =
      switch agent.silence {
      case .none: .muted
      case .quiet: .warn
      case .warn: .warn
      case .stalled: .critical
      }
    return .text(Format.clock(view.age(since: agent.lastEventAt)), role)
  }

  private static func doing(_ agent: Agent, in view: PaneView) -> TableCell {
    switch agent.state {
    case .waiting(let wait):
      let age = Format.clock(view.age(since: agent.stateSince))
      let asked = view.text(wait == .permission ? .permissionAsked : .inputAsked)
      return .runs([Run("\(asked) ", .warn, .bold), Run(age, .warn)])
    case .completed:
      return .text(
        view.language.text(.doneCalls, view.language.count(agent.callCount, .calls)), .faint)
    case .failed: return .text(agent.reason ?? view.language.text(.failed, .masculine), .critical)
    case .cancelled:
      return .text(agent.reason ?? view.language.text(.cancelled, .masculine), .faint)
    case .idle: return .text(agent.reason ?? view.language.text(.idle, .masculine), .faint)
    case .queued, .starting, .working, .unknown: break
    }
    guard let call = agent.runningCall ?? agent.calls.last else {
      return .text(agent.reason ?? "-", .faint)
    }
    guard call.outcome == .running else { return .text(call.tool, .muted) }
    let age = view.age(since: call.startedAt)
    let summary = call.summary.map { " \($0)" } ?? ""
    let clock = age >= .seconds(10) ? " \(Format.clock(age))" : ""
    return .runs([Run(call.tool, .info), Run(clock, .warn), Run(summary, .muted)])
  }

  /// The mark of a state and its role.
  static func mark(of agent: Agent) -> (String, Role) {
    if agent.silence == .stalled { return ("!!", .critical) }
    switch agent.state {
    case .waiting: return ("W", .warn)
    case .working, .starting, .queued: return (">", .ok)
    case .idle: return ("i", .muted)
    case .completed: return ("ok", .muted)
    case .failed: return ("x", .critical)
    case .cancelled: return ("-", .muted)
    case .unknown: return ("?", .warn)
    }
  }
}

// What differs among mandates, agents, tasks and evidence.

extension BoardDifference.News {
  mutating func compare(_ old: AgentFleet, _ new: AgentFleet) {
    for (before, after) in zip(old.mandates, new.mandates) { compare(before, after) }
    for agent in new.roster.table.entities { compare(old.roster.table[agent.id], agent) }
    for agent in old.roster.table.entities
    where !agent.state.isTerminal && new.roster.table.slot(of: agent.id) == nil {
      add(.agentsFinished, agent.id)
    }
    for task in new.tasks.table.entities { compare(old.tasks.table[task.id], task) }
    for claim in new.evidence.table.entities { compare(old.evidence.table[claim.id], claim) }
  }

  private mutating func compare(_ old: Mandate, _ new: Mandate) {
    guard old.status != new.status else { return }
    switch (old.status, new.status) {
    case (_, .critical): add(.mandatesFailing, new.key, named: String(new.number))
    case (.critical, .ok), (.critical, .warn), (.warn, .ok):
      add(.mandatesRecovered, new.key, named: String(new.number))
    case (_, .warn): add(.mandatesWarning, new.key, named: String(new.number))
    case (_, .ok), (_, .lowCount), (_, .neverSeen): break
    }
  }

  private mutating func compare(_ old: Agent?, _ new: Agent) {
    if old == nil { add(.agentsStarted, new.id) }
    guard old?.rank != new.rank else { return }
    switch new.rank {
    case .stalled: add(.agentsStalled, new.id)
    case .waiting: add(.agentsWaiting, new.id)
    case .failed: add(.agentsFailed, new.id)
    case .done: add(.agentsFinished, new.id)
    case .working, .idle, .orphan: break
    }
  }

  private mutating func compare(_ old: WorkTask?, _ new: WorkTask) {
    guard let old else {
      add(.tasksAdded, new.id)
      return compareState(.pending, isBlocked: false, new)
    }
    compareState(old.state, isBlocked: old.isBlocked, new)
  }

  private mutating func compareState(_ old: TaskState, isBlocked: Bool, _ new: WorkTask) {
    if new.isBlocked, !isBlocked { add(.tasksBlocked, new.id) }
    if isBlocked, !new.isBlocked, !new.state.isTerminal { add(.tasksUnblocked, new.id) }
    guard old != new.state else { return }
    switch new.state {
    case .completed: add(.tasksDone, new.id)
    case .failed, .rejected: add(.tasksFailed, new.id)
    case .pending, .inProgress, .review, .cancelled: break
    }
  }

  private mutating func compare(_ old: Evidence?, _ new: Evidence) {
    guard old?.state != new.state else { return }
    switch new.state {
    case .fail: add(.evidenceFailed, new.id)
    case .stale: add(.evidenceStale, new.id)
    case .pass: add(.evidencePassed, new.id)
    case .required: add(.evidenceRequired, new.id)
    case .provided, .waived: break
    }
  }
}

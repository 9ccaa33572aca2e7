// Facts of the agents and their tasks. Those of agents are unknown until an agent was seen, those
// of tasks until a task was.

extension Facts {
  static let agents: [Fact] = [
    agentCount(
      "agents.total", "Agents that are listed, also those that are done", AgentRank.allCases),
    agentCount("agents.working", "Agents that are at work or about to be", [.working]),
    agentCount("agents.waiting", "Agents that wait for a permission or an answer", [.waiting]),
    agentCount(
      "agents.stalled", "Agents that should be working and have been silent for 10 minutes",
      [.stalled]),
    agentCount("agents.idle", "Agents with nothing to do", [.idle]),
    agentCount("agents.failed", "Agents that failed", [.failed]),
    agentCount("agents.done", "Agents that completed or were cancelled", [.done]),
    agentCount("agents.orphans", "Agents of which no start was seen", [.orphan]),
  ]

  private static func agentCount(
    _ name: String, _ sentence: String, _ ranks: [AgentRank]
  ) -> Fact {
    rowCount(
      name, of: [.agents], sentence, in: ranks,
      counts: { $0.agentCount > 0 ? $0.agentCounts : nil },
      rows: { $0.agents(from: 0, limit: reach) }, group: \.rank, id: \.id)
  }
}

extension Facts {
  static let work: [Fact] = [
    taskCount("tasks.total", "Tasks that are listed, also those that are done", TaskRank.allCases),
    taskCount(
      "tasks.open", "Tasks that are not finished", [.blocked, .review, .inProgress, .pending]),
    taskCount("tasks.blocked", "Open tasks that wait for another task", [.blocked]),
    taskCount("tasks.review", "Tasks said to be done whose evidence is open", [.review]),
    taskCount("tasks.in_progress", "Tasks that somebody works on", [.inProgress]),
    taskCount("tasks.pending", "Tasks that nobody has begun", [.pending]),
    taskCount("tasks.failed", "Tasks that failed or were rejected", [.failed]),
    Fact(
      "tasks.completed", of: [.tasks], "Tasks that are completed, those in review not counted",
      { board, _ in board.fleet.taskCount > 0 ? board.fleet.completedTaskCount : nil }),
    Fact(
      "tasks.oldest_blocked_s", of: [.tasks],
      "Seconds for which the longest blocked task has been blocked; unknown without one",
      isTimed: true,
      { board, now in seconds(since: board.fleet.oldestBlockedSince, at: now) },
      evidence: { board, _ in board.fleet.blockedChain }),
  ]

  private static func taskCount(
    _ name: String, _ sentence: String, _ ranks: [TaskRank]
  ) -> Fact {
    rowCount(
      name, of: [.tasks, .evidence], sentence, in: ranks,
      counts: { $0.taskCount > 0 ? $0.taskCounts : nil },
      rows: { $0.tasks(from: 0, limit: reach) }, group: \.rank, id: \.id)
  }
}

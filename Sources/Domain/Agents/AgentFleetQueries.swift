// What the panes ask the fleet. Each answer costs what it shows, not what the fleet holds.

extension AgentFleet {
  // MARK: Mandates and patterns

  /// The sixteen mandates by number.
  package var mandates: [Mandate] { book.mandates }

  /// The mandate of a number 1-16.
  package func mandate(_ number: Int) -> Mandate? {
    book.mandates.indices.contains(number - 1) ? book.mandates[number - 1] : nil
  }

  /// How a cluster stands.
  package func cluster(_ cluster: Cluster) -> ClusterStanding { book.standing(of: cluster) }

  /// The mandates with the lowest rate, worst first; those without a judged rate are left out.
  package func worstMandates(limit: Int) -> [Mandate] { book.worst(limit: limit) }

  /// The mandates that fell more than 20 points below the window before, worst drop first.
  package var degradedMandates: [Mandate] { book.degraded }

  /// The newest activations, newest first (at most 200 are kept).
  package func activations(limit: Int) -> [PatternActivation] { book.newest(limit) }

  /// How many activations are kept.
  package var activationCount: Int { book.activations.count }

  /// The activations of a cluster in each of the newest 15 minutes, oldest first.
  package func heat(_ cluster: Cluster) -> [Int] { book.heat(cluster) }

  /// The violations opened in the last 15 minutes and not resolved, most frequent type first.
  package var openViolations: [ViolationCount] { book.violations.counts }

  /// How many violations were opened in the last 15 minutes and are not resolved.
  package var openViolationCount: Int { book.violations.recentCount }

  // MARK: Agents

  /// How many agents are listed.
  package var agentCount: Int { roster.table.count }

  /// How many agents there are of each rank.
  package var agentCounts: [AgentRank: Int] { roster.counts }

  /// At most `limit` agents from row `start`: groups by their worst member, each tree kept
  /// depth first, with `depth` filled in.
  package func agents(from start: Int, limit: Int) -> [Agent] {
    roster.rows(from: start, limit: limit)
  }

  /// The agent of an id.
  package func agent(_ id: String) -> Agent? { roster.agent(id) }

  // MARK: Tasks

  /// How many tasks are listed.
  package var taskCount: Int { tasks.table.count }

  /// How many tasks there are of each rank.
  package var taskCounts: [TaskRank: Int] { tasks.counts }

  /// How many tasks are completed, the ones in review not counted.
  package var completedTaskCount: Int { tasks.completed }

  /// At most `limit` tasks from row `start`: by rank, and in a rank in a stable order, that of
  /// first appearance.
  package func tasks(from start: Int, limit: Int) -> [WorkTask] {
    tasks.rows(from: start, limit: limit)
  }

  /// The task of an id.
  package func task(_ id: String) -> WorkTask? { tasks.table[id] }

  /// The ids of the longest chain of tasks that wait for each other, the blocking root first;
  /// empty when nothing is blocked. Looks at the 64 longest blocked tasks, 16 deep.
  package var blockedChain: [String] { tasks.longestChain }

  /// Since when the longest blocked task has been blocked.
  package var oldestBlockedSince: Timestamp? { tasks.blocked.first?.key }

  /// The ids of the tasks that a task still waits for (at most 64).
  package func openDependencies(of id: String) -> [String] { tasks.openDependencies(of: id) }

  // MARK: Evidence

  /// How many claims are listed.
  package var evidenceCount: Int { evidence.table.count }

  /// How many claims there are of each state.
  package var evidenceCounts: [EvidenceState: Int] { evidence.counts }

  /// How many claims there are of each grade; those without proof have none.
  package var gradeCounts: [EvidenceGrade: Int] { evidence.gradeCounts }

  /// Passed of all claims that are not waived, 0-1; nil when there are none.
  package var provenShare: Double? { evidence.provenShare }

  /// At most `limit` claims from row `start`: by state, and in a state in a stable order.
  package func evidence(from start: Int, limit: Int) -> [Evidence] {
    evidence.order.slots(from: start, limit: limit).compactMap { evidence.table.entity(at: $0) }
  }

  /// The claim of an id.
  package func evidence(_ id: String) -> Evidence? { evidence.table[id] }
}

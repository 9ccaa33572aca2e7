// What belongs together among the agents.

extension AgentFleet {
  /// An agent with those above it and all below it, and what each of it and those below works on.
  func follow(agent id: String, _ trace: inout Trace) {
    guard let slot = roster.table.slot(of: id) else { return }
    var above = roster.tree.parent(of: slot)
    while let parent = above {
      if let agent = roster.table.entity(at: parent) { trace.insert(agent.id, in: .agents) }
      above = roster.tree.parent(of: parent)
    }
    let below = roster.tree.subtree(of: slot, limit: Trace.bound)
    let workers = Set(below.compactMap { roster.table.entity(at: $0)?.id })
    for worker in below.compactMap({ roster.table.entity(at: $0)?.id }) {
      trace.insert(worker, in: .agents)
    }
    addWork(of: workers, &trace)
  }

  private func addWork(of workers: Set<String>, _ trace: inout Trace) {
    for worker in workers.sorted() {
      if let task = roster.table[worker]?.task { trace.insert(task, in: .tasks) }
    }
    for task in tasks.table.entities where task.owner.map(workers.contains) ?? false {
      trace.insert(task.id, in: .tasks)
      for claim in task.evidence { trace.insert(claim, in: .evidence) }
    }
    for claim in evidence.table.entities where claim.agent.map(workers.contains) ?? false {
      trace.insert(claim.id, in: .evidence)
    }
    for mandate in mandates
    where mandate.violations.contains(where: { $0.agent.map(workers.contains) ?? false }) {
      trace.insert(mandate.key, in: .mandates)
    }
    for activation in activations(limit: .max)
    where activation.agent.map(workers.contains) ?? false {
      trace.insert(activation.id, in: .activations)
      if activation.isViolation { trace.insert(activation.mandate, in: .mandates) }
    }
  }

  /// A task with its owner, its evidence, what it waits for and what waits for it.
  func follow(task id: String, _ trace: inout Trace) {
    guard let task = task(id) else { return }
    trace.insert(id, in: .tasks)
    if let owner = task.owner { trace.insert(owner, in: .agents) }
    for claim in task.evidence + evidence.owed(by: id).ids { trace.insert(claim, in: .evidence) }
    for dependency in task.dependsOn { trace.insert(dependency, in: .tasks) }
    for root in tasks.chain(from: id) { trace.insert(root, in: .tasks) }
    for slot in (tasks.dependants[id] ?? []).sorted() {
      if let waiting = tasks.table.entity(at: slot) { trace.insert(waiting.id, in: .tasks) }
    }
  }

  /// A claim with its task and its agent.
  func follow(evidence id: String, _ trace: inout Trace) {
    guard let claim = evidence(id) else { return }
    trace.insert(id, in: .evidence)
    if let agent = claim.agent { trace.insert(agent, in: .agents) }
    guard let task = claim.task else { return }
    trace.insert(task, in: .tasks)
    if let owner = self.task(task)?.owner { trace.insert(owner, in: .agents) }
  }

  /// A mandate with its newest activations and who violated it.
  func follow(mandate key: String, _ trace: inout Trace) {
    guard let mandate = mandates.first(where: { $0.key == key }) else { return }
    trace.insert(key, in: .mandates)
    for violation in mandate.violations where violation.resolvedAt == nil {
      if let agent = violation.agent { trace.insert(agent, in: .agents) }
    }
    for activation in activations(limit: .max) where activation.mandate == key {
      trace.insert(activation.id, in: .activations)
      if activation.isViolation, let agent = activation.agent { trace.insert(agent, in: .agents) }
    }
  }
}

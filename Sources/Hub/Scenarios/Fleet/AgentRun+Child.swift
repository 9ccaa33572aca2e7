import Domain

// A sub-agent from its start to its report.

extension AgentRun {
  /// A sub-agent starts on its task.
  mutating func start(_ place: Int, _ stage: inout Stage) {
    let agent = agents[place]
    guard let task = agent.task else { return }
    say(
      .agentStarted, agent: agent.id,
      [
        .parent: .string(agents[0].id), .type: .string(agent.type), .session: .string(id),
        .model: .string(model), .cwd: .string("~/src/\(project)"),
        .task: .string(tasks[task].id),
      ], &stage)
    setTask(task, .inProgress, owner: agent.id, &stage)
    if tasks[task].proof == nil {
      tasks[task].proof = .required
      sayClaim(.evidenceRequired, task, agent: agent.id, [:], &stage)
      mark("evidence", "proof-required", by: agent.id, &stage)
    }
    schedule(.agentActs(place), after: stage.random.span(milliseconds: 600...5_000), &stage)
  }

  /// A sub-agent does the next thing.
  mutating func act(_ place: Int, _ stage: inout Stage) {
    guard !agents[place].isOver else { return }
    agents[place].callsLeft -= 1
    let left = agents[place].callsLeft
    if left == 4, meetsFate(place, &stage) { return }
    guard left > 0 else {
      conclude(place, &stage)
      return
    }
    let isStaged = stage.precedesOpening(by: .seconds(65)...Span.seconds(100))
    switch isStaged ? stage.random.index(below: 250) : stage.random.index(below: 1_000) {
    case ..<22: pause(place, "waiting", reason: "permission", AgentTiming.permission, &stage)
    case ..<28: pause(place, "waiting", reason: "input", AgentTiming.permission, &stage)
    case ..<40: pause(place, "idle", reason: nil, AgentTiming.permission, &stage)
    default: use(place, &stage)
    }
  }

  /// Whether fate takes the sub-agent out of its hands now.
  private mutating func meetsFate(_ place: Int, _ stage: inout Stage) -> Bool {
    let agent = agents[place]
    switch agent.fate {
    case .completes, .claimsWithoutProof: return false
    case .stalls:
      let use = toolUse("Bash", "npm test -- --watch", exit: 124, took: stall(&stage), &stage)
      sayStart(use, of: agent.id, &stage)
      schedule(.callEnds(agent: place, use), after: use.took, &stage)
    case .fails:
      let reasons = ["rate_limit", "max_turns", "error_during_execution"]
      leave(place, "failed", reason: stage.random.pick(reasons), &stage)
      if let task = agent.task {
        tasks[task].isTaken = false
        setTask(task, .pending, owner: nil, &stage)
      }
    case .vanishes:
      schedule(.agentIsLost(place), after: stage.random.span(seconds: 900...1_300), &stage)
    }
    return true
  }

  private func stall(_ stage: inout Stage) -> Span { stage.random.span(seconds: 780...1_300) }

  private mutating func pause(
    _ place: Int, _ state: String, reason: String?, _ length: Quantiles, _ stage: inout Stage
  ) {
    var data = Fields([.agent: .string(agents[place].id), .state: .string(state)])
    if let reason { data[.reason] = .string(reason) }
    stage.emit(.agentState, from: &origin, about: "agent/\(agents[place].id)", data)
    schedule(.agentResumes(place), after: length.sample(&stage.random), &stage)
  }

  /// A sub-agent got what it waited for.
  mutating func resume(_ place: Int, _ stage: inout Stage) {
    say(.agentState, agent: agents[place].id, [.state: .string("working")], &stage)
    schedule(.agentActs(place), after: stage.random.span(milliseconds: 80...900), &stage)
  }

  /// A sub-agent says that it is done; without proof its task waits in review.
  private mutating func conclude(_ place: Int, _ stage: inout Stage) {
    let agent = agents[place]
    guard let task = agent.task else { return }
    guard tasks[task].proof == .pass else {
      guard agent.fate == .claimsWithoutProof else {
        agents[place].callsLeft = 4
        check(place, &stage)
        return
      }
      tasks[task].proof = .provided
      sayClaim(.evidenceProvided, task, agent: agent.id, [.grade: .string("self")], &stage)
      violate("evidence", "proof-provided", type: "UNSUPPORTED_CLAIM", by: agent.id, &stage)
      setTask(task, .review, owner: agent.id, &stage)
      schedule(
        .claimIsJudged(task: task, agent: place, passes: true),
        after: stage.random.span(seconds: 90...900), &stage)
      leave(place, "completed", reason: nil, &stage)
      return
    }
    setTask(task, .completed, owner: agent.id, &stage)
    leave(place, "completed", reason: nil, &stage)
  }

  /// A sub-agent stops; the orchestrator hears of it a little later.
  private mutating func leave(
    _ place: Int, _ state: String, reason: String?, _ stage: inout Stage
  ) {
    agents[place].isOver = true
    var data = Fields([.agent: .string(agents[place].id), .state: .string(state)])
    if let reason { data[.reason] = .string(reason) }
    stage.emit(.agentStopped, from: &origin, about: "agent/\(agents[place].id)", data)
    schedule(.childReports(place), after: stage.random.span(milliseconds: 300...4_000), &stage)
  }

  /// The orchestrator's call that waited for a sub-agent returns.
  mutating func report(_ place: Int, _ stage: inout Stage) {
    say(
      .agentToolFinished, agent: agents[0].id,
      [.toolUseId: .string(agents[place].call), .tool: .string("Task")], &stage)
    mark("parallel", "results-joined", by: agents[0].id, &stage)
  }

  /// Nothing was heard of a sub-agent for so long that it is given up.
  mutating func lose(_ place: Int, _ stage: inout Stage) {
    agents[place].isOver = true
    say(.agentLost, agent: agents[place].id, [.reason: .string("no stop in 15 min")], &stage)
    report(place, &stage)
    guard let task = agents[place].task else { return }
    tasks[task].isTaken = false
    setTask(task, .pending, owner: nil, &stage)
  }

  /// Events come under an id nobody started.
  mutating func actAsOrphan(_ id: String, left: Int, _ stage: inout Stage) {
    let use = toolUse(
      "Grep", "\"\(stage.random.pick(Blueprint.patterns) ?? "TODO")\"", exit: nil,
      took: AgentTiming.file.sample(&stage.random), &stage)
    sayStart(use, of: id, &stage)
    sayEnd(use, of: id, &stage)
    guard left > 1 else { return }
    schedule(.orphanActs(id: id, left: left - 1), after: gap(&stage), &stage)
  }

  /// Puts a task into a state and says so.
  mutating func setTask(_ task: Int, _ state: TaskState, owner: String?, _ stage: inout Stage) {
    tasks[task].state = state
    stage.emit(
      .taskState, from: &origin, about: "task/\(tasks[task].id)",
      Fields([
        .task: .string(tasks[task].id), .state: .string(state.rawValue),
        .owner: owner.map { .string($0) } ?? .null,
      ]))
  }
}

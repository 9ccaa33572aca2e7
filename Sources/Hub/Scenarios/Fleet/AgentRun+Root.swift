import Domain

// The orchestrator: plans, hands work out, and ends the run.

extension AgentRun {
  /// The orchestrator of a new run starts.
  mutating func begin(_ stage: inout Stage) {
    id = stage.mint.run()
    project = stage.random.pick(Blueprint.projects) ?? "ledger"
    model = stage.random.pick(Blueprint.models) ?? "claude-sonnet-4"
    origin = stage.origin("agents/run-\(id)", prefix: id, basis: .adapter)
    let root = plan.runs == 1 && generation == 0 ? "root" : "r\(id)"
    agents = [
      RunAgent(
        id: root, type: "orchestrator", task: nil, call: "", fate: .completes, callsLeft: .max)
    ]
    tasks = []
    storiesLeft = Int(stage.random.number(24...60))
    say(
      .agentStarted, agent: root,
      [
        .type: .string("orchestrator"), .session: .string(id), .model: .string(model),
        .cwd: .string("~/src/\(project)"), .permissionMode: .string("acceptEdits"),
      ], &stage)
    schedule(.rootActs, after: stage.random.span(seconds: 1...4), &stage)
  }

  /// The orchestrator decides what to do next.
  mutating func actAsRoot(_ stage: inout Stage) {
    guard let root = agents.first, !root.isOver else { return }
    let isShort = children.count < plan.children
    if isShort, let task = nextTask {
      delegate(task, &stage)
    } else if isShort, storiesLeft > 0 {
      planStory(&stage)
    } else if storiesLeft == 0, children.isEmpty, tasks.allSatisfy(\.state.isTerminal) {
      finish(&stage)
      return
    } else {
      doOwnWork(&stage)
    }
    let pause = isShort ? stage.random.span(milliseconds: 1_500...9_000) : gap(&stage) + .seconds(6)
    schedule(.rootActs, after: pause, &stage)
  }

  /// The next task nobody is on and nothing holds up.
  private var nextTask: Int? {
    tasks.indices.first { place in
      let task = tasks[place]
      guard !task.isTaken, task.state == .pending else { return false }
      return task.waitsFor.map { tasks[$0].state == .completed } ?? true
    }
  }

  /// Writes a new chain of tasks down.
  private mutating func planStory(_ stage: inout Stage) {
    guard let story = stage.random.pick(Blueprint.stories) else { return }
    storiesLeft -= 1
    call("TodoWrite", "\(story.count) items", of: 0, &stage)
    mark("todowrite", "list-written", by: agents[0].id, &stage)
    mark("todowrite", "actionable", by: agents[0].id, isMet: !stage.random.chance(40), &stage)
    for (step, blueprint) in story.enumerated() {
      let task = RunTask(
        id: stage.mint.task(blueprint.area), blueprint: blueprint,
        waitsFor: step > 0 ? tasks.count - 1 : nil, claim: "ev-\(stage.mint.number())")
      tasks.append(task)
      var data = Fields([
        .task: .string(task.id), .subject: .string(blueprint.title), .state: .string("pending"),
      ])
      if let before = task.waitsFor { data[.dependsOn] = .strings([tasks[before].id]) }
      stage.emit(.taskCreated, from: &origin, about: "task/\(task.id)", data)
    }
  }

  /// Hands a task to a new sub-agent.
  private mutating func delegate(_ task: Int, _ stage: inout Stage) {
    let blueprint = tasks[task].blueprint
    tasks[task].isTaken = true
    let isStaged = stage.precedesOpening(by: .seconds(620)...Span.seconds(740))
    let fate: Fate =
      isStaged && stage.random.chance(250)
      ? .stalls
      : stage.random.pick(weighted: [
        .completes: 82, .stalls: 4, .fails: 5, .vanishes: 2, .claimsWithoutProof: 7,
      ])
    let child = RunAgent(
      id: stage.mint.agent(), type: blueprint.agent, task: task,
      call: "tu-\(stage.mint.number())", fate: fate,
      callsLeft: Int(stage.random.number(isStaged ? 5...9 : 5...44)))
    agents.append(child)
    say(
      .agentToolStarted, agent: agents[0].id,
      [
        .toolUseId: .string(child.call), .tool: .string("Task"),
        .summary: .string("\(blueprint.agent): \(blueprint.title)"),
      ], &stage)
    mark("deploy", "task-delegated", by: agents[0].id, &stage)
    if children.count > 2 {
      mark("parallel", "agents-queued", by: agents[0].id, isMet: children.count <= 10, &stage)
    }
    schedule(
      .childStarts(agents.count - 1), after: stage.random.span(milliseconds: 200...1_800), &stage)
  }

  /// While its sub-agents work, the orchestrator looks on, and now and then cannot keep its
  /// hands off.
  private mutating func doOwnWork(_ stage: inout Stage) {
    let root = agents[0].id
    switch stage.random.index(below: 100) {
    case ..<30: call("Read", stage.random.pick(Blueprint.files) ?? "README.md", of: 0, &stage)
    case ..<50:
      call(
        "TodoWrite", "\(tasks.count { $0.state == .completed })/\(tasks.count) done", of: 0, &stage)
      mark("todowrite", "state-updated", by: root, isMet: !stage.random.chance(30), &stage)
    case ..<66:
      call("Bash", "git status --short", of: 0, exit: 0, &stage)
      mark("git", "status-checked", by: root, &stage)
    case ..<76:
      call(
        "Bash", "git commit -m \"\(tasks.last?.blueprint.title ?? "progress")\"", of: 0, exit: 0,
        &stage)
      mark("git", "committed", by: root, isMet: !stage.random.chance(50), &stage)
    case ..<79:
      call("Edit", stage.random.pick(Blueprint.files) ?? "Makefile", of: 0, &stage)
      violate("deploy", "direct-work", type: "DIRECT_WORK", by: root, &stage)
    default: break
    }
  }

  /// The work is done: the run ends, and another begins in its place.
  private mutating func finish(_ stage: inout Stage) {
    agents[0].isOver = true
    say(.agentStopped, agent: agents[0].id, [.state: .string("completed")], &stage)
    generation += 1
    schedule(.runBegins, after: stage.random.span(seconds: 8...60), &stage)
  }
}

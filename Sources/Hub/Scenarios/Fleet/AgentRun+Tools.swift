import Domain

// Calls, what they cost, and what they prove.

extension AgentRun {
  /// A sub-agent makes a call fit for its trade.
  mutating func use(_ place: Int, _ stage: inout Stage) {
    let isLate = agents[place].callsLeft < 12
    if isLate, agents[place].fate != .claimsWithoutProof, needsCheck(place),
      stage.random.chance(240)
    {
      check(place, &stage)
      return
    }
    let tool: String = stage.random.pick(weighted: [
      "Read": 32, "Grep": 16, "Edit": 18, "Write": 5, "Bash": 20, "WebFetch": 3, "TodoWrite": 6,
    ])
    let summary: String
    var took = AgentTiming.file.sample(&stage.random)
    var exit: Int64?
    switch tool {
    case "Grep": summary = "\"\(stage.random.pick(Blueprint.patterns) ?? "TODO")\""
    case "Bash":
      summary = stage.random.pick(Blueprint.commands) ?? "ls"
      took = AgentTiming.command.sample(&stage.random)
      exit = stage.random.chance(90) ? 1 : 0
    case "WebFetch":
      summary = stage.random.pick(Blueprint.pages) ?? "cloudevents.io/spec"
      took = AgentTiming.fetch.sample(&stage.random)
    case "TodoWrite": summary = "4 items"
    default: summary = stage.random.pick(Blueprint.files) ?? "README.md"
    }
    let use = toolUse(tool, summary, exit: exit, took: took, &stage)
    sayStart(use, of: agents[place].id, &stage)
    schedule(.callEnds(agent: place, use), after: took, &stage)
  }

  private func needsCheck(_ place: Int) -> Bool {
    agents[place].task.map { tasks[$0].proof != .pass && tasks[$0].proof != .provided } ?? false
  }

  /// A sub-agent runs the command that proves its claim.
  mutating func check(_ place: Int, _ stage: inout Stage) {
    guard let task = agents[place].task else { return }
    let failed = tasks[task].proof == .fail
    let use = ToolUse(
      id: "tu-\(stage.mint.number())", tool: "Bash", summary: tasks[task].blueprint.check,
      took: AgentTiming.command.sample(&stage.random) + .milliseconds(900),
      exit: stage.random.chance(failed ? 150 : 260) ? 1 : 0, isCheck: true)
    sayStart(use, of: agents[place].id, &stage)
    schedule(.callEnds(agent: place, use), after: use.took, &stage)
  }

  /// A call returns; its result has consequences, and the next one follows after a pause.
  mutating func end(_ use: ToolUse, of place: Int, _ stage: inout Stage) {
    guard !agents[place].isOver else { return }
    sayEnd(use, of: agents[place].id, &stage)
    if stage.random.chance(550) { sayUsage(of: agents[place].id, &stage) }
    guard place > 0 else { return }
    if use.isCheck {
      provide(use, by: place, &stage)
    } else {
      weigh(use, by: place, &stage)
    }
    schedule(.agentActs(place), after: gap(&stage), &stage)
  }

  /// What a call says about the mandates, and whether it makes a proof stale.
  private mutating func weigh(_ use: ToolUse, by place: Int, _ stage: inout Stage) {
    let agent = agents[place].id
    switch use.tool {
    case "WebFetch": mark("context7", "docs-read", by: agent, &stage)
    case "TodoWrite": mark("todowrite", "state-updated", by: agent, &stage)
    case "Read" where use.summary.hasSuffix(".md"):
      mark("system-docs", "docs-read", by: agent, isMet: !stage.random.chance(40), &stage)
    case "Grep" where stage.random.chance(120): mark("knowledge", "searched", by: agent, &stage)
    case "Grep" where stage.random.chance(60):
      mark("pattern-docs", "pattern-found", by: agent, &stage)
    case "Bash" where use.summary.contains("lint"):
      mark("quality", "lint-clean", by: agent, isMet: use.exit == 0, &stage)
    case "Edit", "Write":
      if stage.random.chance(14) {
        violate("context7", "bypassed", type: "NO_RESEARCH", by: agent, &stage)
      }
      guard let task = agents[place].task, tasks[task].proof == .pass else { return }
      tasks[task].proof = .stale
      sayClaim(.evidenceStaled, task, agent: agent, [.reason: .string(use.summary)], &stage)
    default: break
    }
  }

  /// The check of a claim ended: its exit code is the proof.
  private mutating func provide(_ use: ToolUse, by place: Int, _ stage: inout Stage) {
    guard let task = agents[place].task, let exit = use.exit else { return }
    tasks[task].proof = .provided
    let agent = agents[place].id
    sayClaim(
      .evidenceProvided, task, agent: agent,
      [.grade: .string("exit-code"), .exit: .integer(exit), .proofRef: .string(use.summary)], &stage
    )
    mark("evidence", "proof-provided", by: agent, &stage)
    mark("quality", "tests-pass", by: agent, isMet: exit == 0, &stage)
    mark("assurance", "regression-run", by: agent, isMet: !stage.random.chance(70), &stage)
    schedule(
      .claimIsJudged(task: task, agent: place, passes: exit == 0),
      after: stage.random.span(milliseconds: 400...3_000), &stage)
  }

  /// A claim is judged; one that nobody checked before ends its task.
  mutating func judge(_ task: Int, of place: Int, passes: Bool, _ stage: inout Stage) {
    let agent = agents[place].id
    let isReview = tasks[task].state == .review
    let isContinuous = passes && stage.random.chance(300)
    let isWaived = isReview && stage.random.chance(250)
    tasks[task].proof = passes ? .pass : .fail
    sayClaim(
      .evidenceJudged, task, agent: agent,
      [
        .verdict: .string(isWaived ? "waived" : passes ? "pass" : "fail"),
        .grade: .string(isContinuous ? "ci" : isReview ? "reported" : "exit-code"),
      ], &stage)
    mark("evidence", "claim-judged", by: agent, isMet: passes, &stage)
    if isReview { setTask(task, .completed, owner: agent, &stage) }
  }

  // MARK: Words

  /// A call of the orchestrator, which does not wait for it.
  mutating func call(
    _ tool: String, _ summary: String, of place: Int, exit: Int64? = nil, _ stage: inout Stage
  ) {
    let use = toolUse(
      tool, summary, exit: exit, took: AgentTiming.file.sample(&stage.random), &stage)
    sayStart(use, of: agents[place].id, &stage)
    schedule(.callEnds(agent: place, use), after: use.took, &stage)
  }

  /// A call with a fresh id.
  func toolUse(
    _ tool: String, _ summary: String, exit: Int64?, took: Span, _ stage: inout Stage
  ) -> ToolUse {
    ToolUse(
      id: "tu-\(stage.mint.number())", tool: tool, summary: summary, took: took, exit: exit,
      isCheck: false)
  }

  mutating func sayStart(_ use: ToolUse, of agent: String, _ stage: inout Stage) {
    say(
      .agentToolStarted, agent: agent,
      [
        .toolUseId: .string(use.id), .tool: .string(use.tool), .summary: .string(use.summary),
      ], &stage)
  }

  mutating func sayEnd(_ use: ToolUse, of agent: String, _ stage: inout Stage) {
    var data = Fields([
      .agent: .string(agent), .toolUseId: .string(use.id), .tool: .string(use.tool),
      .ms: .integer(use.took.microseconds / 1_000),
    ])
    let isError = use.exit == nil && stage.random.chance(18)
    if isError {
      data[.error] = .string(use.tool == "WebFetch" ? "HTTP 503" : "file changed since it was read")
    } else {
      data[.bytes] = .integer(stage.random.number(120...4_800))
      if let exit = use.exit { data[.exit] = .integer(exit) }
    }
    stage.emit(
      isError ? .agentToolFailed : .agentToolFinished, from: &origin, about: "agent/\(agent)", data)
  }

  private mutating func sayUsage(of agent: String, _ stage: inout Stage) {
    let input = stage.random.number(200...3_200)
    let output = stage.random.number(60...1_400)
    let cached = stage.random.number(2_000...42_000)
    let millionths = input * 3 + output * 15 + cached * 3 / 10
    say(
      .agentUsage, agent: agent,
      [
        .tokensIn: .integer(input), .tokensOut: .integer(output), .tokensCache: .integer(cached),
        .cost: .number(Double(millionths) / 1_000_000),
      ], &stage)
  }

  /// Says something about the claim of a task.
  mutating func sayClaim(
    _ kind: EventKind, _ task: Int, agent: String, _ more: KeyValuePairs<Field, FieldValue>,
    _ stage: inout Stage
  ) {
    let blueprint = tasks[task].blueprint
    var data = Fields([
      .evidence: .string(tasks[task].claim), .claim: .string(blueprint.claim),
      .agent: .string(agent), .task: .string(tasks[task].id), .type: .string(blueprint.proof),
      .requirement: .string(blueprint.gate == "ADVISORY" ? "RECOMMENDED" : "MANDATORY"),
      .gate: .string(blueprint.gate),
    ])
    for (field, value) in more { data[field] = value }
    stage.emit(kind, from: &origin, about: "evidence/\(tasks[task].claim)", data)
  }
}

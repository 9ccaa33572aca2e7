import Domain

/// What fate has in store for a sub-agent.
enum Fate: Sendable {
  case completes, stalls, fails, vanishes, claimsWithoutProof
}

/// An agent of a run.
struct RunAgent: Sendable {
  let id: String
  let type: String
  /// Its task, as a place in the run's list; nil for the root.
  let task: Int?
  /// The root's call that waits for it.
  let call: String
  let fate: Fate
  var callsLeft: Int
  /// Whether it can do anything more.
  var isOver = false
}

/// A task of a run and the claim that will end it.
struct RunTask: Sendable {
  let id: String
  let blueprint: Blueprint
  /// The task it waits for, as a place in the run's list.
  let waitsFor: Int?
  let claim: String
  var state = TaskState.pending
  /// Whether an agent is on it or about to be.
  var isTaken = false
  /// How its claim stands, nil before it was made.
  var proof: EvidenceState?
}

/// A call that an agent made.
struct ToolUse: Sendable {
  let id: String
  let tool: String
  let summary: String
  let took: Span
  /// The exit code, where the tool has one.
  let exit: Int64?
  /// Whether it checks the claim of the agent's task.
  let isCheck: Bool
}

/// What happens next in a run. Agents and tasks are named by their places in the run's lists.
enum FleetStep: Sendable {
  case runBegins
  case rootActs
  case childStarts(Int)
  case agentActs(Int)
  case callEnds(agent: Int, ToolUse)
  case agentResumes(Int)
  case claimIsJudged(task: Int, agent: Int, passes: Bool)
  case childReports(Int)
  case agentIsLost(Int)
  case violationIsResolved(mandate: String, id: String)
  case orphanActs(id: String, left: Int)
}

/// One orchestrator, its sub-agents and their work.
struct AgentRun: Sendable {
  let plan: FleetPlan
  /// Its place among the runs of the fleet.
  let place: Int
  /// Which run at this place it is; steps of an earlier one come to nothing.
  var generation = 0
  var id = ""
  var project = ""
  var model = ""
  var origin: Origin
  var agents: [RunAgent] = []
  var tasks: [RunTask] = []
  /// How many more stories it takes on.
  var storiesLeft = 0

  /// A place where a run is about to begin.
  init(_ plan: FleetPlan, place: Int, stage: inout Stage) {
    self.plan = plan
    self.place = place
    origin = stage.origin("agents", prefix: "run", basis: .adapter)
    stage.schedule(
      .fleet(run: place, generation: 0, .runBegins), after: stage.random.span(seconds: 0...60))
  }

  /// Lets one thing happen.
  mutating func perform(_ step: FleetStep, _ stage: inout Stage) {
    switch step {
    case .runBegins: begin(&stage)
    case .rootActs: actAsRoot(&stage)
    case .childStarts(let agent): start(agent, &stage)
    case .agentActs(let agent): act(agent, &stage)
    case .callEnds(let agent, let use): end(use, of: agent, &stage)
    case .agentResumes(let agent): resume(agent, &stage)
    case .claimIsJudged(let task, let agent, let passes):
      judge(task, of: agent, passes: passes, &stage)
    case .childReports(let agent): report(agent, &stage)
    case .agentIsLost(let agent): lose(agent, &stage)
    case .violationIsResolved(let mandate, let id): resolve(id, of: mandate, &stage)
    case .orphanActs(let id, let left): actAsOrphan(id, left: left, &stage)
    }
  }

  /// The places of the sub-agents that are still at work.
  var children: [Int] { agents.indices.filter { $0 > 0 && !agents[$0].isOver } }

  /// Has something happen in this run.
  func schedule(_ step: FleetStep, after span: Span, _ stage: inout Stage) {
    stage.schedule(.fleet(run: place, generation: generation, step), after: span)
  }

  /// The gap until an agent's next call, at the pace of the plan.
  func gap(_ stage: inout Stage) -> Span {
    AgentTiming.gap.sample(&stage.random, unit: .milliseconds(plan.pace))
  }

  /// Says something about an agent.
  mutating func say(
    _ kind: EventKind, agent: String, _ data: KeyValuePairs<Field, FieldValue>,
    _ stage: inout Stage
  ) {
    var fields = Fields([.agent: .string(agent)])
    for (field, value) in data { fields[field] = value }
    stage.emit(kind, from: &origin, about: "agent/\(agent)", fields)
  }

  /// Says that a point of a mandate was met or missed.
  mutating func mark(
    _ mandate: String, _ point: String, by agent: String, isMet: Bool = true,
    _ stage: inout Stage
  ) {
    stage.emit(
      .mandatePointActivated, from: &origin, about: "mandate/\(mandate)",
      Fields([
        .mandate: .string(mandate), .point: .string(point), .agent: .string(agent),
        .state: .string(isMet ? "satisfied" : "violated"),
      ]))
  }

  /// Says that a mandate was broken, and when that is made good.
  mutating func violate(
    _ mandate: String, _ point: String, type: String, by agent: String, _ stage: inout Stage
  ) {
    mark(mandate, point, by: agent, isMet: false, &stage)
    let violation = "vio-\(id)-\(stage.mint.number())"
    stage.emit(
      .mandateViolationOpened, from: &origin, about: "violation/\(violation)",
      Fields([
        .mandate: .string(mandate), .violation: .string(violation), .type: .string(type),
        .severity: .integer(4), .agent: .string(agent), .ruleId: .string("\(mandate).\(point)"),
      ]))
    schedule(
      .violationIsResolved(mandate: mandate, id: violation),
      after: stage.random.span(seconds: 180...1_500), &stage)
  }

  private mutating func resolve(_ violation: String, of mandate: String, _ stage: inout Stage) {
    stage.emit(
      .mandateViolationResolved, from: &origin, about: "violation/\(violation)",
      Fields([.mandate: .string(mandate), .violation: .string(violation)]))
  }
}

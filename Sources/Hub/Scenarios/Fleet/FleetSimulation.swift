import Domain

/// A fleet of agents, advanced step by step.
struct FleetSimulation: Sendable {
  private var runs: [AgentRun]

  /// A fleet whose runs begin within a minute.
  init(_ plan: FleetPlan, stage: inout Stage) {
    runs = []
    for place in 0..<plan.runs {
      runs.append(AgentRun(plan, place: place, stage: &stage))
    }
    stage.schedule(.orphan, after: plan.orphanEvery)
  }

  /// What a subscriber is told first: who is at work or stopped lately, on what, and what is
  /// claimed, as the board that watched the fleet so far knows it.
  mutating func open(_ fleet: AgentFleet, _ stage: inout Stage) {
    let now = stage.now
    let snapshot = fleet.snapshotEvents(
      source: "agents/fleet", sequence: now.microseconds / 1_000_000, asOf: now)
    for var event in snapshot where event.type == .known(.agentSnapshot) {
      let agents = event.data.records(.agents) ?? []
      event.data[.agents] = .records(
        agents.filter { agent in
          let isOrphan = agent.text(.state) == "unknown"
          let ended = agent.moment(isOrphan ? .lastEventAt : .endedAt)
          return ended.map { $0 > now - .minutes(4) } ?? true
        })
      stage.deliver(event)
    }
  }

  /// Lets one thing happen in a run, unless that run is over.
  mutating func perform(_ step: FleetStep, run: Int, generation: Int, _ stage: inout Stage) {
    guard runs.indices.contains(run), runs[run].generation == generation else { return }
    runs[run].perform(step, &stage)
  }

  /// Lets events come under an id that nobody started.
  mutating func meetOrphan(_ stage: inout Stage) {
    let run = stage.random.index(below: runs.count)
    guard runs.indices.contains(run) else { return }
    stage.schedule(.orphan, after: stage.random.wait(mean: runs[run].plan.orphanEvery))
    guard !runs[run].agents.isEmpty else { return }
    let left = Int(stage.random.number(2...7))
    runs[run].actAsOrphan(stage.mint.agent(), left: left, &stage)
  }
}

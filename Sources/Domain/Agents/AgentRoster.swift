/// The agents: who works, waits, is silent, has ended, and under whom.
struct AgentRoster: Sendable {
  /// The most agents; further ones are refused unless one that has ended can give way.
  static let bound = 100_000
  /// The most ended agents kept, not counting those that have agents below them.
  static let endedBound = 1_000
  /// The most children that wait for a parent of which nothing was heard; further ones stay roots.
  static let awaitedBound = 1_024

  /// The agents by id.
  var table = EntityTable<Agent>(bound: AgentRoster.bound)
  /// Their tree and rows.
  private(set) var tree = AgentTree()
  /// The timers of their silence.
  var timers = AgentTimers()
  /// The newest agents whose start was seen, for stops that come under another id.
  private(set) var recentStarts = Ring<String>(bound: 64)
  private var ended = OrderedIndex<Timestamp>()
  private var awaited: [String: Set<Int>] = [:]

  /// When the roster next changes by time alone.
  var nextDue: Timestamp? { timers.nextDue }

  /// How many agents there are of each rank.
  var counts: [AgentRank: Int] {
    var result: [AgentRank: Int] = [:]
    for rank in AgentRank.allCases { result[rank] = tree.counts[rank.rawValue] }
    return result
  }

  /// At most `limit` agents from row `start`.
  func rows(from start: Int, limit: Int) -> [Agent] {
    tree.rows(from: start, limit: limit).compactMap { row in
      var agent = table.entity(at: row.slot)
      agent?.depth = row.depth
      return agent
    }
  }

  /// The agent of an id.
  func agent(_ id: String) -> Agent? {
    guard let slot = table.slot(of: id), var agent = table.entity(at: slot) else { return nil }
    agent.depth = 0
    var next = tree.parent(of: slot)
    while let parent = next {
      agent.depth += 1
      next = tree.parent(of: parent)
    }
    return agent
  }

  // MARK: Change

  /// The slot of an agent, which is added when it is new; nil when there is no room.
  mutating func slot(
    of id: String, source: String, at time: Timestamp, now: Timestamp,
    context: inout BoardContext
  ) -> Int? {
    if let slot = table.slot(of: id) { return slot }
    if table.count >= Self.bound { makeRoom(context: &context) }
    let agent = Agent(
      id: id, source: source, firstSeen: now, lastEventAt: time, state: .unknown,
      basis: .inferred, reason: "no start seen", stateSince: time)
    guard let slot = table.insert(agent, id: id) else {
      context.stream.refusedEntities += 1
      return nil
    }
    tree.add(slot, rank: agent.rank)
    for child in (awaited.removeValue(forKey: id) ?? []).sorted() {
      tree.link(child, under: slot)
    }
    context.changes.insert(.agents, slot: slot)
    return slot
  }

  /// Changes an agent in place and moves its row, its place among the ended and its timers along.
  mutating func update(
    _ slot: Int, at now: Timestamp, context: inout BoardContext, _ edit: (inout Agent) -> Void
  ) {
    var before: (state: AgentState, parent: String?, endedAt: Timestamp?)?
    table.update(slot) { agent in
      before = (agent.state, agent.parent, agent.endedAt)
      edit(&agent)
      agent.endedAt = agent.state.isTerminal ? agent.endedAt ?? agent.stateSince : nil
    }
    guard let before, let agent = table.entity(at: slot) else { return }
    context.changes.insert(.agents, slot: slot)
    if agent.parent != before.parent { place(slot, agent, oldParent: before.parent) }
    if agent.endedAt != before.endedAt {
      if let end = before.endedAt { ended.remove(end, slot: slot) }
      if let end = agent.endedAt { ended.insert(end, slot: slot) }
    }
    settle(slot, at: now, isEvent: true, context: &context)
    if ended.count > Self.endedBound, agent.state.isTerminal { makeRoom(context: &context) }
  }

  /// Gives an agent's row its rank.
  mutating func rank(_ slot: Int, as rank: AgentRank) { tree.move(slot, to: rank) }

  /// Notes that an agent's start was seen.
  mutating func noteStart(_ id: String) { recentStarts.append(id) }

  private mutating func place(_ slot: Int, _ agent: Agent, oldParent: String?) {
    if let oldParent { forgetWait(slot, for: oldParent) }
    tree.unlink(slot)
    guard let parent = agent.parent, parent != agent.id else { return }
    if let above = table.slot(of: parent) {
      tree.link(slot, under: above)
    } else if awaited[parent, default: []].count < Self.awaitedBound {
      awaited[parent, default: []].insert(slot)
    }
  }

  private mutating func forgetWait(_ slot: Int, for parent: String) {
    awaited[parent]?.remove(slot)
    if awaited[parent]?.isEmpty == true { awaited[parent] = nil }
  }

  /// Forgets the agent that ended first and has none below it, if one of the first eight is such.
  private mutating func makeRoom(context: inout BoardContext) {
    let oldest = ended.slots(from: 0, limit: 8)
    guard let slot = oldest.first(where: { !tree.hasChildren($0) }),
      let agent = table.entity(at: slot), let end = agent.endedAt
    else { return }
    ended.remove(end, slot: slot)
    if let parent = agent.parent { forgetWait(slot, for: parent) }
    tree.remove(slot)
    table.remove(id: agent.id)
    context.changes.insert(.agents)
  }

  /// Forgets every agent and withdraws what was said of them.
  mutating func removeAll(at now: Timestamp, context: inout BoardContext) {
    for slot in timers.alerted {
      guard let agent = table.entity(at: slot) else { continue }
      for code in [AlertCode.agentStalled, .agentWaiting, .agentOrphan] {
        context.alerts.withdraw(code, subject: agent.id, at: now, changes: &context.changes)
      }
    }
    self = AgentRoster()
  }
}

// The list of the ended is written as their slots.
extension AgentRoster: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(tree)
    try container.encode(timers)
    try container.encode(recentStarts)
    try container.encode(ended.allSlots)
    try container.encode(awaited)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<Agent>.self)
    tree = try container.decode(AgentTree.self)
    timers = try container.decode(AgentTimers.self)
    recentStarts = try container.decode(Ring<String>.self)
    let slots = try container.decode([Int].self)
    awaited = try container.decode([String: Set<Int>].self)
    let agents = table
    ended = try OrderedIndex(slots: slots) { agents.entity(at: $0)?.endedAt }
    try timers.check()
  }
}

/// What the silence of agents means, and when.
///
/// Each slot has one item in the queue, looked at when it falls due. It is set at most a minute
/// ahead for a working agent, because a sign of life starts the count anew.
struct AgentTimers: Codable, Sendable {
  /// How long a working agent may be silent before it is quiet, a worry, stalled.
  static let quiet = Span.seconds(60), warn = Span.seconds(300), stalled = Span.seconds(600)
  /// How long an agent may wait before it is worth an alert.
  static let waiting = Span.seconds(60)
  /// How long an event that was old when it came may be followed by newer ones, as when a backlog
  /// is read, before its age counts as silence.
  static let backlog = Span.seconds(2)
  /// How long a start may be outstanding before its agent counts as an orphan.
  static let orphan = Span.seconds(10)

  private var due = DueQueue<Int>()
  private var dueBySlot: [Timestamp?] = []
  private var raised: [AlertCode: SlotSet] = [:]

  /// When the next agent is to be looked at.
  var nextDue: Timestamp? { due.next }

  /// The slots with an alert.
  var alerted: [Int] {
    var slots: Set<Int> = []
    for set in raised.values {
      var next = set.first(from: 0)
      while let slot = next {
        slots.insert(slot)
        next = set.first(from: slot + 1)
      }
    }
    return slots.sorted()
  }

  /// Looks at a slot at a moment, unless it will be looked at before.
  mutating func arm(_ slot: Int, at moment: Timestamp) {
    while dueBySlot.count <= slot { dueBySlot.append(nil) }
    if let known = dueBySlot[slot], known <= moment { return }
    dueBySlot[slot] = moment
    due.schedule(slot, at: moment)
  }

  /// The next slot to look at.
  mutating func pop(dueBy now: Timestamp) -> Int? {
    while let (slot, moment) = due.pop(dueBy: now) {
      guard dueBySlot[slot] == moment else { continue }
      dueBySlot[slot] = nil
      return slot
    }
    return nil
  }

  /// Throws when a slot is waited for that has no timer.
  func check() throws(StateFault) {
    try StateFault.check(
      due.allKeys { dueBySlot.indices.contains($0) }, "an agent without a timer falls due")
  }

  /// Notes whether an alert holds; true when that is new.
  mutating func set(_ code: AlertCode, _ slot: Int, _ holds: Bool) -> Bool {
    holds
      ? raised[code, default: SlotSet()].insert(slot)
      : raised[code, default: SlotSet()].remove(slot)
  }
}

extension AgentRoster {
  /// Makes true what is due by `now`.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
    while let slot = timers.pop(dueBy: now) {
      if table.entity(at: slot) != nil { settle(slot, at: now, context: &context) }
    }
  }

  /// Concludes what an agent's silence means at `now`, and arms its timer for what comes next.
  mutating func settle(
    _ slot: Int, at now: Timestamp, isEvent: Bool = false, context: inout BoardContext
  ) {
    guard var agent = table.entity(at: slot) else { return }
    var silence = agent.silence(at: now)
    if isEvent, silence > agent.silence {
      silence = agent.silence
      timers.arm(slot, at: now + AgentTimers.backlog)
    }
    if silence == .stalled, agent.silence != .stalled, isGhost(slot) {
      agent.end(.cancelled, reason: "no stop seen; its parent has ended", at: now)
      update(slot, at: now, context: &context) { $0 = agent }
      return
    }
    if silence != agent.silence {
      agent.silence = silence
      table.update(slot) { $0.silence = silence }
      context.changes.insert(.agents, slot: slot)
    }
    rank(slot, as: agent.rank)
    alarm(slot, agent, at: now, context: &context)
    if let next = agent.nextDue(after: now) { timers.arm(slot, at: next) }
  }

  /// Whether an agent went silent after its parent had ended.
  private func isGhost(_ slot: Int) -> Bool {
    guard let parent = tree.parent(of: slot) else { return false }
    return table.entity(at: parent)?.state.isTerminal ?? false
  }

  private mutating func alarm(
    _ slot: Int, _ agent: Agent, at now: Timestamp, context: inout BoardContext
  ) {
    let tool = agent.runningCall.map { " in \($0.tool)" } ?? ""
    set(.agentStalled, slot, agent, agent.rank == .stalled, "silent 10 min\(tool)", now, &context)
    let since = now - agent.stateSince
    set(
      .agentWaiting, slot, agent, agent.rank == .waiting && since >= AgentTimers.waiting,
      agent.reason ?? "waits", now, &context)
    set(
      .agentOrphan, slot, agent,
      agent.rank == .orphan && now - agent.firstSeen >= AgentTimers.orphan,
      "events, no start", now, &context)
  }

  private mutating func set(
    _ code: AlertCode, _ slot: Int, _ agent: Agent, _ holds: Bool,
    _ text: @autoclosure () -> String, _ now: Timestamp, _ context: inout BoardContext
  ) {
    guard timers.set(code, slot, holds) else { return }
    if holds {
      context.alerts.raise(
        code, subject: agent.id, text: text(), cause: nil, at: now, changes: &context.changes)
    } else {
      context.alerts.withdraw(code, subject: agent.id, at: now, changes: &context.changes)
    }
  }
}

extension Agent {
  /// How long it has been silent, as far as that means something: only while it works, and with
  /// a tool call open only from 10 minutes on.
  func silence(at now: Timestamp) -> Silence {
    guard state == .working else { return .none }
    let span = now - lastEventAt
    if span >= AgentTimers.stalled { return .stalled }
    guard runningCall == nil, span >= AgentTimers.quiet else { return .none }
    return span >= AgentTimers.warn ? .warn : .quiet
  }

  /// When time alone next may change what is known of it.
  func nextDue(after now: Timestamp) -> Timestamp? {
    switch state {
    case .waiting: future(stateSince + AgentTimers.waiting, now)
    case .unknown: future(firstSeen + AgentTimers.orphan, now)
    case .working: nextSilence(after: now)
    case .queued, .starting, .idle, .completed, .failed, .cancelled: nil
    }
  }

  private func nextSilence(after now: Timestamp) -> Timestamp? {
    let steps = [AgentTimers.quiet, AgentTimers.warn, AgentTimers.stalled]
    guard let next = steps.map({ lastEventAt + $0 }).first(where: { $0 > now }) else {
      return nil
    }
    return min(next, now + AgentTimers.quiet)
  }

  private func future(_ moment: Timestamp, _ now: Timestamp) -> Timestamp? {
    moment > now ? moment : nil
  }
}

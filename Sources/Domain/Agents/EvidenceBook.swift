/// The claims and what stands behind them.
struct EvidenceBook: Codable, Sendable {
  /// What a task owes.
  struct Owed {
    /// The ids of the evidence that names the task (at most `linkBound`).
    var ids: [String] = []
    /// How many of them hold it back.
    var open = 0
  }

  /// The most claims; beyond it the first waived or passed one gives way, and if there is none
  /// the new one is refused.
  static let bound = 100_000
  /// The most claims followed for a task, and for an agent.
  static let linkBound = 64

  /// The claims by id.
  var table = EntityTable<Evidence>(bound: EvidenceBook.bound)
  /// The rows by state, in a state by slot.
  var order = RankedSlots(groups: EvidenceState.allCases.count)
  private var grades = [Int](repeating: 0, count: EvidenceGrade.allCases.count)
  private var slotsByTask: [String: [Int]] = [:]
  private var passedByAgent: [String: [Int]] = [:]

  /// How many claims there are of each state.
  var counts: [EvidenceState: Int] {
    var result: [EvidenceState: Int] = [:]
    for state in EvidenceState.allCases { result[state] = order.count(in: state.place) }
    return result
  }

  /// How many claims there are of each grade.
  var gradeCounts: [EvidenceGrade: Int] {
    var result: [EvidenceGrade: Int] = [:]
    for grade in EvidenceGrade.allCases { result[grade] = grades[grade.rawValue] }
    return result
  }

  /// Passed of all that are not waived.
  var provenShare: Double? {
    let judged = order.count - order.count(in: EvidenceState.waived.place)
    return judged > 0 ? Double(order.count(in: EvidenceState.pass.place)) / Double(judged) : nil
  }

  /// The ids of all tasks that evidence names. Costs as much as there are tasks.
  var tasksNamed: [String] { slotsByTask.keys.sorted() }

  /// What a task owes.
  func owed(by task: String) -> Owed {
    var owed = Owed()
    for slot in slotsByTask[task] ?? [] {
      guard let evidence = table.entity(at: slot) else { continue }
      owed.ids.append(evidence.id)
      if evidence.holdsTaskBack { owed.open += 1 }
    }
    return owed
  }

  /// Makes stale what an agent had proven before it edited something; the tasks concerned.
  mutating func age(
    agent: String, editedAt time: Timestamp, context: inout BoardContext
  ) -> [String] {
    guard let slots = passedByAgent[agent] else { return [] }
    var tasks: [String] = []
    for slot in slots {
      guard let evidence = table.entity(at: slot), evidence.state == .pass,
        evidence.stateSince < time
      else { continue }
      update(slot, at: time, context: &context) {
        $0.enter(.stale, basis: .inferred, at: time)
      }
      if let task = evidence.task { tasks.append(task) }
    }
    return tasks
  }

  // MARK: Change

  /// Adds a claim; nil when there is no room.
  mutating func add(_ evidence: Evidence, context: inout BoardContext) -> Int? {
    if table.count >= Self.bound,
      let slot = order.first(in: EvidenceState.waived.place)
        ?? order.first(in: EvidenceState.pass.place)
    {
      remove(slot)
    }
    guard let slot = table.insert(evidence, id: evidence.id) else {
      context.stream.refusedEntities += 1
      return nil
    }
    order.insert(slot, in: evidence.state.place)
    note(evidence, slot: slot)
    return slot
  }

  /// Changes a claim in place and moves its row, its counts and its alert along.
  mutating func update(
    _ slot: Int, at now: Timestamp, context: inout BoardContext, _ edit: (inout Evidence) -> Void
  ) {
    guard let old = table.entity(at: slot) else { return }
    table.update(slot, edit)
    guard let new = table.entity(at: slot) else { return }
    context.changes.insert(.evidence, slot: slot)
    order.move(slot, from: old.state.place, to: new.state.place)
    forgetLinks(of: old, slot: slot)
    note(new, slot: slot)
    alarm(new, was: old.state, at: now, context: &context)
  }

  private mutating func remove(_ slot: Int) {
    guard let evidence = table.entity(at: slot) else { return }
    order.remove(slot, from: evidence.state.place)
    forgetLinks(of: evidence, slot: slot)
    table.remove(id: evidence.id)
  }

  /// Forgets every claim and withdraws what was said of the failed ones.
  mutating func removeAll(at now: Timestamp, context: inout BoardContext) {
    var next = order.first(in: EvidenceState.fail.place)
    while let slot = next {
      if let id = table.entity(at: slot)?.id {
        context.alerts.withdraw(.evidenceFailed, subject: id, at: now, changes: &context.changes)
      }
      next = order.first(in: EvidenceState.fail.place, from: slot + 1)
    }
    self = EvidenceBook()
  }

  private mutating func note(_ evidence: Evidence, slot: Int) {
    if let grade = evidence.grade { grades[grade.rawValue] += 1 }
    if let task = evidence.task { Self.note(slot, in: &slotsByTask[task, default: []]) }
    if let agent = evidence.agent, evidence.state == .pass {
      Self.note(slot, in: &passedByAgent[agent, default: []])
    }
  }

  private static func note(_ slot: Int, in slots: inout [Int]) {
    slots.append(slot)
    if slots.count > linkBound { slots.removeFirst() }
  }

  private mutating func forgetLinks(of evidence: Evidence, slot: Int) {
    if let grade = evidence.grade { grades[grade.rawValue] -= 1 }
    if let task = evidence.task { Self.forget(slot, of: task, in: &slotsByTask) }
    if let agent = evidence.agent, evidence.state == .pass {
      Self.forget(slot, of: agent, in: &passedByAgent)
    }
  }

  private static func forget(_ slot: Int, of id: String, in lists: inout [String: [Int]]) {
    lists[id]?.removeAll { $0 == slot }
    if lists[id]?.isEmpty == true { lists[id] = nil }
  }

  private func alarm(
    _ evidence: Evidence, was old: EvidenceState, at now: Timestamp,
    context: inout BoardContext
  ) {
    guard (old == .fail) != (evidence.state == .fail) else { return }
    guard evidence.state == .fail else {
      context.alerts.withdraw(
        .evidenceFailed, subject: evidence.id, at: now, changes: &context.changes)
      return
    }
    let exit = evidence.exit.map { ": exit \($0)" } ?? ""
    let code = AlertCode.evidenceFailed
    context.alerts.raise(
      Alert(
        key: Alert.Key(code: code.rawValue, subject: evidence.id),
        severity: evidence.gate == .blocking ? 5 : 4, world: code.world,
        text: "\(evidence.agent.map { "\($0) " } ?? "")\(evidence.claim)\(exit)", state: .open,
        basis: evidence.basis, raisedAt: now, lastAt: now, count: 1, falseSince: nil, causes: []),
      changes: &context.changes)
  }
}

extension Evidence {
  /// Enters a state.
  mutating func enter(_ new: EvidenceState, basis: Basis, at time: Timestamp) {
    self.basis = basis
    stateSince = time
    state = new
  }
}

extension EvidenceBook {
  /// Throws unless it has a place for each state and grade.
  func check() throws(StateFault) {
    try order.check(groups: EvidenceState.allCases.count)
    try StateFault.check(
      grades.count == EvidenceGrade.allCases.count, "grades of evidence are missing")
  }
}

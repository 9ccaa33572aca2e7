/// The tasks: their states, what they wait for and what they owe.
struct TaskBook: Sendable {
  /// The most tasks; beyond it the first finished one gives way, and if none has finished the
  /// new one is refused.
  static let bound = 250_000
  /// The most dependencies and pieces of evidence of a task.
  static let linkBound = 64

  /// The tasks by id.
  var table = EntityTable<WorkTask>(bound: TaskBook.bound)
  /// The rows by section, in a section by slot: a row keeps its place while its task is open.
  private var order = RankedSlots(groups: TaskRank.sectionCount)
  /// How many tasks have each rank.
  private var rankCounts = [Int](repeating: 0, count: TaskRank.allCases.count)
  /// How many tasks are completed.
  private(set) var completed = 0
  /// Which tasks wait for a task, by its id, known or not.
  var dependants: [String: Set<Int>] = [:]
  /// The blocked tasks, longest first.
  var blocked = OrderedIndex<Timestamp>()
  /// The tasks blocked for 10 minutes.
  var watch = ChainWatch()

  /// When the book next changes by time alone.
  var nextDue: Timestamp? { watch.nextDue }

  /// Applies a task event; returns the id of a task that is new.
  mutating func apply(
    _ event: Event, at now: Timestamp, context: inout BoardContext
  ) -> String? {
    let news = TaskNews(event.data)
    guard let id = news.id ?? event.entity(.task) else {
      context.reportUnmapped("\(event.type.name) without task", event: event, at: now)
      return nil
    }
    var state: TaskState?
    if let word = news.state {
      state = TaskState(word: word)
      if state == nil { context.reportUnmapped(word, event: event, at: now) }
    }
    let time = min(event.time ?? now, now)
    if let slot = table.slot(of: id) {
      change(slot, news, to: state, at: time, now: now, context: &context)
      return nil
    }
    let task = WorkTask(
      id: id, lastEventAt: time, title: news.title ?? "", stateSince: time, state: .pending,
      basis: state == nil ? .inferred : .asserted, source: event.source, firstSeen: now)
    guard let slot = add(task, context: &context) else { return nil }
    change(slot, news, to: state, at: time, now: now, context: &context)
    return id
  }

  /// How many tasks have each rank.
  var counts: [TaskRank: Int] {
    Dictionary(uniqueKeysWithValues: TaskRank.allCases.map { ($0, rankCounts[$0.rawValue]) })
  }

  /// At most `limit` tasks from row `start`.
  func rows(from start: Int, limit: Int) -> [WorkTask] {
    order.slots(from: start, limit: limit).compactMap { table.entity(at: $0) }
  }

  // MARK: Change

  /// Puts a task in its row; nil when there is no room.
  mutating func add(_ task: WorkTask, context: inout BoardContext) -> Int? {
    if table.count >= Self.bound, let slot = order.first(in: TaskRank.done.section) {
      forget(slot)
    }
    guard let slot = table.insert(task, id: task.id) else {
      context.stream.refusedEntities += 1
      return nil
    }
    order.insert(slot, in: task.rank.section)
    rankCounts[task.rank.rawValue] += 1
    if task.state == .completed { completed += 1 }
    return slot
  }

  /// Applies what is told of a task; new dependencies block it from `blockedAt` or else `time` on.
  mutating func change(
    _ slot: Int, _ news: TaskNews, to state: TaskState?, at time: Timestamp,
    blockedAt: Timestamp? = nil, now: Timestamp, context: inout BoardContext
  ) {
    update(slot, now: now, context: &context) { task in
      task.lastEventAt = max(task.lastEventAt, time)
      if let title = news.title { task.title = title }
      if let owner = news.owner { task.owner = owner }
      if let evidence = news.evidence { task.evidence = evidence }
      if let state { task.tell(state, at: time) }
    }
    if let dependencies = news.dependsOn {
      link(slot, to: dependencies, at: blockedAt ?? time, now: now, context: &context)
    }
  }

  /// Changes a task in place and moves its row, its counts and those who wait for it along.
  mutating func update(
    _ slot: Int, now: Timestamp, context: inout BoardContext, _ edit: (inout WorkTask) -> Void
  ) {
    var before: (rank: TaskRank, state: TaskState)?
    var after = (rank: TaskRank.pending, state: TaskState.pending)
    table.update(slot) { task in
      before = (task.rank, task.state)
      edit(&task)
      after = (task.rank, task.state)
    }
    guard let before else { return }
    context.changes.insert(.tasks, slot: slot)
    if before.rank != after.rank {
      order.move(slot, from: before.rank.section, to: after.rank.section)
      rankCounts[before.rank.rawValue] -= 1
      rankCounts[after.rank.rawValue] += 1
    }
    if before.rank == .blocked || after.rank == .blocked {
      follow(slot, wasBlocked: before.rank == .blocked, now: now, context: &context)
    }
    guard (before.state == .completed) != (after.state == .completed) else { return }
    completed += after.state == .completed ? 1 : -1
    release(slot, isDone: after.state == .completed, now: now, context: &context)
  }

  /// Notes how much evidence a task owes: with any open, a task said to be done is in review.
  mutating func owe(
    _ owed: EvidenceBook.Owed, task id: String, at now: Timestamp, context: inout BoardContext
  ) {
    guard let slot = table.slot(of: id), let task = table.entity(at: slot) else { return }
    let named = owed.ids.filter { !task.evidence.contains($0) }
    guard owed.open != Int(task.openEvidence) || !named.isEmpty else { return }
    update(slot, now: now, context: &context) { task in
      task.evidence = Array((task.evidence + named).prefix(Self.linkBound))
      task.openEvidence = Int8(clamping: owed.open)
      if task.claimsDone { task.tell(.completed, at: now) }
    }
  }

  private mutating func forget(_ slot: Int) {
    guard let task = table.entity(at: slot) else { return }
    order.remove(slot, from: task.rank.section)
    rankCounts[task.rank.rawValue] -= 1
    if task.state == .completed { completed -= 1 }
    for dependency in task.dependsOn { unlink(slot, from: dependency) }
    table.remove(id: task.id)
  }

  /// Forgets every task.
  mutating func removeAll(at now: Timestamp, context: inout BoardContext) {
    watch.withdrawAll(at: now, context: &context)
    self = TaskBook()
  }
}

extension WorkTask {
  /// Enters the state told, or `review` where it claims to be done and evidence is open.
  fileprivate mutating func tell(_ told: TaskState, at time: Timestamp) {
    claimsDone = told == .completed
    let isReview = claimsDone && openEvidence > 0
    let new = isReview ? .review : told
    basis = isReview ? .inferred : .asserted
    guard new != state else { return }
    state = new
    stateSince = time
  }
}

// The list of the blocked tasks is written as their slots.
extension TaskBook: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(order)
    try container.encode(rankCounts)
    try container.encode(completed)
    try container.encode(dependants)
    try container.encode(blocked.allSlots)
    try container.encode(watch)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<WorkTask>.self)
    order = try container.decode(RankedSlots.self)
    rankCounts = try container.decode([Int].self)
    completed = try container.decode(Int.self)
    dependants = try container.decode([String: Set<Int>].self)
    let slots = try container.decode([Int].self)
    watch = try container.decode(ChainWatch.self)
    let tasks = table
    blocked = try OrderedIndex(slots: slots) { tasks.entity(at: $0)?.blockedSince }
    try order.check(groups: TaskRank.sectionCount)
    try StateFault.check(
      rankCounts.count == TaskRank.allCases.count, "ranks of tasks are missing")
  }
}

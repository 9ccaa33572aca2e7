// Tasks that wait for tasks: a task is blocked while one it depends on is not completed.

extension TaskBook {
  /// The most tasks that may wait for one task; further ones are not held back by it.
  static let dependantBound = 1_024
  /// How deep a chain is followed.
  static let depthBound = 16

  /// Replaces what a task depends on.
  mutating func link(
    _ slot: Int, to ids: [String], at time: Timestamp, now: Timestamp,
    context: inout BoardContext
  ) {
    guard let task = table.entity(at: slot) else { return }
    for id in task.dependsOn { unlink(slot, from: id) }
    var kept: [String] = []
    for id in ids where id != task.id && !kept.contains(id) {
      guard dependants[id, default: []].count < Self.dependantBound else {
        context.stream.refusedEntities += 1
        continue
      }
      dependants[id, default: []].insert(slot)
      kept.append(id)
    }
    let open = kept.count { table[$0]?.state != .completed }
    update(slot, now: now, context: &context) { task in
      task.dependsOn = kept
      task.wait(for: open, at: time)
    }
  }

  /// Passes on that a task was completed, or was reopened.
  mutating func release(
    _ slot: Int, isDone: Bool, now: Timestamp, context: inout BoardContext
  ) {
    guard let task = table.entity(at: slot) else { return }
    for waiting in (dependants[task.id] ?? []).sorted() {
      update(waiting, now: now, context: &context) {
        $0.wait(for: $0.openDependencies + (isDone ? -1 : 1), at: task.stateSince)
      }
    }
    guard isDone else { return }
    for waiting in watch.dissolve(root: task.id, at: now, context: &context) {
      alarm(waiting, at: now, context: &context)
    }
  }

  /// Keeps the list of blocked tasks and the 10-minute watch in step with one task.
  mutating func follow(
    _ slot: Int, wasBlocked: Bool, now: Timestamp, context: inout BoardContext
  ) {
    guard let task = table.entity(at: slot) else { return }
    let isBlocked = task.rank == .blocked
    guard isBlocked != wasBlocked, let since = task.blockedSince else { return }
    if isBlocked {
      blocked.insert(since, slot: slot)
      watch.start(slot, since: since)
    } else {
      blocked.remove(since, slot: slot)
      watch.stop(slot, at: now, context: &context)
      if task.openDependencies == 0 { table.update(slot) { $0.blockedSince = nil } }
    }
  }

  /// Raises what is due by `now`: a task blocked for 10 minutes.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
    while let slot = watch.pop(dueBy: now) {
      guard let task = table.entity(at: slot), task.isBlocked, let since = task.blockedSince
      else { continue }
      if since + ChainWatch.patience <= now {
        alarm(slot, at: now, context: &context)
      } else {
        watch.start(slot, since: since)
      }
    }
  }

  private mutating func alarm(_ slot: Int, at now: Timestamp, context: inout BoardContext) {
    guard let task = table.entity(at: slot), task.isBlocked,
      let root = chain(from: task.id).first
    else { return }
    watch.attach(slot, to: root, at: now, context: &context)
  }

  // MARK: Queries

  /// The ids from the task that blocks, over those in between, to the task itself.
  func chain(from id: String) -> [String] {
    var chain = [id]
    while chain.count < Self.depthBound, let last = chain.last,
      let next = openDependencies(of: last).first(where: { !chain.contains($0) })
    {
      chain.append(next)
    }
    return chain.reversed()
  }

  /// The ids of the tasks that a task still waits for.
  func openDependencies(of id: String) -> [String] {
    guard let task = table[id], task.isBlocked else { return [] }
    return task.dependsOn.filter { table[$0]?.state != .completed }
  }

  /// The longest chain among those of the 64 longest blocked tasks, the root first.
  var longestChain: [String] {
    var longest: [String] = []
    for slot in blocked.slots(from: 0, limit: 64) {
      guard let task = table.entity(at: slot) else { continue }
      let chain = chain(from: task.id)
      if chain.count > longest.count { longest = chain }
    }
    return longest
  }

  /// Takes a task out of those that wait for an id.
  mutating func unlink(_ slot: Int, from id: String) {
    dependants[id]?.remove(slot)
    if dependants[id]?.isEmpty == true { dependants[id] = nil }
  }
}

extension WorkTask {
  /// Waits for so many tasks from now on; when it stops waiting, `blockedSince` is cleared only
  /// after the lists that are ordered by it were told.
  fileprivate mutating func wait(for open: Int, at time: Timestamp) {
    if openDependencies == 0, open > 0 { blockedSince = time }
    openDependencies = max(0, open)
  }
}

// Violations of mandates, and what the panes ask the book.

extension MandateBook {
  /// The index of the mandate an event names; an unknown name is reported.
  func index(of event: Event, at now: Timestamp, context: inout BoardContext) -> Int? {
    if let index = index(of: event.data) { return index }
    let word = event.data.text(.mandate) ?? event.entity(.mandate)
    if let word, let index = MandateCatalogue.index(of: word) { return index }
    context.reportUnmapped(word ?? "\(event.type.name) without mandate", event: event, at: now)
    return nil
  }

  /// The index of the mandate a record names.
  func index(of record: Fields) -> Int? {
    for field in [Field.mandate, .key, .id, .number, .name] {
      if let word = record.text(field), let index = MandateCatalogue.index(of: word) {
        return index
      }
    }
    return nil
  }

  /// Notes an opened violation and raises the alert of its mandate and type.
  mutating func open(
    _ index: Int, _ event: Event, at time: Timestamp, now: Timestamp, context: inout BoardContext
  ) {
    let violation = Violation(
      id: event.data.text(.violation) ?? event.id, type: event.data.text(.type) ?? "UNNAMED",
      agent: event.data.text(.agent), ruleID: event.data.text(.ruleId), at: time,
      resolvedAt: nil, causes: Array((event.data.texts(.causeIds) ?? []).prefix(8)))
    guard
      let count = violations.add(
        violation.id, type: violation.type, mandate: index, at: time, now: now)
    else { return }
    mandates[index].violations.append(violation)
    if mandates[index].violations.count > Self.violationBound {
      mandates[index].violations.removeFirst()
    }
    let by = violation.agent.map { ", last by \($0)" } ?? ""
    context.alerts.raise(
      .mandateViolation, subject: ViolationLog.subject(violation.type, index),
      text: "\(violation.type) (\(count))\(by)", cause: violation.causes.last ?? event.id,
      at: now, changes: &context.changes)
  }

  /// Resolves the violation an event names, or else the oldest open one of its type.
  mutating func resolve(
    _ index: Int, _ event: Event, at time: Timestamp, now: Timestamp, context: inout BoardContext
  ) {
    let type = event.data.text(.type)
    let id =
      event.data.text(.violation)
      ?? mandates[index].violations.first { $0.resolvedAt == nil && $0.type == type }?.id
    guard let id, let (owner, type, left) = violations.resolve(id) else { return }
    if let place = mandates[owner].violations.firstIndex(where: {
      $0.id == id && $0.resolvedAt == nil
    }) {
      mandates[owner].violations[place].resolvedAt = time
    }
    guard left == 0 else { return }
    context.alerts.withdraw(
      .mandateViolation, subject: ViolationLog.subject(type, owner), at: now,
      changes: &context.changes)
  }

  // MARK: Queries

  /// How a cluster stands.
  func standing(of cluster: Cluster) -> ClusterStanding {
    var standing = ClusterStanding(cluster: cluster)
    for number in cluster.numbers {
      let mandate = mandates[number - 1]
      standing.satisfied += mandate.satisfied
      standing.violated += mandate.violated
      switch mandate.status {
      case .ok: standing.ok += 1
      case .warn: standing.warn += 1
      case .critical: standing.critical += 1
      case .lowCount: standing.lowCount += 1
      case .neverSeen: standing.neverSeen += 1
      }
    }
    return standing
  }

  /// The mandates with a judged rate, lowest first.
  func worst(limit: Int) -> [Mandate] {
    let judged = mandates.filter { $0.observed >= 5 }
    return Array(
      judged.sorted { ($0.rate ?? 1, $0.number) < ($1.rate ?? 1, $1.number) }
        .prefix(max(0, limit)))
  }

  /// The mandates that fell by more than `degradationPoints`, furthest first.
  var degraded: [Mandate] {
    mandates.filter { ($0.dropInPoints ?? 0) > Self.degradationPoints }
      .sorted { ($0.dropInPoints ?? 0) > ($1.dropInPoints ?? 0) }
  }

  /// The newest activations, newest first.
  func newest(_ limit: Int) -> [PatternActivation] {
    (0..<max(0, min(limit, activations.count))).compactMap { activations.newest($0) }
  }
}

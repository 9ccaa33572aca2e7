// Snapshots read: each replaces the collections it names, whole.

extension AgentRoster {
  /// Replaces every agent by the records of a snapshot.
  mutating func restore(
    _ records: [Fields], of event: Event, asOf: Timestamp, at now: Timestamp,
    context: inout BoardContext
  ) {
    removeAll(at: now, context: &context)
    for record in records {
      guard let id = record.text(.id) ?? record.text(.agent) else {
        context.reportUnmapped("agent record without id", event: event, at: now)
        continue
      }
      let last = min(record.moment(.lastEventAt) ?? asOf, now)
      let source = record.text(.source) ?? event.source
      let seen = min(record.moment(.firstSeen) ?? last, now)
      guard let slot = slot(of: id, source: source, at: last, now: seen, context: &context)
      else { continue }
      let word = record.text(.state) ?? "unknown"
      let state = AgentState(word: word, reason: record.text(.reason))
      if state == nil { context.reportUnmapped(word, event: event, at: now) }
      update(slot, at: now, context: &context) {
        $0.restore(record, state: state ?? .unknown, asOf: last, now: now)
      }
    }
    context.changes.insert(.agents)
  }
}

extension Agent {
  fileprivate mutating func restore(
    _ record: Fields, state: AgentState, asOf: Timestamp, now: Timestamp
  ) {
    fill(from: record)
    usage.add(record)
    startedAt = record.moment(.startedAt)
    lastEventAt = asOf
    self.state = state
    stateSince = min(record.moment(.stateSince) ?? asOf, now)
    endedAt = record.moment(.endedAt)
    let told = record.text(.basis).flatMap(Basis.init(rawValue:))
    basis = told ?? (state == .unknown ? .inferred : .asserted)
    reason = record.text(.reason)
    calls = (record.records(.calls) ?? []).suffix(Self.callBound).compactMap(ToolCall.init(record:))
    callCount = Int(clamping: record.integer(.callCount) ?? Int64(calls.count))
    failedCallCount = Int(
      clamping: record.integer(.failedCount) ?? Int64(calls.count { $0.isFailure }))
  }
}

extension ToolCall {
  fileprivate init?(record: Fields) {
    guard let id = record.text(.toolUseId), let startedAt = record.moment(.startedAt) else {
      return nil
    }
    self.id = id
    self.startedAt = startedAt
    tool = record.text(.tool) ?? "?"
    summary = record.text(.summary)
    endedAt = record.moment(.endedAt)
    milliseconds = record.integer(.ms)
    if let error = record.text(.error) {
      outcome = .failed(error.isEmpty ? nil : error)
    } else {
      outcome = endedAt == nil ? .running : .finished(exit: record.integer(.exit))
    }
  }
}

extension TaskBook {
  /// Replaces every task by the records of a snapshot; `evidence` tells what each owes.
  mutating func restore(
    _ records: [Fields], of event: Event, owing evidence: EvidenceBook, asOf: Timestamp,
    at now: Timestamp, context: inout BoardContext
  ) {
    removeAll(at: now, context: &context)
    for record in records {
      let news = TaskNews(record)
      guard let id = news.id else {
        context.reportUnmapped("task record without id", event: event, at: now)
        continue
      }
      var state: TaskState?
      if let word = news.state {
        state = TaskState(word: word)
        if state == nil { context.reportUnmapped(word, event: event, at: now) }
      }
      let last = min(record.moment(.lastEventAt) ?? asOf, now)
      let since = min(record.moment(.stateSince) ?? last, now)
      var task = WorkTask(
        id: id, lastEventAt: last, title: news.title ?? "", stateSince: since, state: .pending,
        basis: state == nil ? .inferred : .asserted,
        source: record.text(.source) ?? event.source,
        firstSeen: min(record.moment(.firstSeen) ?? last, now))
      task.openEvidence = Int8(clamping: evidence.owed(by: id).open)
      guard let slot = add(task, context: &context) else { continue }
      change(
        slot, news, to: state, at: since,
        blockedAt: min(record.moment(.blockedSince) ?? since, now),
        now: now, context: &context)
      update(slot, now: now, context: &context) { $0.lastEventAt = last }
    }
    context.changes.insert(.tasks)
  }
}

extension EvidenceBook {
  /// Replaces every claim by the records of a snapshot.
  mutating func restore(
    _ records: [Fields], of event: Event, asOf: Timestamp, at now: Timestamp,
    context: inout BoardContext
  ) {
    removeAll(at: now, context: &context)
    for record in records {
      guard let id = record.text(.id) ?? record.text(.evidence) else {
        context.reportUnmapped("evidence record without id", event: event, at: now)
        continue
      }
      let last = min(record.moment(.lastEventAt) ?? asOf, now)
      let evidence = Evidence(
        id: id, source: record.text(.source) ?? event.source,
        firstSeen: min(record.moment(.firstSeen) ?? last, now), lastEventAt: last, claim: id,
        state: .required, basis: .inferred, stateSince: last)
      guard let slot = add(evidence, context: &context) else { continue }
      let word = record.text(.state) ?? "required"
      let state = EvidenceState(rawValue: word)
      if state == nil { context.reportUnmapped(word, event: event, at: now) }
      update(slot, at: now, context: &context) {
        $0.fill(from: record)
        $0.grade = record.text(.grade).flatMap { EvidenceGrade($0) }
        $0.enter(
          state ?? .required,
          basis: record.text(.basis).flatMap(Basis.init(rawValue:)) ?? .asserted,
          at: min(record.moment(.stateSince) ?? last, now))
      }
    }
    context.changes.insert(.evidence)
  }
}

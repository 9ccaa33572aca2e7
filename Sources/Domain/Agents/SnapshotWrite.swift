// Snapshots written: what an empty fleet must be told to become this one.

extension AgentFleet {
  /// The events that restore the fleet on an empty board, current to `sequence` of the stream.
  ///
  /// Moments are written with milliseconds. What the vocabulary has no place for is not carried:
  /// single activations, violations, the window before, and alerts.
  package func snapshotEvents(source: String, sequence: Int64, asOf: Timestamp) -> [Event] {
    let agents = roster.table.entities.map(\.record)
    let tasks = tasks.table.entities.map(\.record)
    let claims = evidence.table.entities.map(\.record)
    let mandates = mandates.filter { $0.firstSeen != nil }.map(\.record)
    let common: [Fields.Entry] = [
      Fields.Entry(.asOf, .string(asOf.rfc3339)),
      Fields.Entry(.upTo, .string(String(sequence))),
    ]
    func event(_ kind: EventKind, _ members: [(Field, [Fields])]) -> Event {
      var data = Fields()
      for entry in common { data[entry.field] = entry.value }
      for (field, records) in members { data[field] = .records(records) }
      return Event(
        id: "\(kind.rawValue)-\(sequence)", source: source, type: .known(kind), time: asOf,
        sequence: sequence, data: data)
    }
    return [
      event(.agentSnapshot, [(.agents, agents), (.tasks, tasks), (.evidence, claims)]),
      event(.mandateSnapshot, [(.mandates, mandates)]),
    ]
  }
}

extension Fields {
  fileprivate mutating func write(_ field: Field, _ text: String?) {
    if let text { self[field] = .string(text) }
  }

  fileprivate mutating func write(_ field: Field, _ moment: Timestamp?) {
    write(field, moment?.rfc3339)
  }

  fileprivate mutating func write(_ field: Field, _ number: Int64?) {
    if let number { self[field] = .integer(number) }
  }

  fileprivate mutating func write(_ field: Field, _ list: [String]) {
    if !list.isEmpty { self[field] = .strings(list) }
  }
}

extension Agent {
  fileprivate var record: Fields {
    var record = Fields([
      .id: .string(id), .source: .string(source), .state: .string(state.word),
      .basis: .string(basis.rawValue), .callCount: .integer(Int64(callCount)),
      .failedCount: .integer(Int64(failedCallCount)),
    ])
    record.write(.reason, reason ?? waitWord)
    record.write(.firstSeen, firstSeen)
    record.write(.startedAt, startedAt)
    record.write(.lastEventAt, lastEventAt)
    record.write(.stateSince, stateSince)
    record.write(.endedAt, endedAt)
    record.write(.parent, parent)
    record.write(.session, session)
    record.write(.type, type)
    record.write(.model, model)
    record.write(.permissionMode, permissionMode)
    record.write(.cwd, cwd)
    record.write(.task, task)
    record.write(.tokensIn, usage.input)
    record.write(.tokensOut, usage.output)
    record.write(.tokensCache, usage.cached)
    if let cost = usage.cost { record[.cost] = .number(cost) }
    if !calls.isEmpty { record[.calls] = .records(calls.map(\.record)) }
    return record
  }

  private var waitWord: String? {
    guard case .waiting(let wait) = state else { return nil }
    return wait.rawValue
  }
}

extension ToolCall {
  fileprivate var record: Fields {
    var record = Fields([.toolUseId: .string(id), .tool: .string(tool)])
    record.write(.summary, summary)
    record.write(.startedAt, startedAt)
    record.write(.endedAt, endedAt)
    record.write(.ms, milliseconds)
    switch outcome {
    case .running: break
    case .finished(let exit): record.write(.exit, exit)
    case .failed(let error): record.write(.error, error ?? "")
    }
    return record
  }
}

extension WorkTask {
  fileprivate var record: Fields {
    var record = Fields([
      .id: .string(id), .source: .string(source), .subject: .string(title),
      .state: .string((claimsDone ? .completed : state).rawValue),
    ])
    record.write(.owner, owner)
    record.write(.firstSeen, firstSeen)
    record.write(.lastEventAt, lastEventAt)
    record.write(.stateSince, stateSince)
    if isBlocked { record.write(.blockedSince, blockedSince) }
    record.write(.dependsOn, dependsOn)
    record.write(.evidenceIds, evidence)
    return record
  }
}

extension Evidence {
  fileprivate var record: Fields {
    var record = Fields([
      .id: .string(id), .source: .string(source), .claim: .string(claim),
      .state: .string(state.rawValue), .basis: .string(basis.rawValue),
      .gate: .string(gate.rawValue),
      .requirement: .string(isMandatory ? "MANDATORY" : "RECOMMENDED"),
    ])
    record.write(.firstSeen, firstSeen)
    record.write(.lastEventAt, lastEventAt)
    record.write(.stateSince, stateSince)
    record.write(.agent, agent)
    record.write(.task, task)
    record.write(.type, type)
    record.write(.proofRef, proof)
    record.write(.exit, exit)
    record.write(.grade, grade?.word)
    return record
  }
}

extension Mandate {
  fileprivate var record: Fields {
    var record = Fields([
      .mandate: .string(key), .satisfied: .integer(Int64(satisfied)),
      .violated: .integer(Int64(violated)),
    ])
    record.write(.firstSeen, firstSeen)
    record.write(.lastEventAt, lastEventAt)
    record[.points] = .records(
      points.filter { $0.lastAt != nil }.map { point in
        var record = Fields([
          .id: .string(point.id), .satisfied: .integer(Int64(point.satisfied)),
          .violated: .integer(Int64(point.violated)),
        ])
        record.write(.lastEventAt, point.lastAt)
        return record
      })
    return record
  }
}

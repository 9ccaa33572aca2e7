// Entities as records of a snapshot; what is not known is left out.

extension Fields {
  mutating func set(_ field: Field, _ text: String?) {
    if let text { self[field] = .string(text) }
  }

  mutating func set(_ field: Field, _ number: Int64?) {
    if let number { self[field] = .integer(number) }
  }

  /// With its microseconds, so that a restored moment is the same one.
  mutating func set(_ field: Field, _ moment: Timestamp?) {
    if let moment { self[field] = .string(moment.exactRFC3339) }
  }

  mutating func set(_ field: Field, _ texts: [String]) {
    if !texts.isEmpty { self[field] = .strings(texts) }
  }
}

extension Timestamp {
  /// The moment in UTC with six decimals.
  var exactRFC3339: String {
    let civil = CivilTime(self)
    let fraction = String(1_000_000 + civil.microsecond).dropFirst()
    return "\(civil.date)T\(civil.clock).\(fraction)Z"
  }
}

extension Station {
  var record: Fields {
    var record = Fields([
      .id: .string(id), .name: .string(name), .type: .string(type),
      .position: .integer(Int64(position)), .state: .string(state.rawValue),
      .basis: .string(basis.rawValue), .yellowS: .integer(yellowAfter.wholeSeconds),
      .redS: .integer(redAfter.wholeSeconds),
    ])
    record.set(.maxOrders, maxOrders.map { Int64($0) })
    record.set(.autoBumpS, autoBumpSeconds)
    record.set(.soldOut, soldOut)
    return record
  }
}

extension Table {
  var record: Fields {
    var record = Fields([
      .id: .string(id), .label: .string(label), .state: .string(state.rawValue),
      .basis: .string(basis.rawValue),
    ])
    record.set(.since, stateSince)
    record.set(.seats, seats)
    record.set(.covers, covers)
    record.set(.section, section)
    record.set(.server, server)
    record.set(.mergedInto, mergedInto)
    if service == .served { record.set(.lastSeen, serviceSince) }
    return record
  }
}

extension Server {
  var record: Fields {
    var record = Fields([
      .id: .string(id), .name: .string(name), .shift: .string(shift.rawValue),
    ])
    record.set(.tables, tables)
    return record
  }
}

extension Order {
  var record: Fields {
    var record = Fields([
      .id: .string(id), .source: .string(source), .number: .string(number),
      .state: .string(state.rawValue), .basis: .string(basis.rawValue),
      .priority: .integer(priority),
    ])
    record.set(.createdAt, createdAt)
    record.set(.since, stateSince)
    record.set(.bumpedAt, fulfilledAt)
    record.set(.table, table)
    record.set(.seat, seat)
    record.set(.resident, resident)
    record.set(.server, server)
    record.set(.type, type)
    record.set(.transcript, transcript)
    record.set(.requests, requests)
    record.set(.items, items)
    return record
  }
}

extension Ticket {
  var record: Fields {
    var record = Fields([
      .id: .string(id), .source: .string(source), .order: .string(order),
      .state: .string(state.rawValue), .basis: .string(basis.rawValue),
      .priority: .integer(priority), .recallCount: .integer(Int64(recallCount)),
    ])
    record.set(.station, station)
    record.set(.course, course)
    record.set(.routedAt, routedAt)
    record.set(.firedAt, firedAt)
    record.set(.startedAt, startedAt)
    record.set(.bumpedAt, bumpedAt ?? clearedAt)
    record.set(.by, bumpedBy)
    record.set(.recalledAt, recalledAt)
    record.set(.reason, reason)
    record.set(.version, version)
    record.set(.items, items)
    return record
  }
}

extension TicketItem {
  var record: Fields {
    var record = Fields([
      .id: .string(id), .name: .string(name), .qty: .integer(quantity),
      .state: .string(state.rawValue), .delta: .string(delta.rawValue),
    ])
    record.set(.ticket, ticket)
    record.set(.order, order)
    record.set(.modifiers, modifiers)
    record.set(.course, course)
    record.set(.seat, seat)
    record.set(.allergens, allergens)
    record.set(.dietary, dietary)
    return record
  }
}

extension Presence {
  var record: Fields {
    var record = Fields([
      .key: .string(key), .user: .string(user), .basis: .string(basis.rawValue),
    ])
    if state == .offline { record[.state] = .string("offline") }
    record.set(.role, role)
    record.set(.device, device)
    record.set(.joinedAt, joinedAt)
    record.set(.lastSeen, lastSeen)
    return record
  }
}

extension EditLock {
  var record: Fields {
    var record = Fields([.entity: .string(entity), .by: .string(by)])
    record.set(.expiresAt, expiresAt)
    return record
  }
}

extension Preference {
  var record: Fields {
    var record = Fields([.resident: .string(resident)])
    record.set(.items, items)
    record.set(.frequency, frequency)
    record.set(.dietary, dietary)
    record.set(.allergens, allergens)
    record.set(.texture, texture)
    return record
  }
}

extension Transcription {
  var record: Fields {
    var record = Fields([.id: .string(id), .text: .string(text)])
    record.set(.seat, seat)
    record.set(.resident, resident)
    record.set(.items, items)
    if let confidence { record[.confidence] = .number(confidence) }
    record.set(.latencyMs, latencyMilliseconds)
    if isCached { record[.cached] = .bool(true) }
    if let cost { record[.cost] = .number(cost) }
    if case .failed(let error?) = state { record[.error] = .string(error) }
    return record
  }
}

/// The names of `data` members in the catalogue; the raw value is the JSON member name.
package enum Field: String, Hashable, NumberedCase, Sendable {
  // Of every event.
  case id, version, state, reason, basis, at, by, type, name, text, from, to, subject, source
  case asOf, upTo, causeIds, count, cost
  // Of mandates, agents, tasks and evidence.
  case mandate, mandates, point, points, cluster, violation, severity, ruleId
  case agent, agents, parent, session, model, permissionMode, cwd, description
  case tool, toolUseId, summary, exit, ms, bytes, error
  case tokensIn, tokensOut, tokensCache
  case task, tasks, owner, dependsOn, evidenceIds
  case evidence, claim, requirement, gate, grade, verdict, proofRef
  case satisfied, violated, lastEventAt
  case firstSeen, stateSince, endedAt, blockedSince, calls, callCount, failedCount
  // Of the kitchen.
  case order, orders, ticket, tickets, item, items, station, stations, table, tables
  case server, servers, number, seat, seats, resident, transcript, requests, priority, course
  case firedAt, startedAt, bumpedAt, recalledAt, routedAt, createdAt, prepS, recallCount
  case qty, modifiers, allergens, dietary, texture, delta
  case position, active, maxOrders, autoBumpS, yellowS, redS, soldOut, since, joinedAt, lastSeen
  case entity, expiresAt, section, shift, label, covers, mergedInto
  case key, user, role, device, presences, confidence, latencyMs, cached, audioHash
  case preference, frequency, suggestion
  // Of alerts and streams.
  case alert, alerts, code, category, rows, lagMs
}

/// The value of one field.
package enum FieldValue: Hashable, Sendable {
  case string(String)
  case integer(Int64)
  case number(Double)
  case bool(Bool)
  /// The member was `null` or named in `unset`: the value is withdrawn.
  case null
  case strings([String])
  case records([Fields])
}

extension FieldValue: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    switch self {
    case .string(let text):
      try container.encode(0 as UInt8)
      try container.encode(text)
    case .integer(let value):
      try container.encode(1 as UInt8)
      try container.encode(value)
    case .number(let value):
      try container.encode(2 as UInt8)
      try container.encode(value)
    case .bool(let value): try container.encode(value ? 4 : 3 as UInt8)
    case .null: try container.encode(5 as UInt8)
    case .strings(let texts):
      try container.encode(6 as UInt8)
      try container.encode(texts)
    case .records(let records):
      try container.encode(7 as UInt8)
      try container.encode(records)
    }
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    switch try container.decode(UInt8.self) {
    case 0: self = .string(try container.decode(String.self))
    case 1: self = .integer(try container.decode(Int64.self))
    case 2: self = .number(try container.decode(Double.self))
    case 3: self = .bool(false)
    case 4: self = .bool(true)
    case 5: self = .null
    case 6: self = .strings(try container.decode([String].self))
    case 7: self = .records(try container.decode([Fields].self))
    case let number: throw StateFault(problem: "there is no value of kind \(number)")
    }
  }
}

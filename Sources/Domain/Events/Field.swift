/// The names of `data` members in the catalogue; the raw value is the JSON member name.
package enum Field: String, CaseIterable, Hashable, Sendable {
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

/// Where a trace begins.
package enum TraceSubject: Hashable, Sendable {
  case order(String), ticket(String), item(String), table(String), station(String)
  case server(String), agent(String), task(String), evidence(String)
  /// By its key.
  case mandate(String)
  case alert(Alert.Key)
}

/// What belongs together with one entity, as the ids of the rows that show it, so that every pane can
/// set them apart.
///
/// A trace follows what entities say of each other: an order with its tickets, items, table and
/// stations; an agent with those above and below it, its tasks, evidence and violations. It does not
/// follow on from there: the other orders of a table are not part of an order's trace.
package struct Trace: Equatable, Sendable {
  /// The lists whose rows a trace names.
  package enum List: CaseIterable, Hashable, Sendable {
    case mandates, activations, agents, tasks, evidence
    /// Orders have no rows of their own; tail and details name them.
    case orders
    case stations, tickets
    /// The ids of items, and their names, which are the rows of the all-day totals.
    case items, dishes
    case tables, servers, voice, alerts
    /// Rows of the newest events.
    case events
  }

  /// The most ids of a list; further ones are left out.
  package static let bound = 1_024

  /// Where it begins.
  package let subject: TraceSubject
  private var rows: [List: Set<String>] = [:]

  init(_ subject: TraceSubject) {
    self.subject = subject
  }

  /// The ids of the rows of a list that belong to it.
  package subscript(list: List) -> Set<String> { rows[list] ?? [] }

  /// Whether a row belongs to it.
  package func contains(_ id: String, in list: List) -> Bool { rows[list]?.contains(id) ?? false }

  /// Whether nothing belongs to it: the subject is not known (any more).
  package var isEmpty: Bool { rows.isEmpty }

  /// How many rows belong to it.
  package var count: Int { rows.values.reduce(0) { $0 + $1.count } }

  /// Adds a row; false when it is there already, or there is no room.
  @discardableResult
  mutating func insert(_ id: String, in list: List) -> Bool {
    guard self[list].count < Self.bound else { return false }
    return rows[list, default: []].insert(id).inserted
  }
}

extension StreamLedger.Arrival {
  /// The id of its row in the panes.
  package var rowID: String { "\(event.id)\u{1F}\(at.microseconds)" }
}

extension Board {
  /// What belongs to an entity. Costs as much as there are tasks, claims and alerts for an agent, and
  /// as much as there are alerts for anything else.
  package func related(to subject: TraceSubject) -> Trace {
    var trace = Trace(subject)
    follow(subject, &trace)
    guard !trace.isEmpty else { return trace }
    addAlerts(&trace)
    addEvents(&trace)
    return trace
  }

  /// What an id may mean, for one that a person typed: every entity that has it.
  package func subjects(named id: String) -> [TraceSubject] {
    var found: [TraceSubject] = []
    if kitchen.order(id) != nil { found.append(.order(id)) }
    if kitchen.ticket(id) != nil { found.append(.ticket(id)) }
    if kitchen.item(id) != nil { found.append(.item(id)) }
    if fleet.agent(id) != nil { found.append(.agent(id)) }
    if fleet.task(id) != nil { found.append(.task(id)) }
    if fleet.evidence(id) != nil { found.append(.evidence(id)) }
    if kitchen.table(id) != nil { found.append(.table(id)) }
    if kitchen.station(id) != nil { found.append(.station(id)) }
    if kitchen.server(id) != nil { found.append(.server(id)) }
    if let index = MandateCatalogue.index(of: id) {
      found.append(.mandate(fleet.mandates[index].key))
    }
    return found
  }

  private func follow(_ subject: TraceSubject, _ trace: inout Trace) {
    switch subject {
    case .order(let id): kitchen.follow(order: id, &trace)
    case .ticket(let id): kitchen.follow(ticket: id, &trace)
    case .item(let id): kitchen.follow(item: id, &trace)
    case .table(let id): kitchen.follow(table: id, &trace)
    case .station(let id): kitchen.follow(station: id, &trace)
    case .server(let id): kitchen.follow(server: id, &trace)
    case .agent(let id): fleet.follow(agent: id, &trace)
    case .task(let id): fleet.follow(task: id, &trace)
    case .evidence(let id): fleet.follow(evidence: id, &trace)
    case .mandate(let key): fleet.follow(mandate: key, &trace)
    case .alert(let key): follow(alert: key, &trace)
    }
  }

  /// An alert belongs to what it is about.
  private func follow(alert key: Alert.Key, _ trace: inout Trace) {
    guard let alert = alerts.alert(key) else { return }
    trace.insert(key.rowID, in: .alerts)
    let world = alert.world
    let subject = subjects(named: key.subject).first { $0.world == world || world == .stream }
    if let subject { follow(subject, &trace) }
    if case nil = subject, let key = key.subject.split(separator: " ").first.map(String.init),
      fleet.mandates.contains(where: { $0.key == key })
    {
      follow(.mandate(key), &trace)
    }
  }

  private func addAlerts(_ trace: inout Trace) {
    for alert in alerts.alerts(from: 0, limit: .max) where trace.concerns(alert.key.subject) {
      trace.insert(alert.key.rowID, in: .alerts)
    }
  }

  private func addEvents(_ trace: inout Trace) {
    for age in 0..<stream.tail.count {
      guard let arrival = stream.tail.newest(age), let subject = arrival.event.subject,
        let slash = subject.firstIndex(of: "/")
      else { continue }
      let id = String(subject[subject.index(after: slash)...])
      if trace.concerns(id) { trace.insert(arrival.rowID, in: .events) }
    }
  }
}

extension Trace {
  /// Whether something is about an entity of the trace.
  fileprivate func concerns(_ id: String) -> Bool {
    let lists: [List] = [
      .agents, .tasks, .evidence, .orders, .tickets, .items, .tables, .stations, .servers, .voice,
    ]
    if lists.contains(where: { contains(id, in: $0) }) { return true }
    return self[.mandates].contains { id == $0 || id.hasPrefix("\($0) ") }
  }
}

extension TraceSubject {
  fileprivate var world: World {
    switch self {
    case .order, .ticket, .item, .table, .station, .server: .kitchen
    case .agent, .task, .evidence, .mandate: .agents
    case .alert: .stream
    }
  }
}

package import Domain
package import Panes

/// A row that is to be traced.
package struct TracedRow: Hashable, Sendable {
  package let pane: PaneKind
  /// The row's id in that pane.
  package let id: String

  /// A row of a pane.
  package init(pane: PaneKind, id: String) {
    self.pane = pane
    self.id = id
  }
}

// Which rows of the panes belong to what is traced, and what a row stands for.

extension PaneKind {
  /// The list of a trace whose rows the pane shows; nil where it shows nothing that is traced.
  var traceList: Trace.List? {
    switch self {
    case .mandates: .mandates
    case .agents: .agents
    case .patterns: .activations
    case .evidence: .evidence
    case .tasks: .tasks
    case .agentAlerts, .kitchenAlerts: .alerts
    case .stations: .stations
    case .tickets: .tickets
    case .allDay: .dishes
    case .tables: .tables
    case .voice: .voice
    case .tail: .events
    case .presence, .connections, .throughput, .sources, .latency: nil
    }
  }
}

extension TracedRow {
  /// What the row stands for on a board; nil where nothing belongs to it.
  package func subject(in board: Board) -> TraceSubject? {
    switch pane {
    case .mandates: .mandate(id)
    case .agents: .agent(id)
    case .patterns:
      board.fleet.activations(limit: .max).first { $0.id == id }.map { .mandate($0.mandate) }
    case .evidence: .evidence(id)
    case .tasks: .task(id)
    case .agentAlerts, .kitchenAlerts: alert
    case .stations: .station(id)
    case .tickets: .ticket(id)
    case .tables: .table(id)
    case .tail: event(in: board)
    case .allDay, .presence, .voice, .connections, .throughput, .sources, .latency: nil
    }
  }

  private var alert: TraceSubject? {
    let parts = id.split(separator: "\u{1F}", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return .alert(Alert.Key(code: String(parts[0]), subject: String(parts[1])))
  }

  /// What the event is about.
  private func event(in board: Board) -> TraceSubject? {
    let tail = board.stream.tail
    for age in 0..<tail.count {
      guard let arrival = tail.newest(age), arrival.rowID == id else { continue }
      let subject = arrival.event.subject ?? ""
      let name = subject.split(separator: "/", maxSplits: 1).last.map(String.init) ?? subject
      return board.subjects(named: name).first
    }
    return nil
  }
}

extension TraceSubject {
  /// What it is, as the header says it.
  func words(in language: Language) -> String {
    switch self {
    case .order(let id): language.text(.tracedOrder, id)
    case .ticket(let id): language.text(.tracedTicket, id)
    case .item(let id): language.text(.tracedItem, id)
    case .table(let id): language.text(.tracedTable, id)
    case .station(let id): language.text(.tracedStation, id)
    case .server(let id): language.text(.tracedServer, id)
    case .agent(let id): language.text(.tracedAgent, id)
    case .task(let id): language.text(.tracedTask, id)
    case .evidence(let id): language.text(.tracedEvidence, id)
    case .mandate(let key): language.text(.tracedMandate, key)
    case .alert(let key): "\(key.code) \(key.subject)"
    }
  }
}

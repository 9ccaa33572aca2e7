extension BoardDifference {
  /// What may have happened, in the order in which it is told.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    // Of the agents.
    case mandatesFailing, mandatesWarning, mandatesRecovered
    case agentsStalled, agentsWaiting, agentsFailed, agentsStarted, agentsFinished
    case tasksBlocked, tasksFailed, tasksUnblocked, tasksDone, tasksAdded
    case evidenceFailed, evidenceStale, evidencePassed, evidenceRequired
    // Of the kitchen.
    case stationsOffline, stationsOverloaded, stationsPaused, stationsBack, stationsRelieved
    case ticketsLate, ticketsRecalled, ticketsVoided, ticketsFired, ticketsBumped
    case ordersUnrouted, ordersCancelled, ordersNew, ordersReady, ordersClosed
    case itemsSoldOut, itemsBack
    case tablesReady, tablesSeated, tablesFreed
    // Of both.
    case alertsRaised, alertsResolved
    case connectionsLost, connectionsBack, gaps, dropped, damaged

    /// How grave it is.
    package var severity: Severity {
      switch self {
      case .mandatesFailing, .agentsStalled, .agentsFailed, .tasksFailed, .evidenceFailed,
        .stationsOffline, .ticketsLate, .ordersUnrouted, .alertsRaised, .connectionsLost, .gaps,
        .damaged:
        .critical
      case .mandatesWarning, .agentsWaiting, .tasksBlocked, .evidenceStale, .stationsOverloaded,
        .stationsPaused, .ticketsRecalled, .itemsSoldOut, .tablesReady, .dropped:
        .warning
      case .agentsStarted, .tasksAdded, .evidenceRequired, .ticketsVoided, .ticketsFired,
        .ordersCancelled, .ordersNew, .tablesSeated, .tablesFreed:
        .plain
      case .mandatesRecovered, .agentsFinished, .tasksUnblocked, .tasksDone, .evidencePassed,
        .stationsBack, .stationsRelieved, .ticketsBumped, .ordersReady, .ordersClosed, .itemsBack,
        .alertsResolved, .connectionsBack:
        .good
      }
    }

    /// The collection whose rows its subjects are.
    package var collection: Changes.Collections {
      switch self {
      case .mandatesFailing, .mandatesWarning, .mandatesRecovered: .mandates
      case .agentsStalled, .agentsWaiting, .agentsFailed, .agentsStarted, .agentsFinished: .agents
      case .tasksBlocked, .tasksFailed, .tasksUnblocked, .tasksDone, .tasksAdded: .tasks
      case .evidenceFailed, .evidenceStale, .evidencePassed, .evidenceRequired: .evidence
      case .stationsOffline, .stationsOverloaded, .stationsPaused, .stationsBack,
        .stationsRelieved:
        .stations
      case .ticketsLate, .ticketsRecalled, .ticketsVoided, .ticketsFired, .ticketsBumped: .tickets
      case .ordersUnrouted, .ordersCancelled, .ordersNew, .ordersReady, .ordersClosed: .orders
      case .itemsSoldOut, .itemsBack: .items
      case .tablesReady, .tablesSeated, .tablesFreed: .tables
      case .alertsRaised, .alertsResolved: .alerts
      case .connectionsLost, .connectionsBack, .gaps, .dropped, .damaged: .stream
      }
    }

    /// What it happened to, one and several, and what happened.
    private var words: (one: String, several: String, what: String) {
      switch self {
      case .mandatesFailing: ("mandate", "mandates", "newly failing")
      case .mandatesWarning: ("mandate", "mandates", "newly in warning")
      case .mandatesRecovered: ("mandate", "mandates", "recovered")
      case .agentsStalled: ("agent", "agents", "stalled")
      case .agentsWaiting: ("agent", "agents", "waiting")
      case .agentsFailed: ("agent", "agents", "failed")
      case .agentsStarted: ("agent", "agents", "started")
      case .agentsFinished: ("agent", "agents", "finished")
      case .tasksBlocked: ("task", "tasks", "blocked")
      case .tasksFailed: ("task", "tasks", "failed")
      case .tasksUnblocked: ("task", "tasks", "no longer blocked")
      case .tasksDone: ("task", "tasks", "done")
      case .tasksAdded: ("task", "tasks", "added")
      case .evidenceFailed: ("claim", "claims", "failed")
      case .evidenceStale: ("claim", "claims", "gone stale")
      case .evidencePassed: ("claim", "claims", "passed")
      case .evidenceRequired: ("claim", "claims", "to be proven")
      case .stationsOffline: ("station", "stations", "offline")
      case .stationsOverloaded: ("station", "stations", "overloaded")
      case .stationsPaused: ("station", "stations", "paused")
      case .stationsBack: ("station", "stations", "back")
      case .stationsRelieved: ("station", "stations", "no longer overloaded")
      case .ticketsLate: ("ticket", "tickets", "late")
      case .ticketsRecalled: ("ticket", "tickets", "recalled")
      case .ticketsVoided: ("ticket", "tickets", "voided")
      case .ticketsFired: ("ticket", "tickets", "fired")
      case .ticketsBumped: ("ticket", "tickets", "bumped")
      case .ordersUnrouted: ("order", "orders", "without a ticket")
      case .ordersCancelled: ("order", "orders", "cancelled")
      case .ordersNew: ("order", "orders", "new")
      case .ordersReady: ("order", "orders", "ready")
      case .ordersClosed: ("order", "orders", "closed")
      case .itemsSoldOut: ("item", "items", "86'd")
      case .itemsBack: ("item", "items", "back on the menu")
      case .tablesReady: ("table", "tables", "with food to run")
      case .tablesSeated: ("table", "tables", "seated")
      case .tablesFreed: ("table", "tables", "freed")
      case .alertsRaised: ("alert", "alerts", "raised")
      case .alertsResolved: ("alert", "alerts", "resolved")
      case .connectionsLost: ("connection", "connections", "lost")
      case .connectionsBack: ("connection", "connections", "back")
      case .gaps: ("event", "events", "missing")
      case .dropped: ("event", "events", "dropped")
      case .damaged: ("event", "events", "damaged")
      }
    }

    /// `station grill paused`, or `2 tickets late: 204:grill, 207:fryer`; without names `3 events
    /// dropped`.
    func sentence(count: Int, names: [String]) -> String {
      let (one, several, what) = words
      if count == 1, let name = names.first { return "\(one) \(name) \(what)" }
      let head = "\(count) \(count == 1 ? one : several) \(what)"
      guard !names.isEmpty else { return head }
      let named = names.prefix(BoardDifference.namedBound)
      let rest = count - named.count
      return "\(head): \(named.joined(separator: ", "))\(rest > 0 ? " and \(rest) more" : "")"
    }
  }
}

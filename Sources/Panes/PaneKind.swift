/// The three workspaces.
package enum Workspace: String, CaseIterable, Hashable, Sendable {
  case agents, kitchen, link

  /// The panes in the order of their digits, from 1.
  package var panes: [PaneKind] {
    switch self {
    case .agents: [.mandates, .agents, .patterns, .evidence, .tasks, .agentAlerts]
    case .kitchen: [.stations, .kitchenAlerts, .tickets, .allDay, .presence, .tables, .voice]
    case .link: [.connections, .throughput, .sources, .latency, .tail]
    }
  }

  /// The pane that stays in view beside any other where there is room for two.
  package var companion: PaneKind? {
    switch self {
    case .agents: .agentAlerts
    case .kitchen: .kitchenAlerts
    case .link: .sources
    }
  }

  /// The pane that has the focus at first.
  package var firstFocus: PaneKind {
    switch self {
    case .agents: .agents
    case .kitchen: .tickets
    case .link: .tail
    }
  }
}

/// Every pane there is.
package enum PaneKind: String, CaseIterable, Hashable, Sendable {
  case mandates, agents, patterns, evidence, tasks, agentAlerts = "agent-alerts"
  case stations, kitchenAlerts = "kitchen-alerts", tickets, allDay = "all-day", presence, tables
  case voice
  case connections, throughput, sources, latency, tail

  /// The name in the pane's frame.
  package var title: String {
    switch self {
    case .mandates: "Mandates"
    case .agents: "Agents"
    case .patterns: "Patterns"
    case .evidence: "Evidence"
    case .tasks: "Tasks"
    case .agentAlerts, .kitchenAlerts: "Alerts"
    case .stations: "Stations"
    case .tickets: "Tickets"
    case .allDay: "All-day"
    case .presence: "Presence"
    case .tables: "Tables"
    case .voice: "Voice"
    case .connections: "Connections"
    case .throughput: "Throughput"
    case .sources: "Sources"
    case .latency: "Latency"
    case .tail: "Events"
    }
  }

  /// What draws it.
  package var pane: any Pane.Type {
    switch self {
    case .mandates: MandatesPane.self
    case .agents: AgentsPane.self
    case .patterns: PatternsPane.self
    case .evidence: EvidencePane.self
    case .tasks: TasksPane.self
    case .agentAlerts: AgentAlertsPane.self
    case .kitchenAlerts: KitchenAlertsPane.self
    case .stations: StationsPane.self
    case .tickets: TicketsPane.self
    case .allDay: AllDayPane.self
    case .presence: PresencePane.self
    case .tables: TablesPane.self
    case .voice: VoicePane.self
    case .connections: ConnectionsPane.self
    case .throughput: ThroughputPane.self
    case .sources: SourcesPane.self
    case .latency: LatencyPane.self
    case .tail: TailPane.self
    }
  }
}

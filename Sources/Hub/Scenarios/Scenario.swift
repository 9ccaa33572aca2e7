import Domain

/// What a generated stream plays; the raw value is its name on the command line.
package enum Scenario: String, CaseIterable, Sendable {
  /// A 300-seat kitchen in its busiest hour: 90 tables, 7 stations, 40 devices.
  case dinnerRush = "dinner-rush"
  /// 60 seats on a quiet evening: 15 tables, 5 stations, 6 devices.
  case smallRestaurant = "small-restaurant"
  /// One run of about five agents at the pace hooks were measured at.
  case agentRun = "agent-run"
  /// Twenty runs of ten agents each.
  case agentFleet = "agent-fleet"
  /// Both worlds, lively enough that every pane moves within seconds.
  case mixed

  /// What is played when nobody chose.
  package static let standard = Scenario.mixed

  /// One line that says what to expect.
  package var summary: String {
    switch self {
    case .dinnerRush: "a 300-seat kitchen in its busiest hour"
    case .smallRestaurant: "a 60-seat restaurant on a quiet evening"
    case .agentRun: "one run of about five agents"
    case .agentFleet: "200 agents in twenty runs"
    case .mixed: "a kitchen and a fleet of agents, both busy"
    }
  }

  /// The kitchen's side of it, nil where there is none.
  var kitchen: KitchenPlan? {
    switch self {
    case .dinnerRush: .dinnerRush
    case .smallRestaurant: .smallRestaurant
    case .mixed: .mixed
    case .agentRun, .agentFleet: nil
    }
  }

  /// The agents' side of it, nil where there is none.
  var fleet: FleetPlan? {
    switch self {
    case .agentRun: .agentRun
    case .agentFleet: .agentFleet
    case .mixed: .mixed
    case .dinnerRush, .smallRestaurant: nil
    }
  }

  /// How long the world has been running, unseen, when the stream begins.
  var warmUp: Span {
    switch self {
    case .agentFleet: .minutes(20)
    case .agentRun: .minutes(14)
    case .dinnerRush, .smallRestaurant, .mixed: .minutes(45)
    }
  }
}

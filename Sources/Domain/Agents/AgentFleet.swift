/// The world of software agents: mandates, agents, tasks and evidence, reduced from events.
package struct AgentFleet: Sendable {
  /// An empty fleet.
  package init() {}

  /// When the fleet next changes by time alone.
  package var nextDue: Timestamp? { nil }

  /// Applies one admitted event.
  mutating func apply(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
  }

  /// Makes true what is due by `now`.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
  }
}

/// The world of the kitchen: stations, orders, tickets, items, tables and people.
package struct Kitchen: Sendable {
  /// An empty kitchen.
  package init() {}

  /// When the kitchen next changes by time alone.
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

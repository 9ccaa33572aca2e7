/// The world of the kitchen: stations, orders, tickets, items, tables and people.
///
/// The cost of an event does not grow with the number of entities: every list is kept in order,
/// every count is kept up to date, and what time changes waits in a queue for its exact moment.
package struct Kitchen: Sendable {
  var stationBook = StationBook()
  var ticketBook = TicketBook()
  var itemTable = EntityTable<TicketItem>(bound: 200_000)
  var orderBook = OrderBook()
  var allDayBook = AllDay()
  var floor = FloorBook()
  var presence = PresenceBook()
  var voice = VoiceBook()
  var preferences = EntityTable<Preference>(bound: 10_000)
  var lockTable = EntityTable<EditLock>(bound: 10_000)
  var soldOutEverywhere: [String] = []
  var statistics = KitchenStatistics()
  var timers = KitchenTimers()

  /// An empty kitchen.
  package init() {}

  /// When the kitchen next changes by time alone.
  package var nextDue: Timestamp? { timers.next }

  /// Applies one admitted event.
  mutating func apply(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
  }

  /// Makes true what is due by `now`.
  mutating func tick(now: Timestamp, context: inout BoardContext) {
  }
}

/// The world of the kitchen: stations, orders, tickets, items, tables and people.
///
/// The cost of an event does not grow with the number of entities: every list is kept in order,
/// every count is kept up to date, and what time changes waits in a queue for its exact moment.
package struct Kitchen: Codable, Sendable {
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
  var awaited = AwaitedItems()
  var ordersByResident: [String: [String]] = [:]
  var repeats = RepeatWatch()
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
    switch kind {
    case .kitchenSnapshot: replaceCollections(event, at: now, context: &context)
    case .menuItem86: setSoldOut(true, event, at: now, context: &context)
    case .menuRestored: setSoldOut(false, event, at: now, context: &context)
    case .lockAcquired: acquireLock(event, at: now, context: &context)
    case .lockReleased: releaseLock(event, context: &context)
    case .tableTransferred: transfer(event, at: now, context: &context)
    case .presenceSync: syncPresence(event, at: now, context: &context)
    case .voicePartial: noteVoice(.partial, event, at: now, context: &context)
    case .voiceFinal: noteVoice(.final, event, at: now, context: &context)
    case .voiceFailed:
      noteVoice(.failed(event.data.text(.error)), event, at: now, context: &context)
    case .preferenceOffered: notePreference(.offered, event, at: now, context: &context)
    case .preferenceAccepted: notePreference(.accepted, event, at: now, context: &context)
    case .preferenceOverridden: notePreference(.overridden, event, at: now, context: &context)
    default: applyToEntity(kind, event, at: now, context: &context)
    }
  }

  /// Applies an event that is about one entity; one that names none is reported.
  private mutating func applyToEntity(
    _ kind: EventKind, _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let field = kind.kitchenEntity else { return }
    guard let report = KitchenReport(event, of: field, at: now) else {
      context.reportUnmapped("\(kind.rawValue) without \(field.rawValue)", event: event, at: now)
      return
    }
    switch kind {
    case .orderCreated: createOrder(report, context: &context)
    case .orderState: changeOrder(to: nil, report, context: &context)
    case .orderCancelled: changeOrder(to: .cancelled, report, context: &context)
    case .itemAdded, .itemChanged, .itemVoided, .itemReady:
      applyItem(kind, report, context: &context)
    case .stationUpdated: updateStation(report, context: &context)
    case .tableState: updateTable(report, context: &context)
    case .tableMerged: mergeTables(report, context: &context)
    case .tableSplit: splitTable(report, context: &context)
    case .serverAssigned: assignServer(report, context: &context)
    case .presenceJoin: notePresence(isLeaving: false, report, context: &context)
    case .presenceLeave: notePresence(isLeaving: true, report, context: &context)
    default: applyTicket(kind.ticketState, report, context: &context)
    }
  }
}

extension EventKind {
  /// The member that names the entity an event of the kitchen is about.
  fileprivate var kitchenEntity: Field? {
    switch self {
    case .orderCreated, .orderState, .orderCancelled: .order
    case .ticketHeld, .ticketFired, .ticketStarted, .ticketBumped, .ticketRecalled,
      .ticketVoided, .ticketPriority:
      .ticket
    case .itemAdded, .itemChanged, .itemVoided, .itemReady: .item
    case .stationUpdated: .station
    case .tableState, .tableSplit: .table
    case .tableMerged: .from
    case .serverAssigned: .server
    case .presenceJoin, .presenceLeave: .key
    default: nil
    }
  }

  /// The state of a ticket that a step leads to.
  fileprivate var ticketState: TicketState? {
    switch self {
    case .ticketHeld: .held
    case .ticketFired: .fired
    case .ticketStarted: .started
    case .ticketBumped: .bumped
    case .ticketRecalled: .recalled
    case .ticketVoided: .voided
    default: nil
    }
  }
}

extension Kitchen {
  /// Draws together what was read back of each book; throws when it cannot have been written.
  mutating func restore() throws(StateFault) {
    try timers.check()
    try statistics.check()
    for station in stationBook.table.entities { try station.check() }
    let tickets = ticketBook.table
    try stationBook.restoreCooking { tickets.entity(at: $0)?.clockStart }
  }
}

import Domain

/// A board with a clock: every test tells it events and lets time pass, in seconds from the start.
struct KitchenHouse {
  var board = Board()
  private var told = 0

  /// The moment `seconds` after the start of every test, 2026-11-21T12:00:00Z.
  static func at(_ seconds: Double) -> Timestamp {
    Timestamp(microseconds: 1_795_262_400_000_000 + Int64((seconds * 1_000_000).rounded()))
  }

  var kitchen: Kitchen { board.kitchen }

  /// Applies an event that arrives `seconds` after the start.
  mutating func tell(
    _ kind: EventKind, at seconds: Double, subject: String? = nil, time: Double? = nil,
    _ data: KeyValuePairs<Field, FieldValue> = [:]
  ) {
    told += 1
    let event = Event(
      id: "e\(told)", source: "test", type: .known(kind), subject: subject,
      time: time.map(Self.at), data: Fields(data))
    _ = board.apply(event, at: Self.at(seconds))
  }

  /// Lets time pass until `seconds` after the start, give or take microseconds.
  mutating func pass(to seconds: Double, plus microseconds: Int64 = 0) {
    _ = board.tick(now: Timestamp(microseconds: Self.at(seconds).microseconds + microseconds))
  }

  /// Fires a ticket.
  mutating func fire(
    _ ticket: String, at seconds: Double, station: String = "grill", order: String? = nil,
    items: [Fields] = []
  ) {
    var data = Fields([.ticket: .string(ticket), .station: .string(station)])
    if let order { data[.order] = .string(order) }
    if !items.isEmpty { data[.items] = .records(items) }
    told += 1
    _ = board.apply(
      Event(id: "e\(told)", source: "test", type: .known(.ticketFired), data: data),
      at: Self.at(seconds))
  }

  /// Tells a step of a ticket.
  mutating func step(_ kind: EventKind, _ ticket: String, at seconds: Double) {
    tell(kind, at: seconds, [.ticket: .string(ticket)])
  }

  /// An item as a record.
  static func item(
    _ name: String, _ quantity: Int64 = 1, id: String? = nil, allergens: [String] = []
  ) -> Fields {
    var record = Fields([.name: .string(name), .qty: .integer(quantity)])
    if let id { record[.item] = .string(id) }
    if !allergens.isEmpty { record[.allergens] = .strings(allergens) }
    return record
  }

  /// The alert of a code and subject, whatever its state.
  func alert(_ code: AlertCode, _ subject: String) -> Alert? {
    board.alerts.alert(Alert.Key(code: code.rawValue, subject: subject))
  }

  /// Whether an alert is open and its condition true.
  func isRaised(_ code: AlertCode, _ subject: String) -> Bool {
    guard let alert = alert(code, subject) else { return false }
    return alert.state.isOpen && alert.falseSince == nil
  }
}

import Domain

/// A table of the house.
struct FloorTable: Sendable {
  let id: String
  let seats: Int64
  /// Its waiter, as a place in the roster.
  var server: Int
  var state = TableState.available
  var covers: Int64 = 0
  /// Orders announced and not yet delivered.
  var pending = 0
  /// The table it is pushed together with.
  var mergedInto: String?
}

/// An order between the guest and the plate.
struct PlacedOrder: Sendable {
  let number: Int
  /// Its table, as a place in the list of tables.
  var table: Int
  let seat: Int
  /// Who ordered, as a place in the roster.
  let resident: Int?
  var state = OrderState.new
  var priority: Int64 = 0
  let createdAt: Timestamp
  var items: [PlacedItem]
  var tickets: [PlacedTicket] = []

  /// Its id, which is its number.
  var id: String { String(number) }

  /// The id of one of its items.
  func itemID(_ item: Int) -> String { "\(number)-\(item + 1)" }

  /// The id of one of its tickets.
  func ticketID(_ ticket: Int) -> String { "\(number):\(tickets[ticket].station.rawValue)" }
}

/// A line of an order.
struct PlacedItem: Sendable {
  let item: MenuItem
  var quantity: Int64
  var modifiers: [String]
  var state = ItemState.new
}

/// The work of one station on an order.
struct PlacedTicket: Sendable {
  let station: StationKind
  let course: Int64
  var state: TicketState
  var firedAt: Timestamp?
  var startedAt: Timestamp?
  var recalledAt: Timestamp?
  var recalls = 0
  /// Its items, as places in the order's list.
  var items: [Int]

  /// Whether the station is through with it.
  var isDone: Bool { state == .bumped || state == .voided }
}

/// A screen or a hand-held that says every 30 s that it is there.
struct Device: Sendable {
  let key: String
  let user: String
  let role: String
  let device: String
}

/// What happens next in a kitchen. Orders are named by number, all else by its place in a list.
enum KitchenStep: Sendable {
  case partyArrives
  case orderIsPlaced(table: Int, seat: Int)
  case orderIsRouted(Int)
  case courseIsFired(order: Int)
  case ticketIsStarted(order: Int, ticket: Int)
  case itemIsReady(order: Int, ticket: Int, item: Int)
  case ticketIsBumped(order: Int, ticket: Int)
  case ticketIsRecalled(order: Int, ticket: Int)
  case orderIsDelivered(Int)
  case voidIsCleared(ticket: String, order: Int, StationKind)
  case guestsLeave(table: Int)
  case tableIsCleaned(Int)
  case tableIsSplit(Int)
  case deviceReports(Int)
  case deviceRejoins(String)
  case residentSpeaks
  case suggestionIsAnswered(resident: Int)
  case oddity
  case itemIsBack(String, StationKind)
  case stationResumes(StationKind)
  case lockIsReleased(order: Int, by: String)
  case feedResyncs(lost: Int)
}

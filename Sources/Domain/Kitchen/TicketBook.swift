/// The display order of tickets: by group, then the oldest first.
struct TicketOrder: Comparable, Sendable {
  let rank: TicketRank
  let since: Timestamp

  static func < (left: TicketOrder, right: TicketOrder) -> Bool {
    left.rank != right.rank ? left.rank < right.rank : left.since < right.since
  }
}

/// How many cooking tickets have each age.
package struct AgeCounts: Codable, Equatable, Sendable {
  /// Tickets up to the yellow limit, up to the red limit, and beyond it.
  package internal(set) var green = 0, yellow = 0, red = 0

  /// All cooking tickets.
  package var total: Int { green + yellow + red }

  mutating func add(_ count: Int, _ age: TicketAge) {
    switch age {
    case .green: green += count
    case .yellow: yellow += count
    case .red: red += count
    }
  }
}

/// The tickets: by id, listed in display order, counted, and the bumped ones kept for a while.
struct TicketBook: Sendable {
  /// The most tickets, bumped ones included.
  static let bound = 50_000
  /// How long a bumped ticket is kept for recall.
  static let retention = Span.minutes(15)
  /// The most items of a ticket.
  static let itemBound = 128

  var table = EntityTable<Ticket>(bound: TicketBook.bound)
  private var listed = OrderedIndex<TicketOrder>()
  private var done = OrderedIndex<Timestamp>()
  private(set) var ages = AgeCounts()
  private(set) var held = 0, recalled = 0, unrouted = 0

  /// How many tickets are listed.
  var count: Int { listed.count }

  /// At most `limit` listed tickets from rank `start`.
  func tickets(from start: Int, limit: Int) -> [Ticket] {
    listed.slots(from: start, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// The slot of the ticket done longest ago, and when it was.
  var oldestDone: (slot: Int, at: Timestamp)? { done.first.map { ($0.slot, $0.key) } }

  /// The rank of a listed ticket.
  func rank(of id: String) -> Int? {
    guard let slot = table.slot(of: id), let order = table.entity(at: slot)?.listing else {
      return nil
    }
    return listed.rank(of: order, slot: slot)
  }

  /// Puts a changed ticket in its slot and every index; nil for `old` when it is new.
  mutating func replace(_ slot: Int, _ old: Ticket?, with new: Ticket) {
    if let old { withdraw(old, slot: slot) }
    table.update(slot) { $0 = new }
    if let order = new.listing { listed.insert(order, slot: slot) }
    if let doneAt = new.doneAt { done.insert(doneAt, slot: slot) }
    count(new, by: 1)
  }

  /// Forgets a ticket.
  mutating func remove(_ ticket: Ticket, slot: Int) {
    withdraw(ticket, slot: slot)
    table.remove(id: ticket.id)
  }

  private mutating func withdraw(_ ticket: Ticket, slot: Int) {
    if let order = ticket.listing { listed.remove(order, slot: slot) }
    if let doneAt = ticket.doneAt { done.remove(doneAt, slot: slot) }
    count(ticket, by: -1)
  }

  private mutating func count(_ ticket: Ticket, by step: Int) {
    if ticket.state.isCooking { ages.add(step, ticket.age) }
    if ticket.state == .held { held += step }
    if ticket.state == .recalled { recalled += step }
    if ticket.station == nil, ticket.listing != nil { unrouted += step }
  }
}

extension Ticket {
  /// Its place in the list; nil once it has left it.
  var listing: TicketOrder? {
    guard doneAt == nil else { return nil }
    return TicketOrder(rank: rank, since: clockStart ?? routedAt ?? firstSeen)
  }

  /// When it left the list: bumped, or bumped away after it was voided.
  var doneAt: Timestamp? { state == .bumped ? bumpedAt ?? lastEventAt : clearedAt }

  /// The group in which it is listed.
  package var rank: TicketRank {
    switch state {
    case .held: .held
    case .voided: .voided
    case .fired, .started, .recalled, .bumped:
      age == .red ? .late : isRush ? .rush : state == .recalled ? .recalled : .cooking
    }
  }
}

// The lists are written as their slots.
extension TicketBook: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(listed.allSlots)
    try container.encode(done.allSlots)
    try container.encode(ages)
    try container.encode([held, recalled, unrouted])
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<Ticket>.self)
    let listed = try container.decode([Int].self)
    let done = try container.decode([Int].self)
    ages = try container.decode(AgeCounts.self)
    let counts = try container.decode([Int].self)
    try StateFault.check(counts.count == 3, "tickets are not counted")
    (held, recalled, unrouted) = (counts[0], counts[1], counts[2])
    let tickets = table
    self.listed = try OrderedIndex(slots: listed) { tickets.entity(at: $0)?.listing }
    self.done = try OrderedIndex(slots: done) { tickets.entity(at: $0)?.doneAt }
  }
}

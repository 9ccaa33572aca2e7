/// The orders: by id, counted, with the closed ones kept for a while.
struct OrderBook: Sendable {
  /// The most orders, closed ones included.
  static let bound = 50_000
  /// How long an order is kept after it was delivered, cancelled or all its tickets bumped.
  static let retention = Span.minutes(15)
  /// The most tickets of an order.
  static let ticketBound = 32

  var table = EntityTable<Order>(bound: OrderBook.bound)
  private var closed = OrderedIndex<Timestamp>()
  private var unroutedIndex = OrderedIndex<Timestamp>()
  private(set) var pending = 0

  /// How many orders no station got a ticket of.
  var unroutedCount: Int { unroutedIndex.count }

  /// At most `limit` orders no station got a ticket of, oldest first.
  func unrouted(limit: Int) -> [Order] {
    unroutedIndex.slots(from: 0, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// The slot of the order closed longest ago, and when it was.
  var oldestClosed: (slot: Int, at: Timestamp)? { closed.first.map { ($0.slot, $0.key) } }

  /// Puts a changed order in its slot and every index; nil for `old` when it is new.
  mutating func replace(_ slot: Int, _ old: Order?, with new: Order) {
    if let old { withdraw(old, slot: slot) }
    table.update(slot) { $0 = new }
    if let closedAt = new.closedAt { closed.insert(closedAt, slot: slot) }
    if new.isUnrouted { unroutedIndex.insert(new.createdAt, slot: slot) }
    if new.state.isPending { pending += 1 }
  }

  /// Forgets an order.
  mutating func remove(_ order: Order, slot: Int) {
    withdraw(order, slot: slot)
    table.remove(id: order.id)
  }

  private mutating func withdraw(_ order: Order, slot: Int) {
    if let closedAt = order.closedAt { closed.remove(closedAt, slot: slot) }
    if order.isUnrouted { unroutedIndex.remove(order.createdAt, slot: slot) }
    if order.state.isPending { pending -= 1 }
  }
}

extension Order {
  /// When it stopped mattering: delivered, cancelled, or made ready as far as we can conclude.
  var closedAt: Timestamp? {
    state.isTerminal || (state == .ready && basis == .inferred) ? stateSince : nil
  }
}

// The lists are written as their slots.
extension OrderBook: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(closed.allSlots)
    try container.encode(unroutedIndex.allSlots)
    try container.encode(pending)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<Order>.self)
    let closed = try container.decode([Int].self)
    let unrouted = try container.decode([Int].self)
    pending = try container.decode(Int.self)
    let orders = table
    self.closed = try OrderedIndex(slots: closed) { orders.entity(at: $0)?.closedAt }
    unroutedIndex = try OrderedIndex(slots: unrouted) { slot in
      orders.entity(at: slot).flatMap { $0.isUnrouted ? $0.createdAt : nil }
    }
  }
}

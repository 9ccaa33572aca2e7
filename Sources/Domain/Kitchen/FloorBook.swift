/// The tables in the order an expediter looks at them, and the waiters.
struct FloorBook: Sendable {
  /// The display order: ready to run first, then cooking, waiting, served; the longest wait first.
  struct Order: Comparable, Sendable {
    let service: TableService
    let since: Timestamp

    static func < (left: Order, right: Order) -> Bool {
      left.service != right.service ? left.service < right.service : left.since < right.since
    }
  }

  /// The most tables, and the most waiters.
  static let tableBound = 20_000, serverBound = 10_000
  /// The most open orders noted at a table, and tables merged into one.
  static let orderBound = 64, mergedBound = 16

  var tables = EntityTable<Table>(bound: FloorBook.tableBound)
  var servers = EntityTable<Server>(bound: FloorBook.serverBound)
  private var index = OrderedIndex<Order>()
  private(set) var occupied = 0
  private(set) var covers: Int64 = 0
  private(set) var readyWaiting = 0

  /// How many tables there are.
  var count: Int { index.count }

  /// At most `limit` tables from rank `start`.
  func tables(from start: Int, limit: Int) -> [Table] {
    index.slots(from: start, limit: limit).compactMap { tables.entity(at: $0) }
  }

  /// Since when the table that waits longest for its food to be run has been waiting.
  var oldestReady: Timestamp? {
    guard let first = index.first?.key, first.service == .ready else { return nil }
    return first.since
  }

  /// Puts a changed table in its slot and the index; nil for `old` when it is new.
  mutating func replace(_ slot: Int, _ old: Table?, with new: Table) {
    if let old { withdraw(old, slot: slot) }
    tables.update(slot) { $0 = new }
    index.insert(Self.order(new), slot: slot)
    count(new, by: 1)
  }

  /// Forgets a table.
  mutating func remove(_ table: Table, slot: Int) {
    withdraw(table, slot: slot)
    tables.remove(id: table.id)
  }

  private mutating func withdraw(_ table: Table, slot: Int) {
    index.remove(Self.order(table), slot: slot)
    count(table, by: -1)
  }

  private mutating func count(_ table: Table, by step: Int) {
    if table.service == .ready { readyWaiting += step }
    guard table.state == .occupied, table.mergedInto == nil else { return }
    occupied += step
    covers &+= Int64(step) &* (table.covers ?? 0)
  }

  private static func order(_ table: Table) -> Order {
    Order(
      service: table.service, since: table.serviceSince ?? Timestamp(microseconds: .max))
  }
}

// The list is written as its slots.
extension FloorBook: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(tables)
    try container.encode(servers)
    try container.encode(index.allSlots)
    try container.encode([occupied, readyWaiting])
    try container.encode(covers)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    tables = try container.decode(EntityTable<Table>.self)
    servers = try container.decode(EntityTable<Server>.self)
    let slots = try container.decode([Int].self)
    let counts = try container.decode([Int].self)
    covers = try container.decode(Int64.self)
    try StateFault.check(counts.count == 2, "tables are not counted")
    (occupied, readyWaiting) = (counts[0], counts[1])
    let tables = tables
    index = try OrderedIndex(slots: slots) { tables.entity(at: $0).map(Self.order) }
  }
}

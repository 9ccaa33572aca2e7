/// How many of one item are to be cooked right now.
package struct AllDayTotal: Codable, Equatable, Sendable {
  /// The item's name.
  package let name: String
  /// Fired and not bumped or voided, over all stations.
  package fileprivate(set) var total: Int64 = 0
  /// The same by station id; items of tickets without a station are under "".
  package fileprivate(set) var byStation: [String: Int64] = [:]
}

/// What one item adds to the all-day totals.
struct AllDayTally: Codable, Hashable, Sendable {
  let name: String
  let quantity: Int64
  let station: String?
}

/// The all-day totals, kept up to date item by item.
struct AllDay: Sendable {
  private struct Order: Comparable, Sendable {
    let total: Int64
    let name: String

    static func < (left: Order, right: Order) -> Bool {
      left.total != right.total ? left.total > right.total : left.name < right.name
    }
  }

  /// The most names told apart.
  static let bound = 10_000

  private var table = EntityTable<AllDayTotal>(bound: AllDay.bound)
  private var index = OrderedIndex<Order>()

  /// How many names have something to cook.
  var count: Int { index.count }

  /// At most `limit` totals, the largest first, then by name.
  func totals(limit: Int) -> [AllDayTotal] {
    index.slots(from: 0, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// The total of a name; nil when nothing of it is to be cooked.
  func total(_ name: String) -> AllDayTotal? { table[name] }

  /// Adds what an item adds; false when there are too many names.
  mutating func add(_ tally: AllDayTally) -> Bool {
    add(tally.quantity, of: tally.name, station: tally.station)
  }

  /// Takes back what an item added.
  mutating func remove(_ tally: AllDayTally) {
    _ = add(0 &- tally.quantity, of: tally.name, station: tally.station)
  }

  private mutating func add(_ quantity: Int64, of name: String, station: String?) -> Bool {
    guard
      let slot = table.slot(of: name) ?? table.insert(AllDayTotal(name: name), id: name),
      let old = table.entity(at: slot)
    else { return false }
    var new = old
    new.total &+= quantity
    let count = (new.byStation[station ?? ""] ?? 0) &+ quantity
    new.byStation[station ?? ""] = count == 0 ? nil : count
    index.remove(Order(total: old.total, name: name), slot: slot)
    if new.byStation.isEmpty {
      table.remove(id: name)
    } else {
      table.update(slot) { $0 = new }
      index.insert(Order(total: new.total, name: name), slot: slot)
    }
    return true
  }
}

// The list is written as its slots.
extension AllDay: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(index.allSlots)
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<AllDayTotal>.self)
    let slots = try container.decode([Int].self)
    let totals = table
    index = try OrderedIndex(slots: slots) { slot in
      totals.entity(at: slot).map { Order(total: $0.total, name: $0.name) }
    }
  }
}

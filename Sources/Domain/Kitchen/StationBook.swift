/// The stations: by id, in display order, with the tickets each is cooking.
struct StationBook: Sendable {
  /// The display order: position, then order of appearance.
  typealias Order = Int

  /// The most stations.
  static let bound = 4_096
  /// The most sold-out names listed at a station.
  static let soldOutBound = 64

  var table = EntityTable<Station>(bound: StationBook.bound)
  private var index = OrderedIndex<Order>()
  private var cooking: [OrderedIndex<Timestamp>] = []
  /// What was read back of `cooking` and waits for the tickets.
  private var restored: [[Int]] = []

  /// At most `limit` stations in display order.
  func listed(limit: Int) -> [Station] {
    index.slots(from: 0, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// How many stations there are.
  var count: Int { index.count }

  /// The slot of a station, adding it as inferred when unknown; nil when there are too many.
  mutating func slot(of id: String, at now: Timestamp) -> Int? {
    if let slot = table.slot(of: id) { return slot }
    let station = Station(id: id, position: index.count, at: now)
    guard let slot = table.insert(station, id: id) else { return nil }
    index.insert(station.position, slot: slot)
    if slot >= cooking.count {
      cooking += [OrderedIndex<Timestamp>](
        repeating: OrderedIndex(), count: slot + 1 - cooking.count)
    }
    return slot
  }

  /// When tickets turn yellow and red at a station.
  func limits(_ slot: Int) -> (yellow: Span, red: Span) {
    guard let station = table.entity(at: slot) else { return (.seconds(300), .seconds(600)) }
    return (station.yellowAfter, station.redAfter)
  }

  /// How many bumps a station saw and how long they took in all.
  func prepTotals(_ slot: Int) -> (count: UInt64, total: Span)? {
    table.entity(at: slot).map { ($0.prep.count, $0.prepTotal) }
  }

  /// Changes a station and its place in the list.
  mutating func update(_ slot: Int, _ change: (inout Station) -> Void) {
    guard let old = table.entity(at: slot)?.position else { return }
    table.update(slot, change)
    guard let new = table.entity(at: slot)?.position else { return }
    index.move(slot: slot, from: old, to: new)
  }

  /// Forgets a station.
  mutating func remove(id: String) {
    guard let slot = table.slot(of: id), let station = table.entity(at: slot) else { return }
    index.remove(station.position, slot: slot)
    table.remove(id: id)
    cooking[slot] = OrderedIndex()
  }

  /// Adds a cooking ticket by its slot and the start of its clock.
  mutating func startCooking(_ ticket: Int, since clock: Timestamp, at slot: Int) {
    cooking[slot].insert(clock, slot: ticket)
    settle(slot)
  }

  /// Takes a ticket off that no longer cooks.
  mutating func stopCooking(_ ticket: Int, since clock: Timestamp, at slot: Int) {
    cooking[slot].remove(clock, slot: ticket)
    settle(slot)
  }

  /// The slots of at most `limit` cooking tickets of a station, oldest first.
  func cooking(at slot: Int, limit: Int) -> [Int] {
    cooking.indices.contains(slot) ? cooking[slot].slots(from: 0, limit: limit) : []
  }

  private mutating func settle(_ slot: Int) {
    let count = cooking[slot].count
    let oldest = cooking[slot].first?.key
    table.update(slot) {
      $0.open = count
      $0.oldestFiredAt = oldest
    }
  }
}

// The lists are written as their slots; those of the tickets that cook are made again by whoever
// knows the tickets.
extension StationBook: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(index.allSlots)
    try container.encode(cooking.map(\.allSlots))
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<Station>.self)
    let slots = try container.decode([Int].self)
    restored = try container.decode([[Int]].self)
    let stations = table
    index = try OrderedIndex(slots: slots) { stations.entity(at: $0)?.position }
    try StateFault.check(
      restored.count == table.slotCount, "stations are without a list of what they cook")
  }

  /// Makes the lists of what cooks where, once the tickets are known.
  mutating func restoreCooking(
    _ clockStart: (_ ticket: Int) -> Timestamp?
  ) throws(StateFault) {
    cooking = []
    for slots in restored { cooking.append(try OrderedIndex(slots: slots, key: clockStart)) }
    restored = []
  }
}

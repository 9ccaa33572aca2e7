/// Who is there, by key, the lost ones first.
struct PresenceBook: Sendable {
  /// The display order: lost, away, online, gone; then by name.
  struct Order: Comparable, Sendable {
    let group: Int
    let user: String

    static func < (left: Order, right: Order) -> Bool {
      left.group != right.group ? left.group < right.group : left.user < right.user
    }
  }

  /// The most people and devices.
  static let bound = 10_000
  /// The silences after which someone is away, offline, and forgotten.
  static let awayAfter = Span.seconds(45), offlineAfter = Span.seconds(90)
  static let forgetAfter = offlineAfter + .minutes(30)

  var table = EntityTable<Presence>(bound: PresenceBook.bound)
  private var index = OrderedIndex<Order>()
  private(set) var online = 0, away = 0, offline = 0

  /// How many are listed.
  var count: Int { index.count }

  /// At most `limit` presences from rank `start`.
  func presences(from start: Int, limit: Int) -> [Presence] {
    index.slots(from: start, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// Puts a changed presence in its slot and the index; nil for `old` when it is new.
  mutating func replace(_ slot: Int, _ old: Presence?, with new: Presence) {
    if let old { count(old.state, by: -1) }
    table.update(slot) { $0 = new }
    count(new.state, by: 1)
    if let old {
      index.move(slot: slot, from: Self.order(old), to: Self.order(new))
    } else {
      index.insert(Self.order(new), slot: slot)
    }
  }

  /// Forgets a presence.
  mutating func remove(_ presence: Presence, slot: Int) {
    count(presence.state, by: -1)
    index.remove(Self.order(presence), slot: slot)
    table.remove(id: presence.key)
  }

  private mutating func count(_ state: PresenceState, by step: Int) {
    switch state {
    case .online: online += step
    case .away: away += step
    case .offline: offline += step
    }
  }

  private static func order(_ presence: Presence) -> Order {
    let group =
      switch (presence.state, presence.basis) {
      case (.offline, .inferred): 0
      case (.away, _): 1
      case (.online, _): 2
      case (.offline, .asserted): 3
      }
    return Order(group: group, user: presence.user)
  }
}

// The list is written as its slots.
extension PresenceBook: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(index.allSlots)
    try container.encode([online, away, offline])
  }

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<Presence>.self)
    let slots = try container.decode([Int].self)
    let counts = try container.decode([Int].self)
    try StateFault.check(counts.count == 3, "people are not counted")
    (online, away, offline) = (counts[0], counts[1], counts[2])
    let presences = table
    index = try OrderedIndex(slots: slots) { presences.entity(at: $0).map(Self.order) }
  }
}

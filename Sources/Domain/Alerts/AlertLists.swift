/// Whose alerts to list.
package enum AlertScope: Int, CaseIterable, Hashable, Sendable {
  case all
  /// Those of one world, and those of the stream, which concern both.
  case agents, kitchen

  func includes(_ world: World) -> Bool {
    switch (self, world) {
    case (.all, _), (_, .stream), (.agents, .agents), (.kitchen, .kitchen): true
    case (.agents, .kitchen), (.kitchen, .agents): false
    }
  }
}

/// The alerts in display order, for each scope: open before closed, then the severest, then the
/// newest.
struct AlertLists: Sendable {
  struct Order: Comparable, Sendable {
    let closed: Bool
    let severity: Int
    let raisedAt: Timestamp

    init(_ alert: Alert) {
      closed = !alert.state.isOpen
      severity = alert.severity
      raisedAt = alert.raisedAt
    }

    static func < (left: Order, right: Order) -> Bool {
      if left.closed != right.closed { return right.closed }
      if left.severity != right.severity { return left.severity > right.severity }
      return left.raisedAt > right.raisedAt
    }
  }

  private struct List: Sendable {
    var index = OrderedIndex<Order>()
    var openBySeverity = [Int](repeating: 0, count: 6)
  }

  private var lists = AlertScope.allCases.map { _ in List() }

  /// How many alerts a scope lists.
  func count(_ scope: AlertScope) -> Int { lists[scope.rawValue].index.count }

  /// How many of them are open, by severity.
  func openBySeverity(_ scope: AlertScope) -> [Int] { lists[scope.rawValue].openBySeverity }

  /// The slots of at most `limit` alerts from rank `start`.
  func slots(_ scope: AlertScope, from start: Int, limit: Int) -> [Int] {
    lists[scope.rawValue].index.slots(from: start, limit: limit)
  }

  mutating func insert(_ alert: Alert, slot: Int) {
    for scope in AlertScope.allCases where scope.includes(alert.world) {
      lists[scope.rawValue].index.insert(Order(alert), slot: slot)
      count(alert, by: 1, scope)
    }
  }

  mutating func remove(_ alert: Alert, slot: Int) {
    for scope in AlertScope.allCases where scope.includes(alert.world) {
      lists[scope.rawValue].index.remove(Order(alert), slot: slot)
      count(alert, by: -1, scope)
    }
  }

  /// Moves an alert to its new place; its world never changes.
  mutating func move(slot: Int, from old: Alert, to new: Alert) {
    for scope in AlertScope.allCases where scope.includes(old.world) {
      lists[scope.rawValue].index.move(slot: slot, from: Order(old), to: Order(new))
      count(old, by: -1, scope)
      count(new, by: 1, scope)
    }
  }

  private mutating func count(_ alert: Alert, by step: Int, _ scope: AlertScope) {
    guard alert.state.isOpen, (0...5).contains(alert.severity) else { return }
    lists[scope.rawValue].openBySeverity[alert.severity] += step
  }
}

// Written as the slots of each list; the rest follows from the alerts.
extension AlertLists {
  /// The slots of each list, in order.
  var allSlots: [[Int]] { lists.map(\.index.allSlots) }

  /// The lists of some alerts by their slots; throws when they are not those lists.
  init(slots: [[Int]], of table: EntityTable<Alert>) throws(StateFault) {
    try StateFault.check(slots.count == lists.count, "lists of alerts are missing")
    for scope in AlertScope.allCases {
      let slots = slots[scope.rawValue]
      lists[scope.rawValue].index = try OrderedIndex(slots: slots) { slot in
        table.entity(at: slot).flatMap { scope.includes($0.world) ? Order($0) : nil }
      }
      for slot in slots { if let alert = table.entity(at: slot) { count(alert, by: 1, scope) } }
    }
  }
}

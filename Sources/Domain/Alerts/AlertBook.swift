/// The alerts of both worlds: one a code and subject, cleared 30 s after their condition ended,
/// raised again at the earliest 30 minutes after someone closed them.
package struct AlertBook: Sendable {
  /// How long a condition must be false before its alert clears.
  package static let clearAfter = Span.seconds(30)
  /// How long a closed alert keeps its condition from raising it anew.
  package static let reraiseAfter = Span.minutes(30)
  /// How long a closed alert stays listed.
  package static let closedRetention = Span.minutes(30)
  /// The most alerts kept.
  package static let bound = 10_000

  private var table = EntityTable<Alert>(bound: AlertBook.bound)
  private var lists = AlertLists()
  private var timers = SlotTimers()
  /// Conditions that could not be noted because the book is full.
  package private(set) var refused = 0

  /// No alerts.
  package init() {}

  /// How many alerts are listed, open and closed.
  package var count: Int { lists.count(.all) }
  /// How many are open.
  package var openCount: Int { openBySeverity.reduce(0, +) }
  /// Open alerts by severity: `openBySeverity[5]` counts those of severity 5.
  package var openBySeverity: [Int] { lists.openBySeverity(.all) }
  /// When the book next changes by time alone.
  package var nextDue: Timestamp? { timers.next }

  /// At most `limit` alerts of a scope from rank `start`: open before closed, then the severest,
  /// then the newest.
  package func alerts(of scope: AlertScope = .all, from start: Int, limit: Int) -> [Alert] {
    lists.slots(scope, from: start, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// How many alerts of a scope are listed, open and closed.
  package func count(of scope: AlertScope) -> Int { lists.count(scope) }

  /// Open alerts of a scope by severity.
  package func openBySeverity(of scope: AlertScope) -> [Int] { lists.openBySeverity(scope) }

  /// The alert of a key.
  package func alert(_ key: Alert.Key) -> Alert? {
    table[Self.id(key)]
  }

  /// The alert in a slot that `Changes` named; nil when it was forgotten since.
  package func alert(inSlot slot: Int) -> Alert? { table.entity(at: slot) }

  /// Notes that a condition holds.
  package mutating func raise(
    _ code: AlertCode, subject: String, text: String, cause: String?, at now: Timestamp,
    changes: inout Changes
  ) {
    raise(
      Alert(
        key: Alert.Key(code: code.rawValue, subject: subject), severity: code.severity,
        world: code.world, text: text, state: .open, basis: .inferred, raisedAt: now, lastAt: now,
        count: 1, falseSince: nil, causes: cause.map { [$0] } ?? []),
      changes: &changes)
  }

  /// Notes an alert as an event described it, or as a rule found it.
  package mutating func raise(_ alert: Alert, changes: inout Changes) {
    let id = Self.id(alert.key)
    if let slot = table.slot(of: id) {
      refresh(slot, with: alert, changes: &changes)
      return
    }
    makeRoom(changes: &changes)
    guard let slot = table.insert(alert, id: id) else {
      refused += 1
      return
    }
    lists.insert(alert, slot: slot)
    changes.insert(.alerts, slot: slot)
  }

  /// Notes that a condition no longer holds; its alert clears after `clearAfter`.
  package mutating func withdraw(
    _ code: AlertCode, subject: String, at now: Timestamp, changes: inout Changes
  ) {
    withdraw(Alert.Key(code: code.rawValue, subject: subject), at: now, changes: &changes)
  }

  /// Notes that the condition of an alert no longer holds; it clears after `clearAfter`.
  package mutating func withdraw(
    _ key: Alert.Key, at now: Timestamp, changes: inout Changes
  ) {
    let id = Self.id(key)
    guard let slot = table.slot(of: id), let alert = table.entity(at: slot),
      alert.state.isOpen, alert.falseSince == nil
    else { return }
    table.update(slot) { $0.falseSince = now }
    timers.arm(slot, at: now + Self.clearAfter)
    changes.insert(.alerts, slot: slot)
  }

  /// Moves an alert to a state someone chose.
  package mutating func change(
    _ key: Alert.Key, to state: AlertState, at now: Timestamp, changes: inout Changes
  ) {
    guard let slot = table.slot(of: Self.id(key)), let alert = table.entity(at: slot),
      alert.state != state
    else { return }
    change(slot, changes: &changes) {
      if state.isOpen, !$0.state.isOpen {
        // Whoever opens it again knows better than the rule that closed it.
        ($0.raisedAt, $0.falseSince) = (now, nil)
      }
      $0.state = state
      $0.closedAt = state.isOpen ? nil : now
    }
  }

  /// Clears and forgets what is due by `now`, each at its exact moment.
  package mutating func tick(now: Timestamp, changes: inout Changes) {
    while let (slot, due) = timers.pop(dueBy: now) {
      guard let alert = table.entity(at: slot), let next = Self.due(alert) else { continue }
      guard next <= due else {
        timers.arm(slot, at: next)
        continue
      }
      if alert.state.isOpen {
        change(slot, changes: &changes) {
          $0.state = .resolved
          $0.closedAt = next
        }
      } else {
        forget(slot, alert, changes: &changes)
      }
    }
  }

  private mutating func refresh(_ slot: Int, with alert: Alert, changes: inout Changes) {
    change(slot, changes: &changes) {
      if $0.isNewRun(at: alert.lastAt) {
        $0.state = .open
        $0.closedAt = nil
        $0.raisedAt = alert.raisedAt
      }
      $0.text = alert.text
      $0.severity = alert.severity
      $0.count += 1
      $0.lastAt = max($0.lastAt, alert.lastAt)
      $0.falseSince = nil
      for cause in alert.causes where $0.causes.last != cause { $0.causes.append(cause) }
      $0.causes.removeFirst(max(0, $0.causes.count - 8))
    }
  }

  private mutating func change(
    _ slot: Int, changes: inout Changes, _ edit: (inout Alert) -> Void
  ) {
    guard let old = table.entity(at: slot) else { return }
    var new = old
    edit(&new)
    table.update(slot) { $0 = new }
    lists.move(slot: slot, from: old, to: new)
    if let due = Self.due(new) { timers.arm(slot, at: due) }
    changes.insert(.alerts, slot: slot)
  }

  /// A full book forgets the least of its closed alerts; open ones stay.
  private mutating func makeRoom(changes: inout Changes) {
    guard table.count >= Self.bound,
      let last = lists.slots(.all, from: count - 1, limit: 1).first,
      let alert = table.entity(at: last), !alert.state.isOpen
    else { return }
    forget(last, alert, changes: &changes)
  }

  /// When time alone changes it: it clears, or it is forgotten.
  private static func due(_ alert: Alert) -> Timestamp? {
    alert.state.isOpen
      ? alert.falseSince.map { $0 + clearAfter } : alert.closedAt.map { $0 + closedRetention }
  }

  private mutating func forget(_ slot: Int, _ alert: Alert, changes: inout Changes) {
    lists.remove(alert, slot: slot)
    table.remove(id: Self.id(alert.key))
    changes.insert(.alerts, slot: slot)
  }

  private static func id(_ key: Alert.Key) -> String { key.code + "\u{1F}" + key.subject }
}

extension Alert {
  /// Whether its condition, found true now, opens it anew: it had cleared, also if no time passed
  /// on the board since, or someone closed it long enough ago.
  fileprivate func isNewRun(at now: Timestamp) -> Bool {
    switch state {
    case .open, .investigating: falseSince.map { now - $0 >= AlertBook.clearAfter } ?? false
    case .resolved: true
    case .falsePositive, .ignored: closedAt.map { now - $0 >= AlertBook.reraiseAfter } ?? true
    }
  }
}

// The lists are written as their slots.
extension AlertBook: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(table)
    try container.encode(lists.allSlots)
    try container.encode(timers)
    try container.encode(refused)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    table = try container.decode(EntityTable<Alert>.self)
    lists = try AlertLists(slots: try container.decode([[Int]].self), of: table)
    timers = try container.decode(SlotTimers.self)
    refused = try container.decode(Int.self)
    try timers.check()
  }
}

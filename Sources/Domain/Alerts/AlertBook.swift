/// The alerts of both worlds: one a code and subject, cleared 30 s after their condition ended,
/// raised again at the earliest 30 minutes after someone closed them.
package struct AlertBook: Sendable {
  /// The display order: open before closed, then the severest, then the newest.
  package struct Order: Comparable, Sendable {
    let closed: Bool
    let severity: Int
    let raisedAt: Timestamp

    package static func < (left: Order, right: Order) -> Bool {
      if left.closed != right.closed { return right.closed }
      if left.severity != right.severity { return left.severity > right.severity }
      return left.raisedAt > right.raisedAt
    }
  }

  /// How long a condition must be false before its alert clears.
  package static let clearAfter = Span.seconds(30)
  /// How long a closed alert keeps its condition from raising it anew.
  package static let reraiseAfter = Span.minutes(30)
  /// How long a closed alert stays listed.
  package static let closedRetention = Span.minutes(30)
  /// The most alerts kept.
  package static let bound = 10_000

  private var table = EntityTable<Alert>(bound: AlertBook.bound)
  private var index = OrderedIndex<Order>()
  private var due = DueQueue<Int>()
  /// Open alerts by severity: `openBySeverity[5]` counts those of severity 5.
  package private(set) var openBySeverity = [Int](repeating: 0, count: 6)
  /// Conditions that could not be noted because the book is full.
  package private(set) var refused = 0

  /// No alerts.
  package init() {}

  /// How many alerts are listed, open and closed.
  package var count: Int { index.count }
  /// How many are open.
  package var openCount: Int { openBySeverity.reduce(0, +) }
  /// When the book next changes by time alone.
  package var nextDue: Timestamp? { due.next }

  /// At most `limit` alerts from rank `start` in display order.
  package func alerts(from start: Int, limit: Int) -> [Alert] {
    index.slots(from: start, limit: limit).compactMap { table.entity(at: $0) }
  }

  /// The alert of a key.
  package func alert(_ key: Alert.Key) -> Alert? {
    table[Self.id(key)]
  }

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
    guard let slot = table.insert(alert, id: id) else {
      refused += 1
      return
    }
    index.insert(Self.order(alert), slot: slot)
    count(alert, by: 1)
    changes.insert(.alerts, slot: slot)
  }

  /// Notes that a condition no longer holds; its alert clears after `clearAfter`.
  package mutating func withdraw(
    _ code: AlertCode, subject: String, at now: Timestamp, changes: inout Changes
  ) {
    let id = Self.id(Alert.Key(code: code.rawValue, subject: subject))
    guard let slot = table.slot(of: id), let alert = table.entity(at: slot),
      alert.state.isOpen, alert.falseSince == nil
    else { return }
    table.update(slot) { $0.falseSince = now }
    due.schedule(slot, at: now + Self.clearAfter)
    changes.insert(.alerts, slot: slot)
  }

  /// Moves an alert to a state someone chose.
  package mutating func change(
    _ key: Alert.Key, to state: AlertState, at now: Timestamp, changes: inout Changes
  ) {
    guard let slot = table.slot(of: Self.id(key)) else { return }
    change(slot, at: now, changes: &changes) { $0.state = state }
  }

  /// Clears and forgets what is due.
  package mutating func tick(now: Timestamp, changes: inout Changes) {
    while let (slot, _) = due.pop(dueBy: now) {
      guard let alert = table.entity(at: slot) else { continue }
      if alert.state.isOpen {
        guard let since = alert.falseSince else { continue }
        guard since + Self.clearAfter <= now else {
          due.schedule(slot, at: since + Self.clearAfter)
          continue
        }
        change(slot, at: now, changes: &changes) { $0.state = .resolved }
      } else if alert.lastAt + Self.closedRetention <= now {
        forget(slot, alert, changes: &changes)
      }
    }
  }

  private mutating func refresh(_ slot: Int, with alert: Alert, changes: inout Changes) {
    guard let known = table.entity(at: slot) else { return }
    let isReraised = !known.state.isOpen && alert.lastAt >= known.lastAt + Self.reraiseAfter
    let isResolved = known.state == .resolved
    change(slot, at: alert.lastAt, changes: &changes) {
      $0.text = alert.text
      $0.severity = alert.severity
      $0.count += 1
      $0.falseSince = nil
      for cause in alert.causes where $0.causes.last != cause { $0.causes.append(cause) }
      $0.causes.removeFirst(max(0, $0.causes.count - 8))
      if isReraised || isResolved {
        $0.state = .open
        $0.raisedAt = alert.raisedAt
      }
    }
  }

  private mutating func change(
    _ slot: Int, at now: Timestamp, changes: inout Changes, _ edit: (inout Alert) -> Void
  ) {
    guard let old = table.entity(at: slot) else { return }
    var new = old
    edit(&new)
    new.lastAt = max(old.lastAt, now)
    table.update(slot) { $0 = new }
    index.move(slot: slot, from: Self.order(old), to: Self.order(new))
    count(old, by: -1)
    count(new, by: 1)
    if !new.state.isOpen { due.schedule(slot, at: new.lastAt + Self.closedRetention) }
    changes.insert(.alerts, slot: slot)
  }

  private mutating func forget(_ slot: Int, _ alert: Alert, changes: inout Changes) {
    index.remove(Self.order(alert), slot: slot)
    table.remove(id: Self.id(alert.key))
    changes.insert(.alerts, slot: slot)
  }

  private mutating func count(_ alert: Alert, by step: Int) {
    guard alert.state.isOpen, openBySeverity.indices.contains(alert.severity) else { return }
    openBySeverity[alert.severity] += step
  }

  private static func id(_ key: Alert.Key) -> String { key.code + "\u{1F}" + key.subject }

  private static func order(_ alert: Alert) -> Order {
    Order(closed: !alert.state.isOpen, severity: alert.severity, raisedAt: alert.raisedAt)
  }
}

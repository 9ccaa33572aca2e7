import Domain

/// Follows a board's alerts and keeps each run of each. Of more than `bound` runs the severest are
/// kept, and of equally severe ones the first.
struct AlertWatch {
  /// The most runs kept.
  static let bound = 10_000

  private struct Place {
    let severity: Int
    let index: Int
  }

  private let bound: Int
  /// The runs by the severity they fired with.
  private var runs = [[FiredAlert]](repeating: [], count: 6)
  private var current: [Alert.Key: Place] = [:]
  /// Since when those that were not kept hold, so that their changes do not count as runs.
  private var passedOver: [Alert.Key: Timestamp] = [:]
  private var kept = 0
  /// How many runs there were.
  private(set) var count = 0

  init(bound: Int = AlertWatch.bound) {
    self.bound = bound
  }

  /// The runs kept, the severest first, then in the order they fired.
  var fired: [FiredAlert] {
    runs.joined().enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      if a.severity != b.severity { return a.severity > b.severity }
      return a.firedAt != b.firedAt ? a.firedAt < b.firedAt : $0.offset < $1.offset
    }.map(\.element)
  }

  /// How many runs were not kept.
  var omitted: Int { count - kept }

  /// Takes in the alerts that stand when the watch begins.
  mutating func begin(_ book: AlertBook, _ recent: RecentEvents) {
    for alert in book.alerts(from: 0, limit: book.count) where alert.state.isOpen {
      add(alert, recent, after: nil, at: alert.raisedAt)
    }
  }

  /// Takes in what a step that ended at `now` changed.
  mutating func note(
    _ changes: Changes, _ book: AlertBook, _ recent: RecentEvents, at now: Timestamp
  ) {
    guard changes.collections.contains(.alerts) else { return }
    if changes.isTruncated {
      for alert in book.alerts(from: 0, limit: book.count) { note(alert, recent, at: now) }
      return
    }
    for entity in changes.entities where entity.collection == .alerts {
      if let alert = book.alert(inSlot: entity.slot) { note(alert, recent, at: now) }
    }
  }

  private mutating func note(_ alert: Alert, _ recent: RecentEvents, at now: Timestamp) {
    guard let place = current[alert.key] else {
      if passedOver[alert.key] != alert.raisedAt {
        add(alert, recent, after: nil, at: now)
      }
      return
    }
    let known = runs[place.severity][place.index]
    guard known.since == alert.raisedAt else {
      return add(alert, recent, after: known.closedAt ?? known.firedAt, at: now)
    }
    runs[place.severity][place.index].update(with: alert)
  }

  private mutating func add(
    _ alert: Alert, _ recent: RecentEvents, after last: Timestamp?, at now: Timestamp
  ) {
    count += 1
    let severity = min(5, max(0, alert.severity))
    guard kept < bound || makeRoom(for: severity) else {
      current[alert.key] = nil
      if passedOver.count >= Self.bound { passedOver = [:] }
      passedOver[alert.key] = alert.raisedAt
      return
    }
    kept += 1
    current[alert.key] = Place(severity: severity, index: runs[severity].count)
    runs[severity].append(FiredAlert(alert, recent, after: last, at: now))
  }

  /// Lets the newest of the least severe runs go; false when none is less severe.
  private mutating func makeRoom(for severity: Int) -> Bool {
    guard let least = runs[..<severity].firstIndex(where: { !$0.isEmpty }),
      let gone = runs[least].popLast()
    else { return false }
    kept -= 1
    let key = Alert.Key(code: gone.code, subject: gone.subject)
    if let place = current[key], place.severity == least, place.index == runs[least].count {
      current[key] = nil
    }
    return true
  }
}

extension FiredAlert {
  /// A run of an alert. Causes of an earlier run, which ended at `last`, are left out.
  fileprivate init(
    _ alert: Alert, _ recent: RecentEvents, after last: Timestamp?, at now: Timestamp
  ) {
    let causes = alert.causes.map { Cause(id: $0, event: recent[$0]) }
    self.init(
      code: alert.key.code, subject: alert.key.subject, severity: alert.severity,
      world: alert.world, text: alert.text, lastText: alert.text, basis: alert.basis,
      firedAt: now, since: alert.raisedAt, closedAt: alert.closedAt, state: alert.state,
      count: alert.count,
      causes: causes.filter { cause in
        last.map { last in cause.event.map { $0.at > last } ?? false } ?? true
      })
  }

  fileprivate mutating func update(with alert: Alert) {
    severity = max(severity, alert.severity)
    lastText = alert.text
    count = alert.count
    state = alert.state
    closedAt = alert.closedAt
  }
}

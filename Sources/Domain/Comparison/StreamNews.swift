// What differs among alerts, connections and what was lost on the way.

extension BoardDifference.News {
  mutating func compare(_ old: AlertBook, _ new: AlertBook) {
    let open = { (book: AlertBook) in
      book.alerts(from: 0, limit: .max).filter { $0.state.isOpen && $0.falseSince == nil }
    }
    let (before, after) = (open(old), open(new))
    let (known, left) = (Set(before.map(\.key)), Set(after.map(\.key)))
    for alert in after where !known.contains(alert.key) { add(.alertsRaised, alert) }
    for alert in before where !left.contains(alert.key) { add(.alertsResolved, alert) }
  }

  private mutating func add(_ kind: BoardDifference.Kind, _ alert: Alert) {
    add(kind, alert.key.rowID, named: "\(alert.key.code) \(alert.key.subject)")
  }

  mutating func compare(_ old: StreamLedger, _ new: StreamLedger) {
    for (number, connection) in new.connections.enumerated() {
      let was = old.connections.indices.contains(number) ? old.connections[number] : nil
      let (before, now) = (was?.state.isCurrent ?? true, connection.state.isCurrent)
      if before, !now, connection.connects > 0 {
        add(.connectionsLost, String(number), named: connection.name)
      }
      if !before, now { add(.connectionsBack, String(number), named: connection.name) }
    }
    add(.gaps, count: Int(clamping: new.missing.addingClamping(0 &- old.missing)))
    add(.dropped, count: new.dropped - old.dropped)
    add(.damaged, count: new.damaged - old.damaged)
  }
}

extension Alert.Key {
  /// The id of its row in the panes.
  package var rowID: String { code + "\u{1F}" + subject }
}

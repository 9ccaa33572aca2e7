// Alerts that the rules of the user raise.

extension Board {
  /// What the alert of a rule is about: a rule speaks of the whole board.
  private static func key(_ rule: String) -> Alert.Key { Alert.Key(code: rule, subject: "rule") }

  /// Raises the alert of a rule, whose condition has held since a moment.
  package mutating func raise(
    rule: String, severity: Int, world: World, text: String, since: Timestamp, at now: Timestamp
  ) {
    let alert = Alert(
      key: Self.key(rule), severity: min(5, max(1, severity)), world: world, text: text,
      state: .open, basis: .inferred, raisedAt: since, lastAt: now, count: 1, falseSince: nil,
      causes: [])
    withAlerts { $0.raise(alert, changes: &$1) }
  }

  /// Notes that the condition of a rule no longer holds; its alert clears as others do.
  package mutating func withdraw(rule: String, at now: Timestamp) {
    withAlerts { $0.withdraw(Self.key(rule), at: now, changes: &$1) }
  }
}

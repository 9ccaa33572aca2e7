package import Domain
package import Rules

/// What looks at the board of a live session after each batch: the user's rules, which raise alerts
/// on it, and a gate, which ends the session when its condition holds or its time is over.
package struct BoardWatch: Sendable {
  /// Why a session that a gate watches ends.
  package enum Ending: Hashable, Sendable {
    case passed(Gate.Passage)
    case deadline
    /// Every source has ended: nothing more can come.
    case sourcesEnded
  }

  /// What is waited for, if anything is.
  package private(set) var gate: Gate?
  private var rules: RuleWatch
  private let deadline: Timestamp?

  /// A watch by rules, and for a gate that is given time until `deadline`, or for ever.
  package init(rules: RuleBook = RuleBook([]), gate: Gate? = nil, deadline: Timestamp? = nil) {
    self.rules = RuleWatch(rules)
    self.gate = gate
    self.deadline = deadline
  }

  /// Whether there is nothing to look for.
  package var isIdle: Bool { gate == nil && rules.book.rules.isEmpty && deadline == nil }

  /// When it must look, though nothing changes on the board.
  package var nextLook: Timestamp? {
    [gate?.nextLook, rules.nextLook, deadline].compactMap(\.self).min()
  }

  /// Looks at the board in which these collections changed; raises and withdraws the alerts of
  /// rules on it, and tells what they did. The ending, once there is one. `now` is the time on the
  /// wall.
  package mutating func look(
    at session: inout Session, changed: Changes.Collections, now: Timestamp,
    _ tell: (RuleWatch.News) -> Void = { _ in }
  ) -> Ending? {
    var changed = changed
    for news in rules.look(at: session.board, changed: changed, now: session.now) {
      session.note(news)
      tell(news)
      changed.insert(.alerts)
    }
    let passage = gate?.look(at: session.board, changed: changed, now: session.now)
    if let passage { return .passed(passage) }
    if gate != nil, session.board.stream.hasEnded, session.nextSettling == nil {
      return .sourcesEnded
    }
    return deadline.map { $0 <= now } ?? false ? .deadline : nil
  }
}

extension Session {
  /// Raises the alert of a rule that fired, withdraws that of one that cleared.
  fileprivate mutating func note(_ news: RuleWatch.News) {
    switch news {
    case .fired(let firing):
      let rule = firing.rule
      board.raise(
        rule: rule.name, severity: rule.severity, world: rule.world, text: firing.saying,
        since: firing.since, at: now)
    case .cleared(let firing): board.withdraw(rule: firing.rule.name, at: now)
    }
  }
}

extension StreamLedger {
  /// Whether nothing more can come.
  fileprivate var hasEnded: Bool {
    !connections.isEmpty && connections.allSatisfy { $0.state == .ended }
  }
}

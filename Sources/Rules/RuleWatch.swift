package import Domain

/// An alert that a rule raised.
package struct RuleFiring: Sendable {
  /// The rule.
  package let rule: AlertRule
  /// Since when its condition held.
  package let since: Timestamp
  /// When it had held for long enough.
  package let at: Timestamp
  /// When the condition ended; nil while it holds.
  package internal(set) var until: Timestamp?
  /// Its facts when it fired, with their evidence.
  package let values: [FactReading]

  /// Why, as it is told: `kds.late = 4: 204:grill, 207:fryer, …`.
  package var words: String { values.map(\.words).joined(separator: "; ") }

  /// What its alert says: the rule's own text, and why.
  package var saying: String {
    [rule.text, words].compactMap(\.self).joined(separator: ": ")
  }
}

/// Watches a board by the rules of a book.
///
/// While the streams are in doubt nothing fires and nothing clears; what had held before has to hold
/// anew for its whole time. A condition over something unknown does not hold.
package struct RuleWatch: Sendable {
  /// Something a rule did.
  package enum News: Sendable {
    case fired(RuleFiring)
    case cleared(RuleFiring)

    /// As it is told: `GRILL_BEHIND (4) more than three late: kds.late = 4: 204:grill, …`.
    package var words: String {
      switch self {
      case .fired(let firing): "\(firing.rule.name) (\(firing.rule.severity)) \(firing.saying)"
      case .cleared(let firing): "\(firing.rule.name) is over"
      }
    }
  }

  private enum State: Sendable {
    case quiet
    case holding(since: Timestamp)
    case firing(RuleFiring)
  }

  /// The rules.
  package let book: RuleBook
  private var states: [State]
  private var schedule: LookSchedule

  /// A watch that has not looked yet.
  package init(_ book: RuleBook) {
    self.book = book
    states = Array(repeating: .quiet, count: book.rules.count)
    schedule = LookSchedule(book.rules.map(\.when))
  }

  /// When the board must be looked at next, though nothing changes in it.
  package var nextLook: Timestamp? {
    let ripe = book.rules.indices.compactMap { place -> Timestamp? in
      guard case .holding(let since) = states[place] else { return nil }
      return since + book.rules[place].holdsFor
    }
    return ([schedule.next] + ripe.map(Optional.some)).compactMap(\.self).min()
  }

  /// The alerts that are raised now, in the order of the rules.
  package var firing: [RuleFiring] {
    states.compactMap { if case .firing(let firing) = $0 { firing } else { nil } }
  }

  /// Looks at a board in which these collections changed since the last look.
  package mutating func look(
    at board: Board, changed: Changes.Collections, now: Timestamp
  ) -> [News] {
    guard !book.rules.isEmpty else { return [] }
    let isRipe = nextLook.map { $0 <= now } ?? false
    guard schedule.isDue(board, changed: changed, now: now) || isRipe else { return [] }
    return book.rules.indices.compactMap { place in
      step(place, book.rules[place].when.outcome(on: board, at: now), board, now)
    }
  }

  private mutating func step(
    _ place: Int, _ outcome: Condition.Outcome, _ board: Board, _ now: Timestamp
  ) -> News? {
    let rule = book.rules[place]
    if !rule.when.asksOfStreams, board.stream.doubt(at: now) != nil {
      if case .holding = states[place] { states[place] = .quiet }
      return nil
    }
    switch (states[place], outcome) {
    case (.firing(var firing), .fails), (.firing(var firing), .unknown):
      firing.until = now
      states[place] = .quiet
      return .cleared(firing)
    case (_, .fails), (_, .unknown):
      states[place] = .quiet
      return nil
    case (.firing, .holds): return nil
    case (.quiet, .holds):
      return fire(place, rule, since: now, board, now)
    case (.holding(let since), .holds):
      return fire(place, rule, since: since, board, now)
    }
  }

  private mutating func fire(
    _ place: Int, _ rule: AlertRule, since: Timestamp, _ board: Board, _ now: Timestamp
  ) -> News? {
    guard now - since >= rule.holdsFor else {
      states[place] = .holding(since: since)
      return nil
    }
    let firing = RuleFiring(
      rule: rule, since: since, at: now, values: rule.when.readings(of: board, at: now))
    states[place] = .firing(firing)
    return .fired(firing)
  }
}

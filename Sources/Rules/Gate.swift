package import Domain

/// Waits for a condition to hold.
package struct Gate: Sendable {
  /// What is waited for.
  package let condition: Condition
  /// What the condition came to when it was last looked at.
  package private(set) var outcome = Condition.Outcome.unknown("nothing was seen yet")
  /// Its facts, as they were when it was last looked at.
  package private(set) var readings: [FactReading] = []
  private var schedule: LookSchedule

  /// How a condition came to hold.
  package struct Passage: Hashable, Sendable {
    /// When it first held.
    package let at: Timestamp
    /// Its facts then.
    package let readings: [FactReading]
    /// Its facts before, when it did not hold; empty when it held from the first.
    package let before: [FactReading]
  }

  /// A gate at a condition that nobody has looked at yet.
  package init(_ condition: Condition) {
    self.condition = condition
    schedule = LookSchedule([condition])
  }

  /// When time alone may make it pass: the board must be looked at then.
  package var nextLook: Timestamp? { schedule.next }

  /// Looks at a board in which these collections changed since the last look; the passage when the
  /// condition holds. Costs nothing where it cannot have changed.
  package mutating func look(
    at board: Board, changed: Changes.Collections, now: Timestamp
  ) -> Passage? {
    guard schedule.isDue(board, changed: changed, now: now) else { return nil }
    outcome = condition.outcome(on: board, at: now)
    let before = readings
    let isNew = readings.map(\.value) != condition.facts.map { $0.value(of: board, at: now) }
    if isNew || outcome == .holds { readings = condition.readings(of: board, at: now) }
    guard outcome == .holds else { return nil }
    return Passage(at: now, readings: readings, before: before)
  }
}

/// When conditions must be looked at: after a change of what they depend on, once a second where
/// they depend on time, and when the streams are believed again.
struct LookSchedule: Sendable {
  private let collections: Changes.Collections
  private let isTimed: Bool
  private var isFirst = true
  private var isDoubted = false
  private(set) var next: Timestamp?

  init(_ conditions: [Condition]) {
    collections = conditions.reduce(into: []) { $0.formUnion($1.collections) }
    isTimed = conditions.contains(where: \.isTimed)
  }

  /// Whether now is the time; notes when the next one comes.
  mutating func isDue(_ board: Board, changed: Changes.Collections, now: Timestamp) -> Bool {
    let isDoubted = board.stream.doubt(at: now) != nil
    let isOver = next.map { $0 <= now } ?? false
    let isDue =
      isFirst || isOver || isDoubted != self.isDoubted || !changed.isDisjoint(with: collections)
    self.isDoubted = isDoubted
    isFirst = false
    if isDue || next == nil {
      next = [isTimed ? Self.second(after: now) : nil, board.stream.doubtEnds(after: now)]
        .compactMap(\.self).min()
    }
    return isDue
  }

  private static func second(after now: Timestamp) -> Timestamp {
    let part = now.microseconds % 1_000_000
    return now + Span(microseconds: part < 0 ? -part : 1_000_000 - part)
  }
}

import Domain
import Rules

/// The moment so many seconds after a fixed day's noon (2026-11-21T12:00:00Z).
func at(_ seconds: Double) -> Timestamp {
  Timestamp(microseconds: 1_795_262_400_000_000 + Int64((seconds * 1_000_000).rounded()))
}

/// A board with a clock, fed by one connection that is live from the start.
struct House {
  var board = Board()
  var changed: Changes.Collections = []
  var now = at(0)
  private var told = 0

  init() {
    _ = board.addConnection("hub", at: now)
    note(.connected(.sse, resumedFrom: nil), at: 0)
  }

  mutating func tell(
    _ kind: EventKind, at seconds: Double, _ data: KeyValuePairs<Field, FieldValue>
  ) {
    told += 1
    now = at(seconds)
    let event = Event(id: "e\(told)", source: "test", type: .known(kind), data: Fields(data))
    changed.formUnion(board.apply(event, at: now).collections)
  }

  mutating func fire(_ ticket: String, at seconds: Double) {
    tell(
      .ticketFired, at: seconds, [.ticket: .string(ticket), .station: .string("grill")])
  }

  mutating func bump(_ ticket: String, at seconds: Double) {
    tell(.ticketBumped, at: seconds, [.ticket: .string(ticket)])
  }

  mutating func note(_ fact: ConnectionFact, at seconds: Double) {
    now = at(seconds)
    board.note(fact, connection: 0, at: now)
    changed.formUnion(board.takeChanges().collections)
  }

  mutating func pass(to seconds: Double) {
    now = at(seconds)
    changed.formUnion(board.tick(now: now).collections)
  }

  /// What changed since the last call.
  mutating func takeChanged() -> Changes.Collections {
    defer { changed = [] }
    return changed
  }
}

extension Gate {
  /// Looks at the house as it is now.
  mutating func look(at house: inout House) -> Gate.Passage? {
    look(at: house.board, changed: house.takeChanged(), now: house.now)
  }
}

extension RuleWatch {
  /// Looks at the house as it is now, and tells what rules did.
  mutating func look(at house: inout House) -> [String] {
    look(at: house.board, changed: house.takeChanged(), now: house.now).map { news in
      switch news {
      case .fired(let firing):
        "\(firing.rule.name) fired, true since \(CivilTime(firing.since).clock): \(firing.words)"
      case .cleared(let firing): "\(firing.rule.name) cleared"
      }
    }
  }
}

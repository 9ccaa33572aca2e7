import Domain

/// What the opening of a stream tells again of the time before it, because no snapshot holds it.
struct Memories: Sendable {
  /// How many events of one kind are kept.
  private static func bound(_ kind: EventKind) -> Int {
    switch kind {
    case .mandatePointActivated: 240
    case .mandateViolationOpened, .mandateViolationResolved: 24
    default: 0
    }
  }

  private var newest: [EventKind: [Event]] = [:]

  /// Keeps what happened, if no snapshot holds such things.
  mutating func keep(_ event: Event) {
    guard case .known(let kind) = event.type, Self.bound(kind) > 0 else { return }
    newest[kind, default: []].append(event)
    let surplus = newest[kind, default: []].count - Self.bound(kind)
    if surplus > 0 { newest[kind]?.removeFirst(surplus) }
  }

  /// What was kept and is younger than 15 minutes, oldest first. The sequence numbers are left
  /// out: taken one here and one there, they would look like gaps.
  func retold(at now: Timestamp) -> [Event] {
    EventKind.allCases.flatMap { newest[$0] ?? [] }
      .filter { ($0.time ?? now) > now - .minutes(15) }
      .sorted { ($0.time ?? now, $0.id) < ($1.time ?? now, $1.id) }
      .map { event in
        var event = event
        event.sequence = nil
        event.sequenceBasis = .unstated
        return event
      }
  }
}

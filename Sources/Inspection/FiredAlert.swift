package import Domain

/// One run of an alert: from the moment the board showed it until it cleared.
package struct FiredAlert: Equatable, Sendable {
  /// An event it came from: the id as the alert names it, and the rest where the event is among the
  /// newest `RecentEvents.bound` before it.
  package struct Cause: Equatable, Sendable {
    package let id: String
    package let event: RecentEvents.Entry?
  }

  /// The condition's code, and the entity it concerns.
  package let code: String, subject: String
  /// 1-5, 5 the worst: the highest it had.
  package var severity: Int
  package let world: World
  /// What was the matter when it fired.
  package let text: String
  /// What is said of it at the end.
  package var lastText: String
  /// Whether an event told of it or Podium concluded it.
  package let basis: Basis
  /// When the board first showed it.
  package let firedAt: Timestamp
  /// Since when its condition holds, which an event may have told later.
  package let since: Timestamp
  /// When it cleared or someone closed it; nil while it stands.
  package var closedAt: Timestamp?
  /// How it stands at the end.
  package var state: AlertState
  /// How often its condition was found true.
  package var count: Int
  /// The events it came from when it fired; none where time alone made it true.
  package let causes: [Cause]

  /// How long it stood by a moment.
  package func stood(by end: Timestamp) -> Span { max(.zero, (closedAt ?? end) - firedAt) }
}

/// The newest events by their id: what an alert's causes are looked up in.
package struct RecentEvents: Sendable {
  /// What is remembered of an event.
  package struct Entry: Equatable, Sendable {
    /// The catalogue name, or the whole type where it has none.
    package let type: String
    package let source: String
    package let at: Timestamp
  }

  /// The most events remembered.
  package static let bound = 16_384

  private var entries: [String: Entry] = [:]
  private var order = Ring<String>(bound: RecentEvents.bound)

  /// No event.
  package init() {}

  /// The event of an id, while it is among the newest.
  package subscript(id: String) -> Entry? { entries[id] }

  mutating func note(_ event: Event, at now: Timestamp) {
    let entry = Entry(type: event.type.name, source: event.source, at: now)
    guard entries[event.id] == nil else { return }
    entries[event.id] = entry
    if let oldest = order.append(event.id) { entries[oldest] = nil }
  }
}

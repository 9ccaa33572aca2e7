/// Whether a station works.
package enum StationState: String, Hashable, NumberedCase, Sendable {
  case active, paused, offline
}

/// How loaded something is: warning from 70 %, critical from 90 %.
package enum LoadLevel: Hashable, Sendable {
  case ok, warn, critical
}

/// A place in the kitchen with a screen of its own.
package struct Station: Codable, Equatable, Sendable {
  package let id: String
  package var name: String
  /// grill, fryer, salad, expo, bar, prep or dessert.
  package var type: String
  /// The order in which stations are listed.
  package var position: Int
  package var state: StationState
  /// Whether the state and limits were told by an event.
  package var basis: Basis
  /// The most tickets it can work on at once, nil when not told.
  package var maxOrders: Int?
  /// Seconds after which a ticket bumps itself, nil when it does not.
  package var autoBumpSeconds: Int64?
  /// When a ticket turns yellow and red, after it was fired.
  package var yellowAfter = Span.seconds(300)
  package var redAfter = Span.seconds(600)
  /// Tickets fired or started here and not bumped.
  package var open = 0
  /// Arrival of the newest event that concerned it.
  package var lastEventAt: Timestamp
  /// Whether its load is critical or more than 15 tickets are open.
  package var isOverloaded = false
  /// Names of items sold out here.
  package var soldOut: [String] = []
  /// Bumps and of these the late ones in the last 15 minutes.
  package var bumped = SlidingWindow(bucket: .minutes(1), count: 15)
  package var bumpedLate = SlidingWindow(bucket: .minutes(1), count: 15)
  /// The sum of the preparation seconds of those bumps.
  package var prepSeconds = SlidingWindow(bucket: .minutes(1), count: 15)
  /// Preparation times of all bumps seen.
  package var prep = Histogram()
  /// The sum of those times.
  package var prepTotal = Span.zero
  /// The firing time of the oldest open ticket, nil when none is open.
  package var oldestFiredAt: Timestamp?

  /// A station of which only the id is known.
  package init(id: String, position: Int, at now: Timestamp) {
    self.id = id
    name = id
    type = id
    self.position = position
    state = .active
    basis = .inferred
    lastEventAt = now
  }

  /// Open tickets of the maximum, 0-1 and beyond; nil when the maximum is unknown.
  package var load: Double? {
    guard let maxOrders, maxOrders > 0 else { return nil }
    return Double(open) / Double(maxOrders)
  }

  /// How loaded it is; nil when the maximum is unknown.
  package var loadLevel: LoadLevel? {
    load.map { $0 >= 0.9 ? .critical : $0 >= 0.7 ? .warn : .ok }
  }

  /// The mean preparation time of the last 15 minutes; nil without a bump.
  package var averagePrep: Span? {
    bumped.total > 0 ? .seconds(prepSeconds.total / bumped.total) : nil
  }

  /// Late bumps of all in the last 15 minutes, 0-1; nil without a bump.
  package var lateShare: Double? {
    bumped.total > 0 ? Double(bumpedLate.total) / Double(bumped.total) : nil
  }
}

extension Station {
  /// Throws unless its windows are those it was made with.
  func check() throws(StateFault) {
    for window in [bumped, bumpedLate, prepSeconds] { try window.check(15, times: .minutes(1)) }
  }
}

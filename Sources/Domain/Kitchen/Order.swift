/// The life of an order.
package enum OrderState: String, Hashable, NumberedCase, Sendable {
  case new, inProgress = "in_progress", ready, delivered, cancelled

  /// Whether nothing more will happen to it.
  package var isTerminal: Bool { self == .delivered || self == .cancelled }
  /// Whether the kitchen still has work with it.
  package var isPending: Bool { self == .new || self == .inProgress }
}

/// What a guest ordered.
package struct Order: Codable, Equatable, Sendable {
  package let id: String
  package let source: String
  package let firstSeen: Timestamp
  package var lastEventAt: Timestamp
  package var createdAt: Timestamp
  package var number: String
  package var table: String?
  package var seat: String?
  package var resident: String?
  package var server: String?
  package var type: String?
  package var state: OrderState
  package var basis: Basis
  package var stateSince: Timestamp
  package var priority: Int64 = 0
  package var transcript: String?
  package var requests: [String] = []
  /// The ids of its tickets (at most 32).
  package var tickets: [String] = []
  /// Whether it ever had a ticket.
  package var isRouted = false
  /// Whether no station got a ticket within 10 s of its creation.
  package var isUnrouted = false
  /// The ids of items that were told with it (at most 128).
  package var items: [String] = []
  /// Whether an item goes against the resident's allergies or diet.
  package var isHarmful = false
  /// Whether an event told of its creation, or a ticket made us conclude it.
  package var creation: Basis = .asserted
  /// How many of its tickets are bumped, cooking and held.
  package var ticketsReady = 0, ticketsOpen = 0, ticketsHeld = 0
  /// When all its tickets were bumped for the first time.
  package var fulfilledAt: Timestamp?
  /// The order that it seems to repeat, and the newest that seems to repeat it.
  package var duplicateOf: String?, duplicatedBy: String?
}

/// The life of a table as events tell it.
package enum TableState: String, Hashable, NumberedCase, Sendable {
  case available, occupied, cleaning, reserved
}

/// What the guests at a table wait for, derived from their tickets.
package enum TableService: Int, Comparable, Hashable, NumberedCase, Sendable {
  case ready, cooking, waiting, served, none

  package static func < (left: TableService, right: TableService) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A table.
package struct Table: Codable, Equatable, Sendable {
  package let id: String
  package var label: String
  package var seats: Int64?
  package var covers: Int64?
  package var section: String?
  package var server: String?
  package var mergedInto: String?
  /// The ids of tables merged into it (at most 16).
  package var merged: [String] = []
  package var state: TableState
  package var basis: Basis
  package var stateSince: Timestamp
  package var lastEventAt: Timestamp
  /// The ids of its open orders (at most 64).
  package var orders: [String] = []
  /// Whether it has more than three open orders a seat.
  package var isOverCapacity = false
  /// What its guests wait for.
  package var service: TableService = .none
  /// Since when, for what they wait.
  package var serviceSince: Timestamp?
  /// Tickets bumped, open and held of its open orders.
  package var ticketsReady = 0, ticketsOpen = 0, ticketsHeld = 0
  /// The name of an item still cooking.
  package var nextItem: String?
}

/// A waiter's shift.
package enum Shift: String, Hashable, NumberedCase, Sendable {
  case on, cut, out
}

/// A waiter. (`server` is the trade's word; `Server` in code is this.)
package struct Server: Codable, Equatable, Sendable {
  package let id: String
  package var name: String
  package var tables: [String] = []
  package var shift: Shift = .on
}

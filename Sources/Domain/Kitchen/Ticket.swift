/// The life of a ticket at its station.
package enum TicketState: String, Hashable, NumberedCase, Sendable {
  case held, fired, started, bumped, recalled, voided

  /// Whether the station still has it to cook.
  package var isCooking: Bool { self == .fired || self == .started || self == .recalled }
}

/// How old a cooking ticket is.
package enum TicketAge: Int, Comparable, Hashable, NumberedCase, Sendable {
  case green, yellow, red

  package static func < (left: TicketAge, right: TicketAge) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// An order's work at one station; an order has at most one ticket a station.
package struct Ticket: Codable, Equatable, Sendable {
  package let id: String
  package let source: String
  package let order: String
  /// The station's id; nil while the ticket is routed nowhere.
  package var station: String?
  package let firstSeen: Timestamp
  package var lastEventAt: Timestamp
  package var state: TicketState
  package var basis: Basis = .asserted
  package var course: Int64?
  /// 0-10; from 8 it is a rush.
  package var priority: Int64 = 0
  package var routedAt: Timestamp?
  package var firedAt: Timestamp?
  package var startedAt: Timestamp?
  package var bumpedAt: Timestamp?
  package var bumpedBy: String?
  package var recalledAt: Timestamp?
  package var recallCount = 0
  package var reason: String?
  package var version: Int64?
  package var age: TicketAge = .green
  /// When it was bumped away after it had been voided.
  package var clearedAt: Timestamp?
  /// Whether its newest change was one the state machine does not know.
  package var isOutOfStep = false
  /// The ids of its items (at most 128).
  package var items: [String] = []

  /// Whether it goes before others.
  package var isRush: Bool { priority >= 8 }

  /// Since when it has been cooking: fired, or recalled after a bump.
  package var clockStart: Timestamp? {
    guard let recalledAt else { return firedAt }
    return max(recalledAt, firedAt ?? recalledAt)
  }
}

/// The groups in which tickets are listed, in this order.
package enum TicketRank: Int, Comparable, Hashable, Sendable {
  case late, rush, recalled, cooking, held, voided

  package static func < (left: TicketRank, right: TicketRank) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// The life of an item.
package enum ItemState: String, Hashable, NumberedCase, Sendable {
  case new, hold, sent, ready, voided
}

/// What happened to an item since it was first sent.
package enum ItemDelta: String, Hashable, NumberedCase, Sendable {
  case new, modified, cancelled, duplicate
}

/// One line of a ticket.
package struct TicketItem: Codable, Equatable, Sendable {
  package let id: String
  package var ticket: String?
  package var order: String?
  package var name: String
  package var quantity: Int64
  /// Additions, removals and notes, as they were sent.
  package var modifiers: [String] = []
  package var course: Int64?
  package var seat: String?
  package var allergens: [String] = []
  /// The diets it suits; empty when not told.
  package var dietary: [String] = []
  /// Which of the guest's allergies and diets it goes against.
  package var conflicts: [String] = []
  package var state: ItemState
  /// What it adds to the all-day totals now.
  var tally: AllDayTally?
  package var delta: ItemDelta = .new
}

/// How far one ticket of an order is, for the other stations.
package struct TicketProgress: Equatable, Sendable {
  package let ticket: String
  /// The station's id; nil while routed nowhere.
  package let station: String?
  package let state: TicketState
  /// Items ready of all that are not voided.
  package let ready: Int, total: Int
}

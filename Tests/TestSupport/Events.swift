package import Domain

extension Timestamp {
  /// 2026-03-14 18:00:00 UTC: the moment tests call the beginning.
  package static let evening = Timestamp(seconds: 1_773_511_200)
}

extension Board {
  /// An empty board with one live connection.
  package static func connected(at now: Timestamp = .evening) -> Board {
    var board = Board()
    let number = board.addConnection("http://127.0.0.1:7800", at: now)
    board.note(.connected(.sse, resumedFrom: nil), connection: number, at: now)
    return board
  }

  /// Applies an event of a kind with its own id.
  package mutating func hear(
    _ kind: EventKind, _ data: KeyValuePairs<Field, FieldValue>, id: String, at now: Timestamp
  ) {
    let event = Event(
      id: id, source: "test/1", type: .known(kind), time: now, data: Fields(data))
    _ = apply(event, at: now)
  }

  /// Fires a ticket of one item at a station, as a till and a kitchen would tell.
  package mutating func fire(order: String, station: String, item: String, at now: Timestamp) {
    hear(
      .orderCreated,
      [
        .order: .string(order), .number: .string(order), .state: .string("new"),
        .createdAt: .string(now.rfc3339),
        .items: .records([
          Fields([.item: .string("\(order)-1"), .name: .string(item), .qty: .integer(1)])
        ]),
      ], id: "order-\(order)", at: now)
    hear(
      .ticketFired,
      [
        .ticket: .string("\(order):\(station)"), .order: .string(order),
        .station: .string(station), .items: .strings(["\(order)-1"]),
        .firedAt: .string(now.rfc3339),
      ], id: "ticket-\(order)-\(station)", at: now)
  }
}

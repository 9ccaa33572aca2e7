import Domain
import Testing

@Suite("Bad input to the kitchen")
struct GarbageTests {
  private static let values: [FieldValue] = [
    .string(""), .string("nonsense"), .string("9999-12-31T23:59:59Z"),
    .string("0001-01-01T00:00:00Z"), .integer(.min), .integer(.max), .integer(-1),
    .number(.greatestFiniteMagnitude), .number(.nan), .number(-.infinity), .bool(true), .null,
    .strings([]), .strings(["", "x", "x"]), .records([]), .records([Fields(), Fields()]),
  ]
  private static let kinds = EventKind.allCases.filter { $0.world == .kitchen }

  @Test("no value of any member of any event stops the board", arguments: kinds)
  func anyValue(_ kind: EventKind) {
    var house = KitchenHouse()
    for (number, field) in Field.allCases.enumerated() {
      for value in Self.values {
        var data = Fields([
          .id: .string("e"), .ticket: .string("1:x"), .station: .string("x"), .table: .string("t"),
          .from: .string("a"), .to: .string("b"), .key: .string("k"), .resident: .string("r"),
        ])
        data[field] = value
        _ = house.board.apply(
          Event(id: "\(field) \(value)", source: "s", type: .known(kind), data: data),
          at: KitchenHouse.at(Double(number)))
      }
      house.pass(to: Double(number * 100))
    }
    house.pass(to: 1_000_000)
    #expect(house.board.stream.applied > 0)
  }

  @Test("every event at the ends of time is survived", arguments: kinds)
  func ends(_ kind: EventKind) {
    for moment in [Int64.min, .max, 0] {
      var board = Board()
      let data = Fields([
        .id: .string("1:x"), .station: .string("x"), .resident: .string("r"), .to: .string("b"),
        .items: .records([KitchenHouse.item("Soup", .max)]),
      ])
      for (number, time) in [moment, nil, 0].enumerated() {
        let event = Event(
          id: "\(number)", source: "s", type: .known(kind),
          time: time.map { Timestamp(microseconds: $0) }, data: data)
        _ = board.apply(event, at: Timestamp(microseconds: 0))
      }
      _ = board.tick(now: Timestamp(microseconds: 10_000_000_000_000))
      #expect(board.stream.applied == 3)
    }
  }

  @Test(
    "an event that names no entity is reported",
    arguments: [
      EventKind.ticketFired, .orderCreated, .itemAdded, .stationUpdated, .tableState, .presenceJoin,
      .serverAssigned, .tableTransferred,
    ])
  func nameless(_ kind: EventKind) {
    var house = KitchenHouse()
    house.tell(kind, at: 0)
    #expect(house.board.stream.unmapped == 1)
  }

  @Test("steps of unknown tickets, orders and items are kept for what they tell")
  func unknownEntities() {
    var house = KitchenHouse()
    house.step(.ticketBumped, "1:grill", at: 0)
    #expect(house.kitchen.ticket("1:grill")?.state == .bumped)
    #expect(house.kitchen.averageStationTime == nil)
    house.tell(.ticketBumped, at: 100, [.ticket: .string("2:grill"), .prepS: .integer(42)])
    #expect(house.kitchen.averageStationTime == .seconds(42))
    house.tell(.itemReady, at: 0, [.item: .string("x")])
    #expect(house.kitchen.item("x")?.state == .ready)
    house.tell(.orderState, at: 0, [.order: .string("9"), .state: .string("in_progress")])
    #expect(house.kitchen.order("9")?.creation == .inferred)
    house.tell(.ticketPriority, at: 0, [.ticket: .string("7:x"), .priority: .integer(9)])
    #expect(house.kitchen.ticket("7:x")?.basis == .inferred)
    #expect(house.kitchen.syncErrorCount == 0)
  }

  @Test("an event that arrives after a newer one of its subject changes nothing")
  func late() {
    var house = KitchenHouse()
    house.tell(
      .ticketBumped, at: 10, subject: "ticket/1:x", time: 9, [.ticket: .string("1:x")])
    house.tell(.ticketFired, at: 11, subject: "ticket/1:x", time: 5, [.ticket: .string("1:x")])
    #expect(house.kitchen.ticket("1:x")?.state == .bumped)
    #expect(house.board.stream.late == 1)
  }

  @Test("beyond 50,000 tickets the bumped ones give way, then new ones are refused")
  func bound() {
    var house = KitchenHouse()
    house.fire("old", at: 0, order: "o")
    house.step(.ticketBumped, "old", at: 1)
    for number in 1..<50_000 { house.fire("t\(number)", at: 2, order: "o") }
    #expect(house.kitchen.ticket("old") != nil)
    house.fire("next", at: 3, order: "o")
    #expect(house.kitchen.ticket("old") == nil)
    #expect(house.kitchen.ticketCount == 50_000)
    house.fire("refused", at: 4, order: "o")
    #expect(house.kitchen.ticketCount == 50_000)
    #expect(house.board.stream.refusedEntities == 1)
  }
}

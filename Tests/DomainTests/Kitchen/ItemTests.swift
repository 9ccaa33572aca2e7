import Domain
import Testing

@Suite("Items and all-day totals")
struct ItemTests {
  @Test("all-day counts what is fired and neither bumped nor voided, the most first")
  func allDay() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0, items: [KitchenHouse.item("Burger", 2)])
    house.fire("2:grill", at: 0, items: [KitchenHouse.item("Burger", 3)])
    house.fire("3:fryer", at: 0, station: "fryer", items: [KitchenHouse.item("Fries", 4)])
    house.fire("4:fryer", at: 0, station: "fryer", items: [KitchenHouse.item("Burger", 1)])
    house.tell(
      .ticketHeld, at: 0,
      [.ticket: .string("5:grill"), .items: .records([KitchenHouse.item("Burger", 9)])])
    #expect(house.kitchen.allDay(limit: 9).map(\.name) == ["Burger", "Fries"])
    #expect(house.kitchen.allDay(limit: 1).first?.total == 6)
    #expect(house.kitchen.allDay(limit: 1).first?.byStation == ["grill": 5, "fryer": 1])
    house.step(.ticketBumped, "2:grill", at: 1)
    #expect(house.kitchen.allDay(limit: 9).map(\.total) == [4, 3])
    house.step(.ticketRecalled, "2:grill", at: 2)
    #expect(house.kitchen.allDay(limit: 1).first?.total == 6)
    house.tell(.itemVoided, at: 3, [.item: .string("1:grill#1"), .ticket: .string("1:grill")])
    #expect(house.kitchen.allDay(limit: 9).map(\.total) == [4, 4])
  }

  @Test("items follow their events")
  func items() {
    var house = KitchenHouse()
    house.step(.ticketHeld, "1:grill", at: 0)
    house.tell(
      .itemAdded, at: 1,
      [.item: .string("a"), .ticket: .string("1:grill"), .name: .string("Ribeye")])
    #expect(house.kitchen.item("a")?.state == .hold)
    house.step(.ticketFired, "1:grill", at: 2)
    #expect(house.kitchen.item("a")?.state == .sent)
    house.tell(
      .itemChanged, at: 3,
      [.item: .string("a"), .qty: .integer(2), .modifiers: .strings(["medium rare"])])
    #expect(house.kitchen.item("a")?.delta == .modified)
    #expect(house.kitchen.item("a")?.modifiers == ["medium rare"])
    #expect(house.kitchen.allDay(limit: 1).first?.total == 2)
    house.tell(.itemReady, at: 4, [.item: .string("a")])
    #expect(house.kitchen.item("a")?.state == .ready)
    house.tell(.itemVoided, at: 5, [.item: .string("a")])
    #expect(house.kitchen.item("a")?.delta == .cancelled)
    #expect(house.kitchen.allDayCount == 0)
  }

  @Test("an item that comes before its ticket joins it")
  func itemFirst() {
    var house = KitchenHouse()
    house.tell(
      .itemAdded, at: 0, [.item: .string("a"), .ticket: .string("1"), .name: .string("Cola")])
    #expect(house.kitchen.allDayCount == 0)
    house.fire("1", at: 1, station: "bar")
    #expect(house.kitchen.ticket("1").map { house.kitchen.items(of: $0).map(\.name) } == ["Cola"])
    #expect(house.kitchen.allDay(limit: 1).first?.byStation == ["bar": 1])
  }

  @Test("a ticket that names items before they are told finds them")
  func ticketFirst() {
    var house = KitchenHouse()
    house.tell(
      .ticketFired, at: 0,
      [.ticket: .string("1:bar"), .station: .string("bar"), .items: .strings(["x"])])
    house.tell(
      .orderCreated, at: 1,
      [.order: .string("1"), .items: .records([KitchenHouse.item("Cola", 2, id: "x")])])
    #expect(house.kitchen.allDay(limit: 1).first?.byStation == ["bar": 2])
    #expect(house.kitchen.item("x")?.ticket == "1:bar")
  }

  @Test(
    "quantities are kept between 0 and 100,000",
    arguments: [
      (Int64.min, Int64(0)), (-3, 0), (0, 0), (7, 7), (.max, 100_000),
    ])
  func quantities(_ told: Int64, _ kept: Int64) {
    var house = KitchenHouse()
    house.fire("1:bar", at: 0, items: [KitchenHouse.item("Cola", told, id: "x")])
    #expect(house.kitchen.item("x")?.quantity == kept)
    #expect(house.kitchen.allDay(limit: 1).first?.total == (kept == 0 ? nil : kept))
  }

  @Test("a ticket takes at most 128 items")
  func bound() {
    var house = KitchenHouse()
    house.fire("1:bar", at: 0, items: (0..<300).map { KitchenHouse.item("Item \($0)") })
    #expect(house.kitchen.ticket("1:bar")?.items.count == 128)
    #expect(house.kitchen.allDayCount == 128)
  }
}

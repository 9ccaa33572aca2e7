import Domain
import Testing

@Suite("Orders")
struct OrderTests {
  private func created(_ id: String) -> Fields { Fields([.order: .string(id)]) }

  @Test("an order without a ticket 10 s after its creation is unrouted, until one comes")
  func unrouted() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("218"), .number: .string("218")])
    house.pass(to: 10, plus: -1)
    #expect(house.kitchen.unroutedCount == 0)
    house.pass(to: 10)
    #expect(house.kitchen.unroutedCount == 1)
    #expect(house.kitchen.unroutedOrders(limit: 9).map(\.id) == ["218"])
    #expect(house.alert(.orderUnrouted, "218")?.raisedAt == KitchenHouse.at(10))
    house.fire("218:bar", at: 20, station: "bar")
    #expect(house.kitchen.unroutedCount == 0)
    #expect(!house.isRaised(.orderUnrouted, "218"))
  }

  @Test("an order with a ticket, or cancelled in time, is never unrouted")
  func routed() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1")])
    house.fire("1:grill", at: 9)
    house.tell(.orderCreated, at: 0, [.order: .string("2")])
    house.tell(.orderCancelled, at: 9, [.order: .string("2")])
    house.pass(to: 100)
    #expect(house.kitchen.unroutedCount == 0)
    #expect(house.alert(.orderUnrouted, "1") == nil)
    #expect(house.alert(.orderUnrouted, "2") == nil)
  }

  @Test("a ticket that comes before its order is kept for it")
  func ticketFirst() {
    var house = KitchenHouse()
    house.fire("5:grill", at: 0)
    #expect(house.kitchen.order("5")?.creation == .inferred)
    #expect(house.kitchen.pendingOrders == 1)
    house.tell(.orderCreated, at: 1, time: 0, [.order: .string("5"), .table: .string("T9")])
    #expect(house.kitchen.order("5")?.creation == .asserted)
    #expect(house.kitchen.order("5")?.tickets == ["5:grill"])
    #expect(house.kitchen.order("5")?.createdAt == KitchenHouse.at(0))
    #expect(house.kitchen.table("T9")?.service == .cooking)
    #expect(house.kitchen.pendingOrders == 1)
  }

  @Test("an order follows its tickets: in progress, ready, and back after a recall")
  func progress() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1")])
    house.fire("1:grill", at: 5, order: "1")
    house.fire("1:fryer", at: 5, station: "fryer", order: "1")
    #expect(house.kitchen.order("1")?.state == .inProgress)
    #expect(house.kitchen.order("1")?.basis == .inferred)
    house.step(.ticketBumped, "1:grill", at: 100)
    #expect(house.kitchen.order("1")?.state == .inProgress)
    #expect(house.kitchen.ticketTimeCount == 0)
    house.step(.ticketBumped, "1:fryer", at: 200)
    #expect(house.kitchen.order("1")?.state == .ready)
    #expect(house.kitchen.averageTicketTime == .seconds(200))
    #expect(house.kitchen.ticketTimeP90 == .seconds(200))
    #expect(house.kitchen.averageStationTime == .seconds(145))
    house.step(.ticketRecalled, "1:grill", at: 210)
    #expect(house.kitchen.order("1")?.state == .inProgress)
    #expect(house.kitchen.pendingOrders == 1)
  }

  @Test("a word outside the vocabulary is reported and the order kept")
  func unknownWord() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1"), .state: .string("new")])
    house.tell(.orderState, at: 1, [.order: .string("1"), .state: .string("preparing")])
    #expect(house.kitchen.order("1")?.state == .new)
    #expect(house.board.stream.unmappedWords == ["preparing": 1])
    #expect(house.alert(.unmappedStatus, "preparing")?.text == "\"preparing\" from test")
  }

  @Test("an order pending for 45 minutes has timed out, one that is ready has not")
  func timeout() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("slow")])
    house.tell(.orderCreated, at: 0, [.order: .string("done")])
    house.tell(.orderState, at: 9, [.order: .string("done"), .state: .string("ready")])
    house.pass(to: 2_700, plus: -1)
    #expect(house.alert(.orderTimeout, "slow") == nil)
    house.pass(to: 2_700)
    #expect(house.isRaised(.orderTimeout, "slow"))
    #expect(house.alert(.orderTimeout, "done") == nil)
    house.tell(.orderState, at: 2_800, [.order: .string("slow"), .state: .string("delivered")])
    #expect(!house.isRaised(.orderTimeout, "slow"))
  }

  @Test("more than 50 pending orders overload the kitchen")
  func overload() {
    var house = KitchenHouse()
    for number in 1...50 { house.tell(.orderCreated, at: 0, [.order: .string("\(number)")]) }
    #expect(!house.isRaised(.kitchenOverload, "kitchen"))
    house.tell(.orderCreated, at: 1, [.order: .string("51")])
    #expect(house.alert(.kitchenOverload, "kitchen")?.text == "51 orders pending")
    house.tell(.orderCancelled, at: 2, [.order: .string("7")])
    #expect(!house.isRaised(.kitchenOverload, "kitchen"))
    #expect(house.kitchen.pendingOrders == 50)
  }

  @Test("the same items for the same seat within 5 minutes are a repeated order")
  func duplicates() {
    var house = KitchenHouse()
    let items = FieldValue.records([KitchenHouse.item("Soup"), KitchenHouse.item("Cola", 2)])
    let turned = FieldValue.records([KitchenHouse.item("Cola", 2), KitchenHouse.item("Soup")])
    let seat = FieldValue.string("s1")
    house.tell(.orderCreated, at: 0, [.order: .string("219"), .seat: seat, .items: items])
    house.tell(.orderCreated, at: 300, [.order: .string("220"), .seat: seat, .items: turned])
    #expect(house.alert(.duplicateOrder, "220")?.text == "same as #219")
    house.tell(.orderCancelled, at: 310, [.order: .string("219")])
    #expect(!house.isRaised(.duplicateOrder, "220"))
  }

  @Test("other seats, other items, no seat, or more than 5 minutes make no repeated order")
  func notDuplicates() {
    var house = KitchenHouse()
    let items = FieldValue.records([KitchenHouse.item("Soup")])
    house.tell(.orderCreated, at: 0, [.order: .string("a"), .seat: .string("s1"), .items: items])
    house.tell(.orderCreated, at: 1, [.order: .string("b"), .seat: .string("s2"), .items: items])
    house.tell(.orderCreated, at: 2, [.order: .string("c"), .table: .string("T"), .items: items])
    house.tell(.orderCreated, at: 3, [.order: .string("d"), .table: .string("T"), .items: items])
    house.tell(
      .orderCreated, at: 300.000001,
      [.order: .string("e"), .seat: .string("s1"), .items: items])
    for order in ["a", "b", "c", "d", "e"] {
      #expect(house.alert(.duplicateOrder, order) == nil)
    }
  }

  @Test("ten orders in 5 minutes at twice the usual rate are a rush")
  func spike() {
    var house = KitchenHouse()
    for minute in 0..<10 {
      house.tell(.orderCreated, at: Double(minute * 60), [.order: .string("m\(minute)")])
    }
    for number in 1...5 { house.tell(.orderCreated, at: 599, [.order: .string("n\(number)")]) }
    #expect(house.isRaised(.rushSpike, "kitchen"))
    #expect(house.kitchen.ordersPerHour == 15)
    house.pass(to: 660)
    #expect(!house.isRaised(.rushSpike, "kitchen"))
    house.pass(to: 3_600)
    #expect(house.kitchen.ordersPerHour == 14)
    house.pass(to: 4_200)
    #expect(house.kitchen.ordersPerHour == 0)
  }

  @Test("many orders are no rush while nothing is usual yet")
  func noSpike() {
    var house = KitchenHouse()
    for number in 1...40 { house.tell(.orderCreated, at: 30, [.order: .string("\(number)")]) }
    #expect(house.alert(.rushSpike, "kitchen") == nil)
  }

  @Test("a delivered order is kept for exactly 15 minutes")
  func retention() {
    var house = KitchenHouse()
    house.tell(
      .orderCreated, at: 0,
      [.order: .string("1"), .items: .records([KitchenHouse.item("Soup", id: "soup")])])
    house.tell(.orderState, at: 100, [.order: .string("1"), .state: .string("delivered")])
    house.pass(to: 1_000, plus: -1)
    #expect(house.kitchen.order("1")?.state == .delivered)
    house.pass(to: 1_000)
    #expect(house.kitchen.order("1") == nil)
    #expect(house.kitchen.item("soup") == nil)
  }
}

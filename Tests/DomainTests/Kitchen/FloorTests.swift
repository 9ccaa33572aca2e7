import Domain
import Testing

@Suite("Tables and waiters")
struct FloorTests {
  @Test("a table waits, is cooked for, is ready to run, and is served")
  func service() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1"), .table: .string("T1")])
    #expect(house.kitchen.table("T1")?.state == .occupied)
    #expect(house.kitchen.table("T1")?.basis == .inferred)
    #expect(house.kitchen.table("T1")?.service == .waiting)
    house.fire("1:grill", at: 10, order: "1")
    #expect(house.kitchen.table("T1")?.service == .cooking)
    house.step(.ticketBumped, "1:grill", at: 70)
    #expect(house.kitchen.table("T1")?.service == .ready)
    #expect(house.kitchen.table("T1")?.serviceSince == KitchenHouse.at(70))
    #expect(house.kitchen.readyWaitingCount == 1)
    #expect(house.kitchen.oldestReadySince == KitchenHouse.at(70))
    house.tell(.orderState, at: 90, [.order: .string("1"), .state: .string("delivered")])
    #expect(house.kitchen.table("T1")?.service == .served)
    #expect(house.kitchen.readyWaitingCount == 0)
    #expect(house.kitchen.oldestReadySince == nil)
    house.tell(.tableState, at: 99, [.table: .string("T1"), .state: .string("cleaning")])
    #expect(house.kitchen.table("T1")?.service == TableService.none)
    #expect(house.kitchen.occupied == 0)
  }

  @Test("tables are listed ready first, then cooking, waiting, served; the longest wait first")
  func order() {
    var house = KitchenHouse()
    house.tell(.tableState, at: 0, [.table: .string("free"), .state: .string("available")])
    for (number, table) in ["w2", "c2", "r2", "c1", "r1"].enumerated() {
      house.tell(
        .orderCreated, at: Double(number), [.order: .string(table), .table: .string(table)])
    }
    house.fire("c1:x", at: 10, order: "c1")
    house.fire("c2:x", at: 11, order: "c2")
    house.fire("r1:x", at: 12, order: "r1")
    house.fire("r2:x", at: 12, order: "r2")
    house.step(.ticketBumped, "r1:x", at: 20)
    house.step(.ticketBumped, "r2:x", at: 21)
    let ids = house.kitchen.tables(from: 0, limit: 99).map(\.id)
    #expect(ids == ["r1", "r2", "c1", "c2", "w2", "free"])
    #expect(house.kitchen.tables(from: 5, limit: 9).map(\.id) == ["free"])
  }

  @Test("a table cooked for names the next dish")
  func next() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1"), .table: .string("T1")])
    house.fire("1:grill", at: 1, order: "1", items: [KitchenHouse.item("Ribeye", id: "r")])
    #expect(house.kitchen.tables(from: 0, limit: 1).first?.nextItem == "Ribeye")
    house.tell(.itemReady, at: 2, [.item: .string("r")])
    #expect(house.kitchen.tables(from: 0, limit: 1).first?.nextItem == nil)
  }

  @Test("more than three open orders a seat are too many")
  func overcapacity() {
    var house = KitchenHouse()
    house.tell(.tableState, at: 0, [.table: .string("T"), .seats: .integer(1)])
    for number in 1...3 {
      house.tell(.orderCreated, at: 1, [.order: .string("\(number)"), .table: .string("T")])
    }
    #expect(!house.isRaised(.tableOvercapacity, "T"))
    house.tell(.orderCreated, at: 2, [.order: .string("4"), .table: .string("T")])
    #expect(house.alert(.tableOvercapacity, "T")?.text == "4 orders, 1 seats")
    house.tell(.orderCancelled, at: 3, [.order: .string("4")])
    #expect(!house.isRaised(.tableOvercapacity, "T"))
  }

  @Test("a merged table's orders and guests move to the other, and it can be split off again")
  func merge() {
    var house = KitchenHouse()
    for table in ["A", "B"] {
      house.tell(
        .tableState, at: 0,
        [.table: .string(table), .state: .string("occupied"), .covers: .integer(3)])
      house.tell(.orderCreated, at: 1, [.order: .string("o\(table)"), .table: .string(table)])
    }
    house.tell(.tableMerged, at: 2, [.from: .string("A"), .to: .string("B")])
    #expect(house.kitchen.table("A")?.mergedInto == "B")
    #expect(house.kitchen.table("B")?.orders == ["oB", "oA"])
    #expect(house.kitchen.order("oA")?.table == "B")
    #expect(house.kitchen.covers == 6)
    #expect(house.kitchen.occupied == 1)
    house.tell(.tableSplit, at: 3, [.table: .string("A"), .to: .string("B")])
    #expect(house.kitchen.table("A")?.mergedInto == nil)
    #expect(house.kitchen.table("B")?.merged == [])
    #expect(house.kitchen.occupied == 2)
  }

  @Test("a transferred order follows to its new table")
  func transfer() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1"), .table: .string("A")])
    house.fire("1:grill", at: 1, order: "1")
    house.tell(
      .tableTransferred, at: 2,
      [.order: .string("1"), .from: .string("A"), .to: .string("B")])
    #expect(house.kitchen.table("A")?.orders == [])
    #expect(house.kitchen.table("A")?.ticketsOpen == 0)
    #expect(house.kitchen.table("B")?.service == .cooking)
  }

  @Test("waiters have their tables, one waiter a table")
  func servers() {
    var house = KitchenHouse()
    house.tell(
      .serverAssigned, at: 0,
      [.server: .string("ana"), .name: .string("Ana"), .tables: .strings(["T1", "T2"])])
    house.tell(.serverAssigned, at: 1, [.server: .string("leo"), .tables: .strings(["T2"])])
    #expect(house.kitchen.server("ana")?.tables == ["T1"])
    #expect(house.kitchen.table("T2")?.server == "leo")
    house.tell(.serverAssigned, at: 2, [.server: .string("ana"), .shift: .string("cut")])
    #expect(house.kitchen.servers.map(\.shift) == [.cut, .on])
    house.tell(.serverAssigned, at: 3, [.server: .string("ana"), .shift: .string("asleep")])
    #expect(house.board.stream.unmappedWords == ["asleep": 1])
  }
}

import Domain
import Testing

@Suite("Kitchen snapshots")
struct KitchenSnapshotTests {
  /// A kitchen with something of everything at 800 s.
  private func busy() -> KitchenHouse {
    var house = KitchenHouse()
    house.tell(
      .stationUpdated, at: 0,
      [
        .station: .string("grill"), .name: .string("Grill"), .maxOrders: .integer(12),
        .autoBumpS: .integer(900), .redS: .integer(500), .position: .integer(1),
      ])
    house.tell(
      .serverAssigned, at: 0,
      [.server: .string("ana"), .name: .string("Ana"), .tables: .strings(["T1"])])
    house.tell(
      .tableState, at: 0,
      [
        .table: .string("T1"), .seats: .integer(4), .covers: .integer(3),
        .state: .string("occupied"),
      ])
    house.tell(
      .preferenceOffered, at: 0,
      [.resident: .string("Smith"), .allergens: .strings(["fish"]), .texture: .integer(6)])
    house.tell(
      .orderCreated, at: 1,
      [
        .order: .string("1"), .number: .string("101"), .table: .string("T1"),
        .resident: .string("Smith"), .seat: .string("s2"),
        .items: .records([
          KitchenHouse.item("Salmon", 2, id: "i1", allergens: ["fish"]),
          KitchenHouse.item("Soup", id: "i2"),
        ]),
      ])
    house.tell(
      .ticketFired, at: 2,
      [.ticket: .string("1:grill"), .station: .string("grill"), .items: .strings(["i1"])])
    house.tell(
      .ticketFired, at: 2,
      [.ticket: .string("1:prep"), .station: .string("prep"), .items: .strings(["i2"])])
    house.step(.ticketBumped, "1:prep", at: 100)
    house.fire("2:grill", at: 3)
    house.step(.ticketBumped, "2:grill", at: 200)
    house.step(.ticketRecalled, "2:grill", at: 300)
    house.step(.ticketHeld, "3:grill", at: 301)
    house.fire("4:grill", at: 302)
    house.step(.ticketVoided, "4:grill", at: 303)
    house.tell(.menuItem86, at: 4, [.name: .string("ribeye"), .station: .string("grill")])
    house.tell(.menuItem86, at: 4, [.name: .string("cola")])
    house.tell(.presenceJoin, at: 700, [.key: .string("k1"), .user: .string("Ana")])
    house.tell(.presenceJoin, at: 790, [.key: .string("k2"), .user: .string("Leo")])
    house.tell(.lockAcquired, at: 790, [.entity: .string("order/1"), .by: .string("ana")])
    house.tell(
      .voiceFinal, at: 795,
      [.id: .string("v"), .text: .string("fish"), .resident: .string("Smith")])
    house.pass(to: 800)
    return house
  }

  @Test("the events of a snapshot restore the kitchen on an empty board")
  func restore() {
    let old = busy()
    var new = KitchenHouse()
    let events = old.kitchen.snapshotEvents(
      source: "podium", sequence: 7, asOf: KitchenHouse.at(800))
    for event in events { _ = new.board.apply(event, at: KitchenHouse.at(800)) }
    let (left, right) = (old.kitchen, new.kitchen)
    #expect(
      left.tickets(from: 0, limit: 99).map(\.id) == right.tickets(from: 0, limit: 99).map(\.id))
    for id in ["1:grill", "1:prep", "2:grill", "3:grill", "4:grill"] {
      #expect(left.ticket(id)?.state == right.ticket(id)?.state)
      #expect(left.ticket(id)?.age == right.ticket(id)?.age)
      #expect(left.ticket(id)?.clockStart == right.ticket(id)?.clockStart)
      #expect(left.ticket(id)?.items == right.ticket(id)?.items)
      #expect(left.ticket(id)?.recallCount == right.ticket(id)?.recallCount)
    }
    #expect(left.ageCounts == right.ageCounts)
    #expect(left.allDay(limit: 99) == right.allDay(limit: 99))
    #expect(left.heldCount == right.heldCount)
    #expect(left.order("1")?.state == right.order("1")?.state)
    #expect(left.order("1")?.stateSince == right.order("1")?.stateSince)
    #expect(left.order("1")?.items == right.order("1")?.items)
    #expect(left.pendingOrders == right.pendingOrders)
    #expect(left.unroutedCount == right.unroutedCount)
    #expect(left.stations.map(\.id) == right.stations.map(\.id))
    #expect(left.station("grill")?.open == right.station("grill")?.open)
    #expect(left.station("grill")?.soldOut == right.station("grill")?.soldOut)
    #expect(left.station("prep")?.averagePrep == right.station("prep")?.averagePrep)
    #expect(left.soldOut == right.soldOut)
    #expect(left.table("T1")?.service == right.table("T1")?.service)
    #expect(left.table("T1")?.orders == right.table("T1")?.orders)
    #expect(left.covers == right.covers)
    #expect(left.servers == right.servers)
    #expect(left.presences(from: 0, limit: 9) == right.presences(from: 0, limit: 9))
    #expect(left.transcriptions(9) == right.transcriptions(9))
    #expect(left.preference("Smith")?.allergens == right.preference("Smith")?.allergens)
    #expect(left.locks == right.locks)
    for (code, subject) in [
      (AlertCode.ticketLate, "1:grill"), (.allergenWarning, "1"), (.allergenWarning, "v"),
    ] {
      #expect(old.isRaised(code, subject))
      #expect(new.isRaised(code, subject))
    }
  }

  @Test("a restored kitchen restores the same again")
  func twice() {
    let first = busy()
    var second = KitchenHouse()
    let asOf = KitchenHouse.at(800)
    let events = first.kitchen.snapshotEvents(source: "p", sequence: 1, asOf: asOf)
    for event in events { _ = second.board.apply(event, at: asOf) }
    let again = second.kitchen.snapshotEvents(source: "p", sequence: 1, asOf: asOf)
    #expect(again == events)
  }

  @Test("a snapshot replaces the collections it names and withdraws what vanished")
  func replaces() {
    var house = busy()
    house.tell(
      .kitchenSnapshot, at: 810,
      [
        .tickets: .records([
          Fields([
            .id: .string("9:bar"), .order: .string("9"), .station: .string("bar"),
            .state: .string("fired"), .firedAt: .string("2026-11-21T12:13:20Z"),
          ])
        ])
      ])
    #expect(house.kitchen.tickets(from: 0, limit: 9).map(\.id) == ["9:bar"])
    #expect(house.kitchen.ticket("9:bar")?.firedAt == KitchenHouse.at(800))
    #expect(!house.isRaised(.ticketLate, "1:grill"))
    #expect(house.kitchen.station("grill")?.open == 0)
    #expect(house.kitchen.allDayCount == 0)
    #expect(house.kitchen.heldCount == 0)
    #expect(house.kitchen.recalledCount == 0)
    #expect(house.kitchen.order("1")?.ticketsOpen == 0)
    #expect(house.kitchen.tableCount == 1)
    #expect(house.kitchen.presenceCount == 2)
  }

  @Test("an empty snapshot of every collection leaves nothing")
  func empties() {
    var house = busy()
    house.tell(
      .kitchenSnapshot, at: 810,
      [
        .stations: .records([]), .tables: .records([]), .orders: .records([]),
        .tickets: .records([]), .items: .records([]), .servers: .records([]),
      ])
    #expect(house.kitchen.ticketCount == 0)
    #expect(house.kitchen.pendingOrders == 0)
    #expect(house.kitchen.order("1") == nil)
    #expect(house.kitchen.allDayCount == 0)
    #expect(house.kitchen.servers.isEmpty)
    #expect(house.kitchen.stationCount == 0)
    #expect(house.kitchen.tableCount == 0)
    #expect(!house.isRaised(.allergenWarning, "1"))
  }

  @Test("a repeated snapshot changes nothing")
  func idempotent() {
    var house = busy()
    let before = house.kitchen.snapshotEvents(source: "p", sequence: 1, asOf: KitchenHouse.at(800))
    for event in before { _ = house.board.apply(event, at: KitchenHouse.at(800)) }
    let after = house.kitchen.snapshotEvents(source: "p", sequence: 1, asOf: KitchenHouse.at(800))
    #expect(before == after)
    #expect(house.kitchen.bumpedCount == 2)
    #expect(house.kitchen.syncErrorCount == 0)
  }
}

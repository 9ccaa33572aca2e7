import Domain
import Testing

@Suite("Tickets")
struct TicketTests {
  @Test("a ticket goes from hold to the bump and leaves the list")
  func life() {
    var house = KitchenHouse()
    house.tell(.ticketHeld, at: 0, [.ticket: .string("1:grill"), .station: .string("grill")])
    #expect(house.kitchen.ticket("1:grill")?.state == .held)
    #expect(house.kitchen.heldCount == 1)
    house.step(.ticketFired, "1:grill", at: 10)
    #expect(house.kitchen.ticket("1:grill")?.firedAt == KitchenHouse.at(10))
    #expect(house.kitchen.heldCount == 0)
    #expect(house.kitchen.station("grill")?.open == 1)
    house.step(.ticketStarted, "1:grill", at: 20)
    #expect(house.kitchen.ticketCount == 1)
    house.tell(.ticketBumped, at: 70, [.ticket: .string("1:grill"), .by: .string("kds-grl")])
    #expect(house.kitchen.ticket("1:grill")?.bumpedBy == "kds-grl")
    #expect(house.kitchen.ticketCount == 0)
    #expect(house.kitchen.station("grill")?.open == 0)
    #expect(house.kitchen.averageStationTime == .seconds(60))
    #expect(house.kitchen.syncErrorCount == 0)
  }

  @Test("a ticket is green up to 300 s, yellow up to 600 s and red beyond, to the microsecond")
  func ages() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    house.pass(to: 300)
    #expect(house.kitchen.ticket("1:grill")?.age == .green)
    house.pass(to: 300, plus: 1)
    #expect(house.kitchen.ticket("1:grill")?.age == .yellow)
    #expect(house.kitchen.ageCounts.yellow == 1)
    house.pass(to: 600)
    #expect(house.kitchen.ticket("1:grill")?.age == .yellow)
    #expect(house.alert(.ticketLate, "1:grill") == nil)
    house.pass(to: 600, plus: 1)
    #expect(house.kitchen.ticket("1:grill")?.age == .red)
    #expect(house.kitchen.ageCounts.red == 1)
    #expect(house.isRaised(.ticketLate, "1:grill"))
    #expect(
      house.alert(.ticketLate, "1:grill")?.raisedAt.microseconds
        == KitchenHouse.at(600).microseconds + 1)
  }

  @Test("a late tick turns a ticket at its due moment all the same")
  func lateTick() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    #expect(house.kitchen.nextDue.map { $0 <= KitchenHouse.at(300.000001) } == true)
    house.pass(to: 900)
    #expect(house.kitchen.ticket("1:grill")?.age == .red)
    #expect(
      house.alert(.ticketLate, "1:grill")?.raisedAt.microseconds
        == KitchenHouse.at(600).microseconds + 1)
  }

  @Test("a station's own limits hold for its tickets, also for those already cooking")
  func limits() {
    var house = KitchenHouse()
    house.fire("1:bar", at: 0, station: "bar")
    house.pass(to: 100)
    house.tell(
      .stationUpdated, at: 100,
      [.station: .string("bar"), .yellowS: .integer(60), .redS: .integer(120)])
    #expect(house.kitchen.ticket("1:bar")?.age == .yellow)
    house.pass(to: 120)
    #expect(house.kitchen.ticket("1:bar")?.age == .yellow)
    house.pass(to: 120, plus: 1)
    #expect(house.kitchen.ticket("1:bar")?.age == .red)
    house.tell(.stationUpdated, at: 130, [.station: .string("bar"), .redS: .integer(300)])
    #expect(house.kitchen.ticket("1:bar")?.age == .yellow)
    #expect(!house.isRaised(.ticketLate, "1:bar"))
  }

  @Test("a bump withdraws the alert of a late ticket, which clears 30 s later")
  func lateWithdrawn() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    house.pass(to: 700)
    house.step(.ticketBumped, "1:grill", at: 700)
    #expect(house.alert(.ticketLate, "1:grill")?.falseSince == KitchenHouse.at(700))
    house.pass(to: 730, plus: -1)
    #expect(house.alert(.ticketLate, "1:grill")?.state == .open)
    house.pass(to: 730)
    #expect(house.alert(.ticketLate, "1:grill")?.state == .resolved)
    #expect(house.kitchen.lateShare == 1)
  }

  @Test("a recalled ticket is counted, its clock starts anew, and it can be fired again")
  func recall() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    house.step(.ticketBumped, "1:grill", at: 400)
    house.step(.ticketRecalled, "1:grill", at: 500)
    #expect(house.kitchen.recalledCount == 1)
    #expect(house.kitchen.ticket("1:grill")?.recallCount == 1)
    #expect(house.kitchen.ticket("1:grill")?.clockStart == KitchenHouse.at(500))
    #expect(house.kitchen.ticket("1:grill")?.age == .green)
    #expect(house.kitchen.ticket("1:grill")?.bumpedAt == nil)
    house.step(.ticketFired, "1:grill", at: 510)
    #expect(house.kitchen.recalledCount == 0)
    #expect(house.kitchen.ticket("1:grill")?.clockStart == KitchenHouse.at(510))
    house.step(.ticketBumped, "1:grill", at: 570)
    #expect(house.kitchen.bumpedCount == 2)
    #expect(house.kitchen.syncErrorCount == 0)
  }

  @Test("a bump of a held ticket is reported and followed")
  func outOfStep() {
    var house = KitchenHouse()
    house.step(.ticketHeld, "1:grill", at: 0)
    house.step(.ticketBumped, "1:grill", at: 5)
    #expect(house.kitchen.ticket("1:grill")?.state == .bumped)
    #expect(house.kitchen.syncErrorCount == 1)
    #expect(house.alert(.kdsSyncError, "1:grill")?.text == "bumped while held")
    house.step(.ticketRecalled, "1:grill", at: 6)
    #expect(!house.isRaised(.kdsSyncError, "1:grill"))
  }

  @Test(
    "steps the state machine does not know are reported",
    arguments: [
      [EventKind.ticketHeld, .ticketStarted], [.ticketHeld, .ticketRecalled],
      [.ticketFired, .ticketRecalled], [.ticketFired, .ticketHeld], [.ticketBumped, .ticketFired],
      [.ticketBumped, .ticketHeld], [.ticketVoided, .ticketFired], [.ticketStarted, .ticketFired],
    ])
  func unknownSteps(_ kinds: [EventKind]) {
    var house = KitchenHouse()
    for (number, kind) in kinds.enumerated() {
      house.step(kind, "1:grill", at: Double(number))
    }
    #expect(house.kitchen.syncErrorCount == 1)
  }

  @Test("a repeated step changes nothing and is no error")
  func repeated() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    house.fire("1:grill", at: 50)
    #expect(house.kitchen.ticket("1:grill")?.firedAt == KitchenHouse.at(0))
    house.step(.ticketBumped, "1:grill", at: 100)
    house.step(.ticketBumped, "1:grill", at: 200)
    #expect(house.kitchen.ticket("1:grill")?.bumpedAt == KitchenHouse.at(100))
    #expect(house.kitchen.bumpedCount == 1)
    #expect(house.kitchen.syncErrorCount == 0)
  }

  @Test("a voided ticket stays listed last until it is bumped away")
  func voided() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0, items: [KitchenHouse.item("Fries", 2)])
    house.step(.ticketVoided, "1:grill", at: 5)
    #expect(house.kitchen.tickets(from: 0, limit: 9).map(\.rank) == [.voided])
    #expect(house.kitchen.allDay(limit: 9).isEmpty)
    house.pass(to: 3_000)
    #expect(house.kitchen.ticketCount == 1)
    house.step(.ticketBumped, "1:grill", at: 3_000)
    #expect(house.kitchen.ticketCount == 0)
    #expect(house.kitchen.bumpedCount == 0)
    #expect(house.kitchen.syncErrorCount == 0)
    house.pass(to: 3_900)
    #expect(house.kitchen.ticket("1:grill") == nil)
  }

  @Test("tickets are listed late, rush, recalled, cooking, held, voided, the oldest first")
  func ranks() {
    var house = KitchenHouse()
    house.fire("late", at: 0)
    house.fire("old", at: 400)
    house.fire("rush", at: 500)
    house.tell(.ticketPriority, at: 501, [.ticket: .string("rush"), .priority: .integer(8)])
    house.fire("back", at: 510)
    house.step(.ticketBumped, "back", at: 520)
    house.step(.ticketRecalled, "back", at: 530)
    house.fire("new", at: 540)
    house.step(.ticketHeld, "held", at: 541)
    house.fire("void", at: 542)
    house.step(.ticketVoided, "void", at: 543)
    house.pass(to: 601)
    let ids = house.kitchen.tickets(from: 0, limit: 99).map(\.id)
    #expect(ids == ["late", "rush", "back", "old", "new", "held", "void"])
    #expect(house.kitchen.tickets(from: 2, limit: 2).map(\.id) == ["back", "old"])
    #expect(house.kitchen.ticketRank("old") == 3)
    #expect(house.kitchen.ticketRank("nobody") == nil)
  }

  @Test("a bumped ticket is kept for exactly 15 minutes")
  func retention() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0, items: [KitchenHouse.item("Burger", id: "i1")])
    house.step(.ticketBumped, "1:grill", at: 60)
    house.pass(to: 960, plus: -1)
    #expect(house.kitchen.ticket("1:grill") != nil)
    house.pass(to: 960)
    #expect(house.kitchen.ticket("1:grill") == nil)
    #expect(house.kitchen.item("i1") == nil)
    #expect(house.kitchen.order("1") == nil)
  }

  @Test("a station that bumps by itself does so at its exact moment, as a conclusion")
  func autoBump() {
    var house = KitchenHouse()
    house.tell(.stationUpdated, at: 0, [.station: .string("expo"), .autoBumpS: .integer(120)])
    house.fire("1:expo", at: 10, station: "expo")
    house.pass(to: 130, plus: -1)
    #expect(house.kitchen.ticket("1:expo")?.state == .fired)
    house.pass(to: 500)
    #expect(house.kitchen.ticket("1:expo")?.state == .bumped)
    #expect(house.kitchen.ticket("1:expo")?.basis == .inferred)
    #expect(house.kitchen.ticket("1:expo")?.bumpedAt == KitchenHouse.at(130))
    house.step(.ticketStarted, "1:expo", at: 501)
    #expect(house.kitchen.syncErrorCount == 0)
  }

  @Test("times that are told win over the arrival, but never lie in the future")
  func times() {
    var house = KitchenHouse()
    house.tell(
      .ticketFired, at: 100, time: 90,
      [.ticket: .string("a"), .firedAt: .string("2026-11-21T12:00:40Z")])
    #expect(house.kitchen.ticket("a")?.firedAt == KitchenHouse.at(40))
    house.tell(.ticketFired, at: 100, time: 90, [.ticket: .string("b")])
    #expect(house.kitchen.ticket("b")?.firedAt == KitchenHouse.at(90))
    house.tell(.ticketFired, at: 100, time: 9_000, [.ticket: .string("c")])
    #expect(house.kitchen.ticket("c")?.firedAt == KitchenHouse.at(100))
    house.tell(
      .ticketFired, at: 1_000, [.ticket: .string("d"), .firedAt: .string("2026-11-21T12:00:00Z")])
    #expect(house.kitchen.ticket("d")?.age == .red)
    #expect(house.isRaised(.ticketLate, "d"))
  }

  @Test("an older version of a ticket is not applied")
  func versions() {
    var house = KitchenHouse()
    house.tell(.ticketBumped, at: 0, [.ticket: .string("a"), .version: .integer(6)])
    house.tell(.ticketFired, at: 1, [.ticket: .string("a"), .version: .integer(5)])
    #expect(house.kitchen.ticket("a")?.state == .bumped)
  }

  @Test("a ticket may move to another station or lose it")
  func reroute() {
    var house = KitchenHouse()
    house.fire("a", at: 0, items: [KitchenHouse.item("Fries", 3)])
    house.tell(.ticketStarted, at: 1, [.ticket: .string("a"), .station: .string("fryer")])
    #expect(house.kitchen.station("grill")?.open == 0)
    #expect(house.kitchen.station("fryer")?.open == 1)
    #expect(house.kitchen.allDay(limit: 1).first?.byStation == ["fryer": 3])
    house.tell(.ticketStarted, at: 2, [.ticket: .string("a"), .station: .null])
    #expect(house.kitchen.unroutedCount == 1)
    #expect(house.kitchen.station("fryer")?.oldestFiredAt == nil)
  }

  @Test("the other stations of an order are told with how far they are")
  func alsoAt() {
    var house = KitchenHouse()
    house.fire("7:grill", at: 0, order: "7", items: [KitchenHouse.item("Burger")])
    house.fire(
      "7:fryer", at: 0, station: "fryer", order: "7",
      items: [KitchenHouse.item("Fries", id: "f"), KitchenHouse.item("Rings")])
    house.tell(.itemReady, at: 5, [.item: .string("f"), .ticket: .string("7:fryer")])
    let other = house.kitchen.ticket("7:grill").flatMap { house.kitchen.alsoAt($0).first }
    #expect(other?.ticket == "7:fryer")
    #expect(other?.station == "fryer")
    #expect(other?.ready == 1)
    #expect(other?.total == 2)
    house.step(.ticketBumped, "7:fryer", at: 6)
    let bumped = house.kitchen.ticket("7:grill").flatMap { house.kitchen.alsoAt($0).first }
    #expect(bumped?.ready == 2)
  }
}

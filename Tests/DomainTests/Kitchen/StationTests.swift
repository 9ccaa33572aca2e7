import Domain
import Testing

@Suite("Stations")
struct StationTests {
  @Test("a station that a ticket names is concluded, one that is told is asserted")
  func inferred() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    #expect(house.kitchen.station("grill")?.basis == .inferred)
    house.tell(
      .stationUpdated, at: 1,
      [.station: .string("grill"), .name: .string("Grill"), .maxOrders: .integer(12)])
    #expect(house.kitchen.station("grill")?.basis == .asserted)
    #expect(house.kitchen.station("grill")?.name == "Grill")
    #expect(house.kitchen.station("grill")?.open == 1)
  }

  @Test("stations are listed by position")
  func positions() {
    var house = KitchenHouse()
    for (id, position) in [("bar", 3), ("grill", 1), ("fryer", 2)] {
      house.tell(
        .stationUpdated, at: 0, [.station: .string(id), .position: .integer(Int64(position))])
    }
    #expect(house.kitchen.stations.map(\.id) == ["grill", "fryer", "bar"])
    house.tell(.stationUpdated, at: 1, [.station: .string("grill"), .position: .integer(9)])
    #expect(house.kitchen.stations.map(\.id) == ["fryer", "bar", "grill"])
  }

  @Test("a station is overloaded from 90 % of its maximum, until it is below")
  func overload() {
    var house = KitchenHouse()
    house.tell(.stationUpdated, at: 0, [.station: .string("grill"), .maxOrders: .integer(10)])
    for number in 1...8 { house.fire("\(number):grill", at: 1) }
    #expect(house.kitchen.station("grill")?.loadLevel == .warn)
    #expect(!house.isRaised(.stationOverload, "grill"))
    house.fire("9:grill", at: 2)
    #expect(house.alert(.stationOverload, "grill")?.text == "9/10 open")
    house.step(.ticketBumped, "1:grill", at: 3)
    #expect(!house.isRaised(.stationOverload, "grill"))
  }

  @Test("without a maximum, a station is overloaded with more than 15 open tickets")
  func manyOpen() {
    var house = KitchenHouse()
    for number in 1...15 { house.fire("\(number):grill", at: 1) }
    #expect(!house.isRaised(.stationOverload, "grill"))
    house.fire("16:grill", at: 1)
    #expect(house.isRaised(.stationOverload, "grill"))
  }

  @Test("the oldest cooking ticket is known after every bump")
  func oldest() {
    var house = KitchenHouse()
    house.fire("b:grill", at: 20)
    house.fire("a:grill", at: 30)
    house.fire("c:grill", at: 40)
    #expect(house.kitchen.station("grill")?.oldestFiredAt == KitchenHouse.at(20))
    #expect(house.kitchen.tickets(at: "grill", limit: 2).map(\.id) == ["b:grill", "a:grill"])
    house.step(.ticketBumped, "b:grill", at: 50)
    #expect(house.kitchen.station("grill")?.oldestFiredAt == KitchenHouse.at(30))
    house.step(.ticketBumped, "a:grill", at: 50)
    house.step(.ticketBumped, "c:grill", at: 50)
    #expect(house.kitchen.station("grill")?.oldestFiredAt == nil)
  }

  @Test("the windows of a station hold the last 15 minutes")
  func windows() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    house.step(.ticketBumped, "1:grill", at: 700)
    #expect(house.kitchen.station("grill")?.averagePrep == .seconds(700))
    #expect(house.kitchen.station("grill")?.lateShare == 1)
    house.pass(to: 1_559)
    #expect(house.kitchen.station("grill")?.bumped.total == 1)
    house.pass(to: 1_560)
    #expect(house.kitchen.station("grill")?.averagePrep == nil)
    #expect(house.kitchen.averageStationTime == nil)
    #expect(house.kitchen.bumpedCount == 0)
  }

  @Test("a bump of more than twice the mean of at least ten is unusual")
  func anomaly() {
    var house = KitchenHouse()
    for number in 1...9 {
      house.fire("\(number):grill", at: 0)
      house.step(.ticketBumped, "\(number):grill", at: 100)
    }
    house.fire("slow:grill", at: 0)
    house.step(.ticketBumped, "slow:grill", at: 250)
    #expect(house.alert(.prepAnomaly, "slow:grill") == nil)
    house.fire("even:grill", at: 300)
    house.step(.ticketBumped, "even:grill", at: 530)
    #expect(house.alert(.prepAnomaly, "even:grill") == nil)
    house.fire("slower:grill", at: 600)
    house.step(.ticketBumped, "slower:grill", at: 860)
    #expect(house.alert(.prepAnomaly, "slower:grill")?.text == "260 s, mean 125 s at grill")
    house.pass(to: 890)
    #expect(house.alert(.prepAnomaly, "slower:grill")?.state == .resolved)
  }

  @Test("an item is sold out at a station or everywhere until it is restored")
  func soldOut() {
    var house = KitchenHouse()
    let grill = FieldValue.string("grill")
    house.tell(.menuItem86, at: 0, [.name: .string("ribeye"), .station: grill])
    house.tell(.menuItem86, at: 0, [.name: .string("ribeye"), .station: grill])
    house.tell(.menuItem86, at: 1, [.name: .string("cola")])
    #expect(house.kitchen.station("grill")?.soldOut == ["ribeye"])
    #expect(house.kitchen.soldOut == ["cola"])
    house.tell(.menuRestored, at: 2, [.name: .string("ribeye"), .station: grill])
    #expect(house.kitchen.station("grill")?.soldOut == [])
    house.tell(.menuItem86, at: 3, [.name: .string("wings"), .station: grill])
    house.tell(.menuRestored, at: 4, [.name: .string("wings")])
    #expect(house.kitchen.station("grill")?.soldOut == [])
  }

  @Test("an unknown state of a station is reported and not applied")
  func unknownState() {
    var house = KitchenHouse()
    house.tell(.stationUpdated, at: 0, [.station: .string("bar"), .state: .string("on fire")])
    #expect(house.kitchen.station("bar")?.state == .active)
    #expect(house.board.stream.unmappedWords["on fire"] == 1)
    house.tell(.stationUpdated, at: 1, [.station: .string("bar"), .active: .bool(false)])
    #expect(house.kitchen.station("bar")?.state == .paused)
  }
}

import Domain
import Testing

@Suite("Presence, voice, preferences and locks")
struct PeopleTests {
  @Test("someone silent is away at 45 s and lost at 90 s, exactly")
  func silence() {
    var house = KitchenHouse()
    house.tell(.presenceJoin, at: 0, [.key: .string("k"), .user: .string("Ana")])
    house.pass(to: 45, plus: -1)
    #expect(house.kitchen.presences(from: 0, limit: 1).first?.state == .online)
    house.pass(to: 45)
    #expect(house.kitchen.presences(from: 0, limit: 1).first?.state == .away)
    house.pass(to: 90, plus: -1)
    #expect(house.kitchen.presenceCounts.away == 1)
    house.pass(to: 90)
    #expect(house.kitchen.presences(from: 0, limit: 1).first?.state == .offline)
    #expect(house.kitchen.presences(from: 0, limit: 1).first?.basis == .inferred)
    house.pass(to: 1_890, plus: -1)
    #expect(house.kitchen.presenceCount == 1)
    house.pass(to: 1_890)
    #expect(house.kitchen.presenceCount == 0)
  }

  @Test("every sign of life counts the silence anew")
  func heartbeat() {
    var house = KitchenHouse()
    house.tell(.presenceJoin, at: 0, [.key: .string("k")])
    house.tell(.presenceJoin, at: 44, [.key: .string("k")])
    house.pass(to: 88)
    #expect(house.kitchen.presenceCounts.online == 1)
    house.pass(to: 89)
    #expect(house.kitchen.presenceCounts.away == 1)
    house.tell(.presenceSync, at: 91, [.presences: .records([Fields([.key: .string("k")])])])
    #expect(house.kitchen.presenceCounts.online == 1)
  }

  @Test("the lost come first, those who left last")
  func order() {
    var house = KitchenHouse()
    house.tell(.presenceJoin, at: 0, [.key: .string("lost")])
    house.tell(.presenceJoin, at: 40, [.key: .string("away")])
    house.tell(.presenceJoin, at: 80, [.key: .string("here")])
    house.tell(.presenceJoin, at: 80, [.key: .string("gone")])
    house.tell(.presenceLeave, at: 81, [.key: .string("gone")])
    house.pass(to: 91)
    let keys = house.kitchen.presences(from: 0, limit: 9).map(\.key)
    #expect(keys == ["lost", "away", "here", "gone"])
  }

  @Test("a sync makes those it does not name leave")
  func sync() {
    var house = KitchenHouse()
    house.tell(.presenceJoin, at: 0, [.key: .string("a")])
    house.tell(.presenceSync, at: 1, [.presences: .records([Fields([.key: .string("b")])])])
    #expect(house.kitchen.presences(from: 0, limit: 9).map(\.key) == ["b", "a"])
    #expect(house.kitchen.presenceCounts.offline == 1)
    house.tell(.presenceLeave, at: 2, [.key: .string("never seen")])
    #expect(house.kitchen.presenceCount == 2)
  }

  @Test("a spoken order goes from partial to final; those below 0.8 are pinned")
  func voice() {
    var house = KitchenHouse()
    house.tell(.voicePartial, at: 0, [.id: .string("v1"), .text: .string("two so")])
    house.tell(
      .voiceFinal, at: 1,
      [
        .id: .string("v1"), .text: .string("two soups"), .confidence: .number(0.51),
        .latencyMs: .integer(800),
      ])
    house.tell(.voicePartial, at: 2, [.id: .string("v1"), .text: .string("two s")])
    house.tell(.voiceFinal, at: 3, [.id: .string("v2"), .confidence: .number(0.8)])
    house.tell(.voiceFailed, at: 4, [.id: .string("v3"), .error: .string("noise")])
    #expect(house.kitchen.transcriptions(9).map(\.id) == ["v1", "v3", "v2"])
    #expect(house.kitchen.transcriptions(9).first?.text == "two soups")
    #expect(house.kitchen.transcriptions(2).last?.state == .failed("noise"))
    #expect(house.kitchen.voiceFailedCount == 1)
    #expect(house.kitchen.voiceLatency.count == 1)
    for number in 0..<100 { house.tell(.voiceFinal, at: 5, [.id: .string("w\(number)")]) }
    #expect(house.kitchen.transcriptions(.max).count == 64)
  }

  private func allergic(_ house: inout KitchenHouse, at seconds: Double) {
    house.tell(
      .preferenceOffered, at: seconds,
      [
        .resident: .string("Smith"), .allergens: .strings(["Shellfish"]),
        .dietary: .strings(["gluten-free"]),
      ])
  }

  @Test("a dish with an allergen of the resident raises an alert of severity 5")
  func allergens() {
    var house = KitchenHouse()
    allergic(&house, at: 0)
    let item = KitchenHouse.item("Caesar", id: "c", allergens: ["shellfish"])
    house.tell(
      .orderCreated, at: 1,
      [.order: .string("1"), .resident: .string("Smith"), .items: .records([item])])
    #expect(house.alert(.allergenWarning, "1")?.severity == 5)
    #expect(house.alert(.allergenWarning, "1")?.text == "Shellfish: Caesar")
    #expect(house.kitchen.item("c")?.conflicts == ["Shellfish"])
    house.tell(.itemVoided, at: 2, [.item: .string("c")])
    #expect(!house.isRaised(.allergenWarning, "1"))
  }

  @Test("rules that come after the order are applied to it")
  func lateRules() {
    var house = KitchenHouse()
    house.tell(.orderCreated, at: 0, [.order: .string("1"), .resident: .string("Smith")])
    house.fire(
      "1:bar", at: 1, order: "1", items: [KitchenHouse.item("Bread", allergens: ["gluten"])])
    #expect(house.alert(.dietaryViolation, "1") == nil)
    allergic(&house, at: 2)
    #expect(house.alert(.dietaryViolation, "1")?.severity == 4)
    #expect(house.alert(.allergenWarning, "1") == nil)
    house.tell(.orderCancelled, at: 3, [.order: .string("1")])
    #expect(!house.isRaised(.dietaryViolation, "1"))
  }

  @Test("a dish that names the diets it suits breaks those it does not name")
  func diets() {
    var house = KitchenHouse()
    house.tell(
      .preferenceOffered, at: 0,
      [.resident: .string("Patel"), .dietary: .strings(["vegetarian"])])
    var steak = KitchenHouse.item("Steak")
    steak[.dietary] = .strings(["halal"])
    var curry = KitchenHouse.item("Curry")
    curry[.dietary] = .strings(["Vegetarian", "vegan"])
    for (order, dish) in [("steak", steak), ("curry", curry)] {
      house.tell(
        .orderCreated, at: 1,
        [.order: .string(order), .resident: .string("Patel"), .items: .records([dish])])
    }
    #expect(house.isRaised(.dietaryViolation, "steak"))
    #expect(!house.isRaised(.dietaryViolation, "curry"))
  }

  @Test("a spoken order against the resident's allergies is flagged")
  func spokenHarm() {
    var house = KitchenHouse()
    allergic(&house, at: 0)
    house.tell(
      .voiceFinal, at: 1,
      [
        .id: .string("v"), .resident: .string("Smith"), .text: .string("The shellfish soup"),
        .confidence: .number(0.9),
      ])
    #expect(house.kitchen.transcriptions(1).first?.conflicts == ["Shellfish"])
    #expect(house.isRaised(.allergenWarning, "v"))
    house.tell(
      .voiceFinal, at: 2,
      [.id: .string("v"), .resident: .string("Smith"), .text: .string("The tomato soup")])
    #expect(!house.isRaised(.allergenWarning, "v"))
  }

  @Test("a lock ends when it is released or its time is over")
  func locks() {
    var house = KitchenHouse()
    house.tell(
      .lockAcquired, at: 0,
      [
        .entity: .string("order/1"), .by: .string("ana"),
        .expiresAt: .string("2026-11-21T12:01:00Z"),
      ])
    house.tell(.lockAcquired, at: 0, [.entity: .string("order/2"), .by: .string("leo")])
    #expect(house.kitchen.locks.map(\.by) == ["ana", "leo"])
    house.pass(to: 60, plus: -1)
    #expect(house.kitchen.lock("order/1")?.by == "ana")
    house.pass(to: 60)
    #expect(house.kitchen.lock("order/1") == nil)
    house.tell(.lockReleased, at: 61, [.entity: .string("order/2")])
    #expect(house.kitchen.locks.isEmpty)
  }
}

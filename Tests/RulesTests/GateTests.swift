import Domain
import Testing

@testable import Rules

@Suite struct GateTests {
  @Test("a gate passes at the first moment its condition holds, and knows what was before")
  func passage() throws {
    var house = House()
    var gate = Gate(try Condition("kds.late = 0 AND kds.open = 0"))
    #expect(gate.look(at: &house) == nil)
    #expect(gate.outcome == .unknown("kds.late is not known yet"))
    house.fire("204:grill", at: 0)
    house.fire("207:grill", at: 1)
    #expect(gate.look(at: &house) == nil)
    house.pass(to: 700)
    #expect(gate.look(at: &house) == nil)
    house.bump("204:grill", at: 710)
    #expect(gate.look(at: &house) == nil)
    house.bump("207:grill", at: 711)
    let found = gate.look(at: &house)
    let passage = try #require(found)
    #expect(passage.at == at(711))
    #expect(passage.readings.map(\.words) == ["kds.late = 0", "kds.open = 0"])
    #expect(
      passage.before.map(\.words) == ["kds.late = 1: 207:grill", "kds.open = 1: 207:grill"])
  }

  @Test("a gate is not looked through where nothing it asks about changed")
  func cheapness() throws {
    var house = House()
    var gate = Gate(try Condition("agents.failed = 0"))
    _ = gate.look(at: &house)
    house.tell(.agentStarted, at: 1, [.agent: .string("a")])
    // The change is kept from it: it cannot know.
    _ = house.takeChanged()
    #expect(gate.look(at: &house) == nil)
    #expect(gate.outcome == .unknown("agents.failed is not known yet"))
    #expect(gate.nextLook == nil)
    house.tell(.agentState, at: 2, [.agent: .string("a"), .state: .string("working")])
    #expect(gate.look(at: &house) != nil)
  }

  @Test("what time alone changes is looked at every full second")
  func seconds() throws {
    var house = House()
    house.fire("1:grill", at: 0.25)
    var gate = Gate(try Condition("kds.oldest_s >= 3"))
    #expect(gate.look(at: &house) == nil)
    #expect(gate.nextLook == at(1))
    house.pass(to: 0.5)
    #expect(gate.look(at: &house) == nil)
    #expect(gate.nextLook == at(1))
    for second in 1...3 {
      house.pass(to: Double(second))
      #expect(gate.look(at: &house) == nil)
      #expect(gate.nextLook == at(Double(second) + 1))
    }
    house.pass(to: 4)
    #expect(gate.look(at: &house)?.at == at(4))
  }

  @Test("a lost connection keeps a gate shut, and its return opens it a second later")
  func outage() throws {
    var house = House()
    house.fire("1:grill", at: 1)
    var gate = Gate(try Condition("kds.late = 1"))
    #expect(gate.look(at: &house) == nil)
    house.note(.lost(reason: "reset"), at: 2)
    #expect(gate.look(at: &house) == nil)
    house.pass(to: 700)
    #expect(gate.look(at: &house) == nil)
    #expect(gate.outcome == .unknown("hub is not connected"))
    house.note(.connected(.sse, resumedFrom: "1"), at: 800)
    #expect(gate.look(at: &house) == nil)
    #expect(gate.nextLook == at(801))
    house.pass(to: 801)
    #expect(gate.look(at: &house)?.at == at(801))
  }
}

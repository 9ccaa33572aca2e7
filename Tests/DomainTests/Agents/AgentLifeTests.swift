import Domain
import Testing

@Suite("The life of agents")
struct AgentLifeTests {
  @Test("an agent that started works, and one that stopped has completed")
  func life() throws {
    var fixture = Fixture()
    fixture.tell(
      .agentStarted, [.agent: "b77", .type: "testing", .session: "7f3c", .model: "m"], at: 1)
    var agent = try #require(fixture.fleet.agent("b77"))
    #expect(agent.state == .working)
    #expect(agent.basis == .asserted)
    #expect(agent.startedAt == Fixture.at(1))
    #expect(agent.type == "testing")
    fixture.tell(.agentStopped, [.agent: "b77"], at: 9)
    agent = try #require(fixture.fleet.agent("b77"))
    #expect(agent.state == .completed)
    #expect(agent.endedAt == Fixture.at(9))
    #expect(agent.basis == .asserted)
    #expect(fixture.fleet.agentCounts[.done] == 1)
    #expect(fixture.fleet.agentCounts[.working] == 0)
  }

  @Test(
    "every state word is understood",
    arguments: [
      ("queued", AgentState.queued), ("starting", .starting), ("working", .working),
      ("waiting", .waiting(.input)), ("idle", .idle), ("completed", .completed),
      ("failed", .failed), ("cancelled", .cancelled),
    ])
  func words(word: String, state: AgentState) {
    var fixture = Fixture()
    fixture.tell(.agentState, [.agent: "a", .state: .string(word)], at: 1)
    #expect(fixture.fleet.agent("a")?.state == state)
  }

  @Test("an unknown state word changes nothing and is reported")
  func unknownWord() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 1)
    fixture.tell(.agentState, [.agent: "a", .state: "dreaming"], at: 2)
    #expect(fixture.fleet.agent("a")?.state == .working)
    #expect(fixture.board.stream.unmappedWords == ["dreaming": 1])
    fixture.tell(.agentState, [.state: "idle"], at: 3)
    #expect(fixture.board.stream.unmapped == 2)
    #expect(fixture.fleet.agentCount == 1)
  }

  @Test("an event without a start makes an unknown agent, an orphan after ten seconds")
  func orphan() throws {
    var fixture = Fixture()
    fixture.tell(.agentToolStarted, [.agent: "9be0", .tool: "Grep", .toolUseId: "t"], at: 1)
    let agent = try #require(fixture.fleet.agent("9be0"))
    #expect(agent.state == .unknown)
    #expect(agent.basis == .inferred)
    #expect(agent.isOrphan)
    #expect(fixture.fleet.agentCounts[.orphan] == 1)
    fixture.pass(to: 10.999_999)
    #expect(fixture.alert(.agentOrphan, "9be0") == nil)
    #expect(fixture.board.nextDue == Fixture.at(11))
    fixture.pass(to: 11)
    #expect(fixture.alert(.agentOrphan, "9be0") != nil)
    fixture.tell(.agentStarted, [.agent: "9be0"], at: 12)
    #expect(fixture.alert(.agentOrphan, "9be0") == nil)
    #expect(fixture.fleet.agent("9be0")?.state == .working)
  }

  @Test("a start that comes after its stop tells when it began and does not revive")
  func lateStart() {
    var fixture = Fixture()
    fixture.tell(.agentStopped, [.agent: "a"], at: 10)
    fixture.tell(.agentStarted, [.agent: "a"], at: 11, origin: 2)
    #expect(fixture.fleet.agent("a")?.state == .completed)
    #expect(fixture.fleet.agent("a")?.startedAt == Fixture.at(2))
    fixture.tell(.agentStarted, [.agent: "a"], at: 20)
    #expect(fixture.fleet.agent("a")?.state == .working)
    #expect(fixture.fleet.agent("a")?.endedAt == nil)
  }

  @Test("a stop under an unknown id ends the only agent it can mean")
  func strayStop() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "root", .session: "s"], at: 1)
    fixture.tell(.agentStarted, [.agent: "child", .parent: "root", .session: "s"], at: 2)
    fixture.tell(.agentStopped, [.agent: "x9", .parent: "root", .session: "s"], at: 8)
    #expect(fixture.fleet.agent("x9") == nil)
    #expect(fixture.fleet.agent("child")?.state == .completed)
    #expect(fixture.fleet.agent("child")?.basis == .inferred)
    #expect(fixture.fleet.agent("child")?.reason == "stop came under x9")
    #expect(fixture.fleet.agent("root")?.state == .working)
  }

  @Test("a stop under an unknown id that could mean two agents ends neither")
  func ambiguousStop() {
    var fixture = Fixture()
    for id in ["c1", "c2"] {
      fixture.tell(.agentStarted, [.agent: .string(id), .parent: "root"], at: 2)
    }
    fixture.tell(.agentStopped, [.agent: "x9", .parent: "root"], at: 8)
    #expect(fixture.fleet.agent("c1")?.state == .working)
    #expect(fixture.fleet.agent("c2")?.state == .working)
    #expect(fixture.fleet.agent("x9")?.state == .completed)
    #expect(fixture.fleet.agent("x9")?.basis == .inferred)
  }

  @Test("a lost agent has failed")
  func lost() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 1)
    fixture.tell(.agentLost, [.agent: "a", .reason: "socket closed"], at: 2)
    #expect(fixture.fleet.agent("a")?.state == .failed)
    #expect(fixture.fleet.agent("a")?.reason == "socket closed")
    #expect(fixture.fleet.agentCounts[.failed] == 1)
  }

  @Test("usage adds up, and what was never told stays unknown")
  func usage() {
    var fixture = Fixture()
    fixture.tell(.agentUsage, [.agent: "a", .tokensIn: 10, .cost: .number(0.5)], at: 1)
    fixture.tell(.agentUsage, [.agent: "a", .tokensIn: .integer(.max), .tokensOut: 3], at: 2)
    let usage = fixture.fleet.agent("a")?.usage
    #expect(usage?.input == .max)
    #expect(usage?.output == 3)
    #expect(usage?.cached == nil)
    #expect(usage?.cost == 0.5)
  }

  @Test("at most a thousand ended agents are kept, the oldest going first")
  func endedBound() {
    var fixture = Fixture()
    for number in 0..<1_003 {
      let second = Double(number)
      fixture.tell(.agentStarted, [.agent: .string("a\(number)")], at: second)
      fixture.tell(.agentStopped, [.agent: .string("a\(number)")], at: second + 0.5)
    }
    #expect(fixture.fleet.agentCount == 1_000)
    #expect(fixture.fleet.agent("a2") == nil)
    #expect(fixture.fleet.agent("a3") != nil)
  }
}

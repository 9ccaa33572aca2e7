import Domain
import Testing

@Suite("The tool calls of agents")
struct AgentToolTests {
  @Test("a call is paired by its toolUseId")
  func pair() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "1"], at: 1)
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "2"], at: 2)
    fixture.tell(
      .agentToolFinished, [.agent: "a", .tool: "Bash", .toolUseId: "1", .exit: 1, .ms: 1800],
      at: 3)
    let agent = fixture.fleet.agent("a")
    #expect(agent?.calls.map(\.outcome) == [.finished(exit: 1), .running])
    #expect(agent?.calls.first?.endedAt == Fixture.at(3))
    #expect(agent?.calls.first?.milliseconds == 1_800)
    #expect(agent?.runningCall?.id == "2")
    #expect(agent?.callCount == 2)
    #expect(agent?.failedCallCount == 1)
  }

  @Test("without an id a call is paired by its tool, then with any that runs")
  func pairByTool() {
    var fixture = Fixture()
    for tool in ["Read", "Bash", "Edit"] {
      fixture.tell(.agentToolStarted, [.agent: "a", .tool: .string(tool)], at: 1)
    }
    fixture.tell(.agentToolFinished, [.agent: "a", .tool: "Bash"], at: 2)
    fixture.tell(.agentToolFailed, [.agent: "a", .tool: "unknown", .error: "no"], at: 3)
    #expect(
      fixture.fleet.agent("a")?.calls.map(\.outcome)
        == [.running, .finished(exit: nil), .failed("no")])
    #expect(fixture.fleet.agent("a")?.callCount == 3)
  }

  @Test("an end whose start was not seen is a call of its own; a repeated end is not counted twice")
  func strayEnd() {
    var fixture = Fixture()
    fixture.tell(.agentToolFailed, [.agent: "a", .tool: "Bash", .toolUseId: "t"], at: 1)
    fixture.tell(.agentToolFailed, [.agent: "a", .tool: "Bash", .toolUseId: "t"], at: 2)
    #expect(fixture.fleet.agent("a")?.calls.count == 1)
    #expect(fixture.fleet.agent("a")?.callCount == 1)
    #expect(fixture.fleet.agent("a")?.failedCallCount == 1)
  }

  @Test("the newest twenty calls are kept, running ones before ended ones")
  func bound() {
    var fixture = Fixture()
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Task", .toolUseId: "long"], at: 0)
    for number in 0..<30 {
      let id = FieldValue.string("t\(number)")
      fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: id], at: 1)
      fixture.tell(.agentToolFinished, [.agent: "a", .tool: "Bash", .toolUseId: id], at: 2)
    }
    let agent = fixture.fleet.agent("a")
    #expect(agent?.calls.count == 20)
    #expect(agent?.calls.first?.id == "long")
    #expect(agent?.calls.last?.id == "t29")
    #expect(agent?.callCount == 31)
  }

  @Test("only a call begun after the stop revives an agent")
  func afterStop() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "1"], at: 1)
    fixture.tell(.agentStopped, [.agent: "a"], at: 5)
    fixture.tell(.agentToolFinished, [.agent: "a", .toolUseId: "1"], at: 6)
    #expect(fixture.fleet.agent("a")?.state == .completed)
    fixture.tell(
      .agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "2"], at: 7, origin: 5)
    #expect(fixture.fleet.agent("a")?.state == .completed)
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "3"], at: 8)
    #expect(fixture.fleet.agent("a")?.state == .working)
    #expect(fixture.fleet.agent("a")?.basis == .inferred)
  }
}

import Domain
import Testing

@Suite("Snapshots of the fleet")
struct SnapshotTests {
  private func told() -> Fixture {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "root", .type: "main", .model: "m"], at: 1)
    fixture.tell(.agentStarted, [.agent: "b77", .parent: "root", .task: "API"], at: 2)
    fixture.tell(.agentUsage, [.agent: "b77", .tokensIn: 7, .cost: .number(0.25)], at: 3)
    for (id, exit) in [("t1", 0), ("t2", 1)] as [(String, Int64)] {
      fixture.tell(
        .agentToolStarted, [.agent: "b77", .tool: "Bash", .toolUseId: .string(id)], at: 4)
      fixture.tell(
        .agentToolFinished, [.agent: "b77", .toolUseId: .string(id), .exit: .integer(exit)], at: 5)
    }
    fixture.tell(.agentToolFailed, [.agent: "b77", .tool: "Edit", .error: "denied"], at: 6)
    fixture.tell(.agentState, [.agent: "b77", .state: "waiting", .reason: "permission"], at: 7)
    fixture.tell(.taskState, [.task: "DB", .state: "completed", .subject: "schema"], at: 8)
    fixture.tell(
      .taskCreated, [.task: "API", .owner: "b77", .dependsOn: .strings(["DB", "X"])], at: 9)
    fixture.tell(.taskState, [.task: "API", .state: "in_progress"], at: 9.5)
    fixture.tell(
      .evidenceRequired, [.evidence: "E", .claim: "builds", .task: "DB", .gate: "BLOCKING"], at: 10)
    fixture.tell(
      .evidenceJudged, [.evidence: "F", .agent: "b77", .verdict: "fail", .exit: 2], at: 11)
    for state in ["satisfied", "violated", "satisfied"] {
      fixture.tell(
        .mandatePointActivated,
        [.mandate: "git", .point: "committed", .state: .string(state)], at: 12)
    }
    return fixture
  }

  @Test("applied to an empty board, the events restore the fleet")
  func roundTrip() {
    let fixture = told()
    let asOf = Fixture.at(20)
    let events = fixture.fleet.snapshotEvents(source: "/recorder", sequence: 77, asOf: asOf)
    #expect(events.map(\.type.name) == ["agent.snapshot", "mandate.snapshot"])
    #expect(events.map(\.sequence) == [77, 77])
    #expect(events[0].data.text(.upTo) == "77")
    var board = Board()
    for event in events { _ = board.apply(event, at: asOf) }
    let old = fixture.fleet
    let new = board.fleet
    #expect(new.agents(from: 0, limit: 9) == old.agents(from: 0, limit: 9))
    #expect(new.tasks(from: 0, limit: 9) == old.tasks(from: 0, limit: 9))
    #expect(new.evidence(from: 0, limit: 9) == old.evidence(from: 0, limit: 9))
    #expect(new.mandates == old.mandates)
    #expect(new.task("DB")?.state == .review)
    #expect(new.task("API")?.isBlocked == true)
    #expect(board.stream.unmapped == 0)
    #expect(new.snapshotEvents(source: "/recorder", sequence: 77, asOf: asOf) == events)
  }

  @Test("an empty fleet's snapshot empties a board")
  func empty() {
    var fixture = told()
    let events = AgentFleet().snapshotEvents(source: "/r", sequence: 1, asOf: Fixture.at(30))
    for event in events { _ = fixture.board.apply(event, at: Fixture.at(30)) }
    #expect(fixture.fleet.agentCount == 0)
    #expect(fixture.fleet.taskCount == 0)
    #expect(fixture.fleet.evidenceCount == 0)
    #expect(fixture.fleet.mandates.allSatisfy { $0.status == .neverSeen })
    #expect(fixture.alert(.evidenceFailed, "F") == nil)
  }

  @Test("a snapshot replaces only the collections it names")
  func partial() {
    var fixture = told()
    fixture.tell(
      .agentSnapshot,
      [.agents: .records([Fields([.id: "new", .state: "idle"]), Fields([.state: "idle"])])], at: 30)
    #expect(fixture.fleet.agents(from: 0, limit: 9).map(\.id) == ["new"])
    #expect(fixture.fleet.agent("new")?.state == .idle)
    #expect(fixture.fleet.taskCount == 2)
    #expect(fixture.board.stream.unmapped == 1)
  }

  @Test("alerts of agents that a snapshot no longer knows are withdrawn")
  func alerts() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "gone"], at: 0)
    fixture.pass(to: 600)
    #expect(fixture.alert(.agentStalled, "gone") != nil)
    fixture.tell(.agentSnapshot, [.agents: .records([])], at: 601)
    #expect(fixture.alert(.agentStalled, "gone") == nil)
    fixture.pass(to: 5_000)
    fixture.pass(to: 9_000)
    #expect(fixture.board.nextDue == nil)
  }
}

import Domain
import Testing

@Suite("The tree of agents")
struct AgentTreeTests {
  private func rows(_ fixture: Fixture) -> [String] {
    fixture.fleet.agents(from: 0, limit: .max)
      .map { String(repeating: "-", count: $0.depth) + $0.id }
  }

  @Test("children stand below their parent, whoever is told first")
  func tree() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "grandchild", .parent: "child"], at: 1)
    fixture.tell(.agentStarted, [.agent: "other"], at: 2)
    fixture.tell(.agentStarted, [.agent: "child", .parent: "root"], at: 3)
    fixture.tell(.agentStarted, [.agent: "root"], at: 4)
    fixture.tell(.agentStarted, [.agent: "second", .parent: "root"], at: 5)
    #expect(rows(fixture) == ["other", "root", "-child", "--grandchild", "-second"])
    #expect(fixture.fleet.agent("grandchild")?.depth == 2)
  }

  @Test("a group is listed by its worst member and stays together")
  func worst() {
    var fixture = Fixture()
    for (agent, parent) in [("r1", ""), ("c1", "r1"), ("r2", ""), ("c2", "r2")] {
      fixture.tell(
        .agentStarted,
        [.agent: .string(agent), .parent: parent.isEmpty ? .null : .string(parent)], at: 1)
    }
    #expect(rows(fixture) == ["r1", "-c1", "r2", "-c2"])
    fixture.tell(.agentState, [.agent: "c2", .state: "waiting"], at: 2)
    #expect(rows(fixture) == ["r2", "-c2", "r1", "-c1"])
    fixture.tell(.agentState, [.agent: "c2", .state: "working"], at: 3)
    #expect(rows(fixture) == ["r1", "-c1", "r2", "-c2"])
  }

  @Test("the groups come in the order stalled, waiting, failed, working, idle, orphan, done")
  func ranks() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "stalled"], at: 1)
    for state in ["completed", "idle", "working", "failed", "waiting"] {
      fixture.tell(.agentState, [.agent: .string(state), .state: .string(state)], at: 600)
    }
    fixture.tell(.agentUsage, [.agent: "orphan", .tokensIn: 1], at: 600)
    fixture.pass(to: 605)
    #expect(
      rows(fixture) == ["stalled", "waiting", "failed", "working", "idle", "orphan", "completed"])
  }

  @Test("a circle of parents does not hang")
  func circle() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a", .parent: "c"], at: 1)
    fixture.tell(.agentStarted, [.agent: "b", .parent: "a"], at: 2)
    fixture.tell(.agentStarted, [.agent: "c", .parent: "b"], at: 3)
    fixture.tell(.agentStarted, [.agent: "self", .parent: "self"], at: 4)
    #expect(rows(fixture).count == 4)
    #expect(Set(fixture.fleet.agents(from: 0, limit: 9).map(\.id)) == ["a", "b", "c", "self"])
  }

  @Test("a chain deeper than 32 levels goes on as a group of its own")
  func depth() {
    var fixture = Fixture()
    for number in 0..<100 {
      fixture.tell(
        .agentStarted,
        [.agent: .string("a\(number)"), .parent: .string("a\(number - 1)")], at: 1)
    }
    let agents = fixture.fleet.agents(from: 0, limit: .max)
    #expect(agents.count == 100)
    #expect(agents.map(\.depth).max() == 31)
    #expect(agents[32].depth == 0)
  }

  @Test("an agent given another parent moves with all below it")
  func move() {
    var fixture = Fixture()
    for (agent, parent) in [("r1", ""), ("r2", ""), ("c", "r1"), ("g", "c")] {
      fixture.tell(
        .agentStarted,
        [.agent: .string(agent), .parent: parent.isEmpty ? .null : .string(parent)], at: 1)
    }
    fixture.tell(.agentState, [.agent: "c", .parent: "r2", .state: "working"], at: 2)
    #expect(rows(fixture) == ["r1", "r2", "-c", "--g"])
  }

  @Test("a window of rows agrees with the whole list", arguments: [21, 22])
  func windows(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var fixture = Fixture()
    let states = ["working", "idle", "waiting", "failed", "completed"]
    for step in 0..<600 {
      let agent = FieldValue.string("a\(random.next() % 120)")
      if step % 2 == 0 {
        let parent = FieldValue.string("a\(random.next() % 120)")
        fixture.tell(.agentStarted, [.agent: agent, .parent: parent], at: Double(step))
      } else {
        let state = FieldValue.string(states[Int(random.next() % 5)])
        fixture.tell(.agentState, [.agent: agent, .state: state], at: Double(step))
      }
    }
    let all = fixture.fleet.agents(from: 0, limit: .max)
    #expect(all.count == fixture.fleet.agentCount)
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(fixture.fleet.agentCounts.values.reduce(0, +) == all.count)
    for start in 0..<all.count {
      let window = fixture.fleet.agents(from: start, limit: 7)
      #expect(window == Array(all[start..<min(start + 7, all.count)]))
    }
    #expect(fixture.fleet.agents(from: all.count, limit: 1) == [])
  }
}

import Domain
import Testing

@Suite("The silence of agents")
struct AgentSilenceTests {
  @Test("a working agent is quiet after 60 s, a worry after 300 s, stalled after 600 s")
  func stages() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    let stages: [(Double, Silence)] = [
      (59.999_999, .none), (60, .quiet), (299.999_999, .quiet), (300, .warn),
      (599.999_999, .warn), (600, .stalled),
    ]
    for (second, silence) in stages {
      fixture.pass(to: second)
      #expect(fixture.fleet.agent("a")?.silence == silence, "at \(second) s")
    }
    #expect(fixture.alert(.agentStalled, "a")?.text == "silent 10 min")
    #expect(fixture.fleet.agentCounts[.stalled] == 1)
    #expect(fixture.board.nextDue == nil)
  }

  @Test("599.999 s of silence is no stall")
  func justBefore() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.pass(to: 599.999)
    #expect(fixture.alert(.agentStalled, "a") == nil)
    fixture.pass(to: 600)
    #expect(fixture.alert(.agentStalled, "a") != nil)
  }

  @Test("every stage is reached at its exact moment when the board is asked when it is due")
  func exactMoments() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.tell(.agentUsage, [.agent: "a", .tokensIn: 1], at: 30)
    var reached: [Silence: Timestamp] = [:]
    for _ in 0..<100 {
      guard let due = fixture.board.nextDue else { break }
      _ = fixture.board.tick(now: due)
      let silence = fixture.fleet.agent("a")?.silence ?? .none
      reached[silence] = reached[silence] ?? due
    }
    #expect(reached[.quiet] == Fixture.at(90))
    #expect(reached[.warn] == Fixture.at(330))
    #expect(reached[.stalled] == Fixture.at(630))
  }

  @Test("a sign of life ends the silence and withdraws the alert")
  func life() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.pass(to: 700)
    fixture.tell(.agentUsage, [.agent: "a", .tokensIn: 1], at: 701)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
    #expect(fixture.alert(.agentStalled, "a") == nil)
    fixture.pass(to: 760.999_999)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
    fixture.pass(to: 761)
    #expect(fixture.fleet.agent("a")?.silence == .quiet)
  }

  @Test("an open tool call excuses silence until 600 s")
  func openCall() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "t"], at: 1)
    fixture.pass(to: 600.999_999)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
    fixture.pass(to: 601)
    #expect(fixture.fleet.agent("a")?.silence == .stalled)
    #expect(fixture.alert(.agentStalled, "a")?.text == "silent 10 min in Bash")
  }

  @Test("after a call has ended, silence counts from its end")
  func endedCall() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 0)
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "t"], at: 1)
    fixture.pass(to: 61)
    fixture.tell(.agentToolFinished, [.agent: "a", .toolUseId: "t"], at: 62)
    fixture.pass(to: 121.999_999)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
    fixture.pass(to: 122)
    #expect(fixture.fleet.agent("a")?.silence == .quiet)
  }

  @Test("waiting, idle and ended agents are not silent", arguments: ["waiting", "idle", "failed"])
  func exempt(word: String) {
    var fixture = Fixture()
    fixture.tell(.agentState, [.agent: "a", .state: .string(word)], at: 0)
    fixture.pass(to: 5_000)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
    #expect(fixture.alert(.agentStalled, "a") == nil)
  }

  @Test("waiting is worth an alert from 60 s, until it works again")
  func waiting() {
    var fixture = Fixture()
    fixture.tell(
      .agentState, [.agent: "a", .state: "waiting", .reason: "permission"], at: 5)
    #expect(fixture.fleet.agent("a")?.state == .waiting(.permission))
    fixture.pass(to: 64.999_999)
    #expect(fixture.alert(.agentWaiting, "a") == nil)
    fixture.pass(to: 65)
    #expect(fixture.alert(.agentWaiting, "a")?.text == "permission")
    fixture.tell(.agentToolStarted, [.agent: "a", .tool: "Bash", .toolUseId: "t"], at: 70)
    #expect(fixture.alert(.agentWaiting, "a") == nil)
    #expect(fixture.fleet.agent("a")?.state == .working)
    #expect(fixture.fleet.agent("a")?.basis == .inferred)
  }

  @Test("the origin time counts, and one in the future counts as now")
  func originTimes() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "old"], at: 100, origin: -500)
    fixture.pass(to: 102)
    #expect(fixture.fleet.agent("old")?.silence == .stalled)
    fixture.tell(.agentStarted, [.agent: "new"], at: 102, origin: 9_000)
    #expect(fixture.fleet.agent("new")?.lastEventAt == Fixture.at(102))
    fixture.pass(to: 162)
    #expect(fixture.fleet.agent("new")?.silence == .quiet)
  }

  @Test("an agent of a backlog is not called stalled while newer events of it still come in")
  func backlog() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 1_000, origin: 0)
    fixture.pass(to: 1_001.999)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
    fixture.tell(.agentState, [.agent: "a", .state: "working"], at: 1_001.999, origin: 990)
    fixture.pass(to: 1_002)
    #expect(fixture.alert(.agentStalled, "a") == nil)
    #expect(fixture.fleet.agent("a")?.silence == Silence.none)
  }

  @Test("events that step back in time do not make an agent older")
  func backwards() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "a"], at: 100)
    fixture.tell(.agentUsage, [.agent: "a", .tokensIn: 1], at: 101, origin: 12)
    #expect(fixture.fleet.agent("a")?.lastEventAt == Fixture.at(100))
  }

  @Test("a child whose parent has ended is given up after 600 s without a stop")
  func missingStop() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "root"], at: 0)
    fixture.tell(.agentStarted, [.agent: "child", .parent: "root"], at: 1)
    fixture.tell(.agentStopped, [.agent: "root"], at: 10)
    fixture.pass(to: 601)
    #expect(fixture.fleet.agent("child")?.state == .cancelled)
    #expect(fixture.fleet.agent("child")?.basis == .inferred)
    #expect(fixture.alert(.agentStalled, "child") == nil)
    #expect(fixture.fleet.agentCounts[.done] == 2)
  }
}

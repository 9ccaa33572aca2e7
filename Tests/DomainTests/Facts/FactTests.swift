import Foundation
import Testing

@testable import Domain

private func value(_ name: String, _ board: Board, at seconds: Double = 0) -> Fact.Value? {
  Facts.named(name)?.value(of: board, at: KitchenHouse.at(seconds))
}

private func evidence(_ name: String, _ board: Board, at seconds: Double = 0) -> [String] {
  Facts.named(name)?.evidence(in: board, at: KitchenHouse.at(seconds)) ?? ["no such fact"]
}

@Suite struct FactTests {
  @Test("every fact has a name of its own, in the form that is promised, and a sentence")
  func names() {
    #expect(Set(Facts.all.map(\.name)).count == Facts.all.count)
    for fact in Facts.all {
      let parts = fact.name.split(separator: ".", omittingEmptySubsequences: false)
      #expect(parts.count == 2, "\(fact.name)")
      #expect(
        fact.name.utf8.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || "._0123456789".utf8.contains($0)
        }, "\(fact.name)")
      #expect(!fact.sentence.isEmpty && !fact.sentence.hasSuffix("."), "\(fact.name)")
      #expect(!fact.collections.isEmpty, "\(fact.name)")
    }
    #expect(Facts.named("KDS.Late")?.name == "kds.late")
    #expect(Facts.named("kds") == nil)
  }

  @Test("what was never seen has no value; what we count ourselves begins at 0")
  func neverSeen() {
    let board = Board()
    for fact in Facts.all where !fact.isOfStream && fact.name != "mandates.never_seen" {
      #expect(fact.value(of: board, at: KitchenHouse.at(0)) == nil, "\(fact.name)")
      #expect(fact.evidence(in: board, at: KitchenHouse.at(0)).isEmpty, "\(fact.name)")
    }
    #expect(value("mandates.never_seen", board) == .count(16))
    #expect(value("stream.events", board) == .count(0))
    #expect(value("stream.gaps", board) == nil)
    #expect(value("stream.idle_s", board) == nil)
    #expect(value("stream.current", board) == .truth(true))
  }

  @Test("tickets are counted by their age, with the ones it is")
  func tickets() {
    var house = KitchenHouse()
    house.fire("204:grill", at: 0)
    house.fire("207:fryer", at: 100, station: "fryer")
    #expect(value("kds.open", house.board) == .count(2))
    #expect(value("kds.late", house.board) == .count(0))
    #expect(value("kds.oldest_s", house.board, at: 130) == .count(130))
    #expect(evidence("kds.oldest_s", house.board, at: 130) == ["204:grill"])
    house.pass(to: 601)
    #expect(value("kds.late", house.board) == .count(1))
    #expect(value("kds.yellow", house.board) == .count(1))
    #expect(evidence("kds.late", house.board) == ["204:grill"])
    #expect(evidence("kds.yellow", house.board) == ["207:fryer"])
    #expect(value("kds.late_percent", house.board) == .count(50))
    house.step(.ticketBumped, "204:grill", at: 602)
    house.step(.ticketBumped, "207:fryer", at: 603)
    #expect(value("kds.open", house.board) == .count(0))
    #expect(value("kds.late", house.board) == .count(0))
    #expect(value("kds.oldest_s", house.board, at: 700) == nil)
    #expect(value("kds.avg_prep_s", house.board) == .count(552))
  }

  @Test("held tickets, paused stations and tables are counted apart")
  func kitchen() {
    var house = KitchenHouse()
    house.fire("1:grill", at: 0)
    house.tell(
      .ticketHeld, at: 1, [.ticket: .string("2:grill"), .station: .string("grill")])
    house.tell(
      .stationUpdated, at: 2, [.station: .string("bar"), .state: .string("paused")])
    house.tell(.tableState, at: 3, [.table: .string("t9"), .state: .string("occupied")])
    #expect(value("kds.held", house.board) == .count(1))
    #expect(evidence("kds.held", house.board) == ["2:grill"])
    #expect(value("kds.stations", house.board) == .count(2))
    #expect(value("kds.stations_paused", house.board) == .count(1))
    #expect(evidence("kds.stations_paused", house.board) == ["bar"])
    #expect(value("tables.occupied", house.board) == .count(1))
    #expect(value("tables.ready", house.board) == .count(0))
    #expect(value("agents.total", house.board) == nil)
  }

  @Test("evidence is a short list, however much there is")
  func bounds() {
    var house = KitchenHouse()
    for number in 0..<40 { house.fire("\(number):grill", at: Double(number)) }
    house.pass(to: 1_000)
    #expect(value("kds.late", house.board) == .count(40))
    #expect(
      evidence("kds.late", house.board)
        == (0..<8).map { "\($0):grill" })
    let reading = Facts.named("kds.late")?.reading(of: house.board, at: KitchenHouse.at(1_000))
    #expect(
      reading?.words
        == "kds.late = 40: 0:grill, 1:grill, 2:grill, 3:grill, 4:grill, 5:grill, 6:grill, "
        + "7:grill and others")
  }

  @Test("alerts are counted in all and by their code")
  func alerts() {
    var house = KitchenHouse()
    #expect(value("alerts.open", house.board) == nil)
    house.fire("204:grill", at: 0)
    #expect(value("alerts.open", house.board) == .count(0))
    house.pass(to: 601)
    #expect(value("alerts.ticket_late", house.board) == .count(1))
    #expect(value("alerts.open", house.board) == .count(1))
    #expect(value("alerts.critical", house.board) == .count(0))
    #expect(evidence("alerts.open", house.board) == ["TICKET_LATE 204:grill"])
    #expect(evidence("alerts.ticket_late", house.board) == ["204:grill"])
  }

  @Test("agents, tasks, evidence and mandates are counted once they were seen")
  func agents() {
    var fixture = Fixture()
    fixture.tell(.agentStarted, [.agent: "root"], at: 0)
    fixture.tell(.agentState, [.agent: "root", .state: "working"], at: 1)
    fixture.tell(.taskCreated, [.task: "T1"], at: 2)
    fixture.tell(.taskCreated, [.task: "T2", .dependsOn: .strings(["T1"])], at: 3)
    fixture.tell(
      .evidenceJudged, [.evidence: "E1", .claim: "tests pass", .verdict: "fail"], at: 4)
    fixture.tell(.mandatePointActivated, [.mandate: "git", .point: "x"], at: 5)
    #expect(value("agents.working", fixture.board) == .count(1))
    #expect(evidence("agents.working", fixture.board) == ["root"])
    #expect(value("agents.failed", fixture.board) == .count(0))
    #expect(value("tasks.open", fixture.board) == .count(2))
    #expect(value("tasks.blocked", fixture.board) == .count(1))
    #expect(evidence("tasks.blocked", fixture.board) == ["T2"])
    #expect(value("evidence.failed", fixture.board) == .count(1))
    #expect(evidence("evidence.open", fixture.board) == ["E1"])
    #expect(value("evidence.proven_percent", fixture.board) == .count(0))
    #expect(value("mandates.never_seen", fixture.board) == .count(15))
    #expect(value("mandates.low_count", fixture.board) == .count(1))
    #expect(evidence("mandates.low_count", fixture.board) == ["git"])
    #expect(value("kds.open", fixture.board) == nil)
  }

  @Test("streams tell what came, what is missing and how connections stand")
  func stream() {
    var board = Board()
    let connection = board.addConnection("http://hub", at: KitchenHouse.at(0))
    #expect(value("stream.current", board) == .truth(false))
    board.note(.connected(.sse, resumedFrom: nil), connection: connection, at: KitchenHouse.at(1))
    for number in [1, 2, 5] {
      _ = board.apply(
        Event(
          id: "\(number)", source: "pos", type: .known(.streamHeartbeat), sequence: Int64(number),
          sequenceBasis: .upstream), at: KitchenHouse.at(2))
    }
    #expect(value("stream.events", board) == .count(3))
    #expect(value("stream.events_60s", board, at: 10) == .count(3))
    #expect(value("stream.events_60s", board, at: 100) == .count(0))
    #expect(value("stream.idle_s", board, at: 10) == .count(8))
    #expect(value("stream.gaps", board) == .count(1))
    #expect(value("stream.missing", board) == .count(2))
    #expect(evidence("stream.missing", board) == ["pos (2)"])
    #expect(value("stream.connected", board) == .count(1))
    board.note(.lost(reason: "reset"), connection: connection, at: KitchenHouse.at(3))
    #expect(value("stream.connected", board) == .count(0))
    #expect(value("stream.current", board) == .truth(false))
    #expect(evidence("stream.current", board) == ["http://hub"])
  }

  @Test("a reading is told as a sentence")
  func words() {
    #expect(FactReading(name: "a.b", value: nil).words == "a.b is unknown")
    #expect(FactReading(name: "a.b", value: .count(0)).words == "a.b = 0")
    #expect(FactReading(name: "a.b", value: .truth(true), evidence: ["x"]).words == "a.b = true: x")
    #expect(Facts.percent(0.999) == 99)
    #expect(Facts.percent(.nan) == nil)
  }
}

/// The table of facts for people, beside the code.
private let table = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/expressions.md")

@Suite struct FactTableTests {
  @Test("the documentation lists every fact with its sentence, in the same order")
  func documentation() throws {
    let lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("| `") && $0.contains(".") && $0.contains("` | ") }
      .filter { row in Facts.all.contains { row.hasPrefix("| `\($0.name)` |") } }
    #expect(rows.map(String.init) == Facts.all.map { "| `\($0.name)` | \($0.sentence) |" })
  }
}

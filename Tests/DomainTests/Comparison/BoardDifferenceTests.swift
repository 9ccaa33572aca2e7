import Domain
import Testing

@Suite("two boards differ by what happened between them")
struct BoardDifferenceTests {
  private static let start = Timestamp(seconds: 1_773_511_200)

  /// Applies events, each with its own id, to a board.
  private static func told(
    _ board: inout Board, _ kind: EventKind, _ data: KeyValuePairs<Field, FieldValue>,
    at seconds: Int64
  ) {
    let event = Event(
      id: "\(board.stream.received)", source: "test", type: .known(kind),
      time: start + .seconds(seconds), data: Fields(data))
    _ = board.apply(event, at: start + .seconds(seconds))
  }

  private static func sentences(_ from: Board, _ to: Board) -> [String] {
    BoardDifference(from: from, to: to).entries.map(\.sentence)
  }

  @Test("equal boards do not differ")
  func same() {
    var board = Board()
    Self.told(&board, .agentStarted, [.agent: .string("a1")], at: 0)
    #expect(BoardDifference(from: board, to: board).isEmpty)
    #expect(BoardDifference(from: Board(), to: Board()).isEmpty)
  }

  @Test("mandates that fail, tickets that are late and a station that pauses")
  func brief() {
    var board = Board()
    for station in ["grill", "fryer"] {
      Self.told(
        &board, .stationUpdated, [.station: .string(station), .state: .string("active")], at: 0)
    }
    for (order, station) in [("204", "grill"), ("207", "fryer")] {
      Self.told(
        &board, .ticketFired,
        [
          .ticket: .string("\(order):\(station)"), .order: .string(order),
          .station: .string(station),
        ], at: 1)
    }
    let from = board
    for mandate in [4, 7, 9] as [Int64] {
      for _ in 0..<5 {
        Self.told(
          &board, .mandatePointActivated,
          [
            .mandate: .integer(mandate), .point: .string("direct-work"),
            .state: .string("violated"),
          ], at: 20)
      }
    }
    Self.told(
      &board, .stationUpdated, [.station: .string("grill"), .state: .string("paused")], at: 30)
    _ = board.tick(now: Self.start + .minutes(12))
    let difference = BoardDifference(from: from, to: board)
    #expect(
      difference.entries.filter { $0.kind != .alertsRaised }.map(\.sentence) == [
        "3 mandates newly failing: 4, 7, 9",
        "2 tickets late: 204:grill, 207:fryer",
        "station grill paused",
      ])
    #expect(difference.entries.first?.subjects == ["evidence", "quality", "git"])
    #expect(difference.entries.first?.kind.collection == .mandates)
    #expect(difference.entries.map(\.severity) == difference.entries.map(\.severity).sorted(by: >))
    let back = BoardDifference(from: board, to: from).entries.map(\.sentence)
    #expect(back.contains("3 mandates recovered: 4, 7, 9") == false)
    #expect(back.contains("station grill back"))
  }

  @Test("agents, tasks and evidence")
  func agents() {
    var board = Board()
    Self.told(&board, .agentStarted, [.agent: .string("a1")], at: 0)
    Self.told(&board, .taskCreated, [.task: .string("t1")], at: 0)
    Self.told(
      &board, .taskCreated, [.task: .string("t2"), .dependsOn: .strings(["t1"])], at: 0)
    let from = board
    Self.told(&board, .agentStarted, [.agent: .string("a2")], at: 1)
    Self.told(
      &board, .agentState, [.agent: .string("a1"), .state: .string("waiting")], at: 1)
    Self.told(
      &board, .taskState, [.task: .string("t1"), .state: .string("completed")], at: 2)
    Self.told(
      &board, .evidenceJudged,
      [.evidence: .string("c1"), .verdict: .string("fail"), .agent: .string("a1")], at: 3)
    Self.told(
      &board, .evidenceJudged, [.evidence: .string("c2"), .verdict: .string("pass")], at: 3)
    #expect(
      Self.sentences(from, board) == [
        "claim c1 failed", "alert EVIDENCE_FAILED c1 raised", "agent a1 waiting",
        "agent a2 started", "task t2 no longer blocked", "task t1 done", "claim c2 passed",
      ])
  }

  @Test("the floor and the menu")
  func kitchen() {
    var board = Board()
    Self.told(&board, .tableState, [.table: .string("8"), .state: .string("available")], at: 0)
    Self.told(&board, .menuItem86, [.item: .string("soup")], at: 0)
    Self.told(
      &board, .orderCreated,
      [.order: .string("o1"), .number: .string("204"), .table: .string("7")], at: 0)
    Self.told(
      &board, .ticketFired,
      [.ticket: .string("o1:bar"), .order: .string("o1"), .station: .string("bar")], at: 1)
    let from = board
    Self.told(&board, .tableState, [.table: .string("8"), .state: .string("occupied")], at: 2)
    Self.told(&board, .menuRestored, [.item: .string("soup")], at: 2)
    Self.told(&board, .menuItem86, [.item: .string("cod")], at: 2)
    Self.told(&board, .ticketBumped, [.ticket: .string("o1:bar")], at: 3)
    #expect(
      Self.sentences(from, board) == [
        "item cod 86'd", "table 7 with food to run", "table 8 seated", "ticket o1:bar bumped",
        "order #204 ready", "item soup back on the menu",
      ])
  }

  @Test("what a board no longer keeps is over")
  func forgotten() {
    var board = Board()
    Self.told(
      &board, .ticketFired,
      [.ticket: .string("o1:bar"), .order: .string("o1"), .station: .string("bar")], at: 0)
    let from = board
    Self.told(&board, .ticketBumped, [.ticket: .string("o1:bar")], at: 1)
    _ = board.tick(now: Self.start + .minutes(40))
    #expect(board.kitchen.ticket("o1:bar") == nil)
    #expect(Self.sentences(from, board) == ["ticket o1:bar bumped", "order #o1 closed"])
  }

  @Test("gaps and lost connections")
  func stream() {
    var board = Board()
    let number = board.addConnection("http://hub", at: Self.start)
    board.note(.connected(.sse, resumedFrom: nil), connection: number, at: Self.start)
    func numbered(_ sequence: Int64) {
      let event = Event(
        id: "s\(sequence)", source: "till/1", type: .known(.streamHeartbeat), sequence: sequence,
        sequenceBasis: .upstream)
      _ = board.apply(event, at: Self.start)
    }
    numbered(1)
    let from = board
    numbered(5)
    board.note(.lost(reason: "reset"), connection: number, at: Self.start + .seconds(1))
    #expect(
      Self.sentences(from, board) == [
        "alert STREAM_GAP till/1 raised", "connection http://hub lost", "3 events missing",
      ])
    let outage = board
    board.note(
      .connected(.sse, resumedFrom: "9"), connection: number, at: Self.start + .seconds(2))
    #expect(Self.sentences(outage, board) == ["connection http://hub back"])
  }

  @Test("many are counted and few are named")
  func bounded() throws {
    let from = Board()
    var board = Board()
    for number in 0..<1_000 {
      Self.told(&board, .agentStarted, [.agent: .string("a\(number)")], at: 0)
    }
    let entry = try #require(BoardDifference(from: from, to: board).entries.first)
    #expect(entry.sentence == "1000 agents started: a0, a1, a2, a3, a4, a5, a6, a7 and 992 more")
    #expect(entry.count == 1_000)
    #expect(entry.subjects.count == BoardDifference.subjectBound)
  }
}

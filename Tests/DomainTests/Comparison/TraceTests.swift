import Domain
import Testing

@Suite("a trace is what belongs together with an entity")
struct TraceTests {
  private static let start = Timestamp(seconds: 1_773_511_200)

  private static func board(
    _ events: [(EventKind, String?, KeyValuePairs<Field, FieldValue>)]
  ) -> Board {
    var board = Board()
    for (number, (kind, subject, data)) in events.enumerated() {
      let event = Event(
        id: "e\(number)", source: "test", type: .known(kind), subject: subject, time: start,
        data: Fields(data))
      _ = board.apply(event, at: start)
    }
    return board
  }

  private static let kitchen = board([
    (.tableState, nil, [.table: .string("7"), .state: .string("occupied")]),
    (
      .orderCreated, "order/204",
      [
        .order: .string("204"), .table: .string("7"), .server: .string("ann"),
        .items: .records([
          Fields([.item: .string("204-1"), .name: .string("Soup")]),
          Fields([.item: .string("204-2"), .name: .string("Cod")]),
        ]),
      ]
    ),
    (
      .ticketFired, "ticket/204:grill",
      [
        .ticket: .string("204:grill"), .order: .string("204"), .station: .string("grill"),
        .items: .strings(["204-2"]),
      ]
    ),
    (
      .ticketFired, "ticket/204:bar",
      [
        .ticket: .string("204:bar"), .order: .string("204"), .station: .string("bar"),
        .items: .strings(["204-1"]),
      ]
    ),
    (
      .ticketFired, "ticket/205:grill",
      [.ticket: .string("205:grill"), .order: .string("205"), .station: .string("grill")]
    ),
    (
      .alertRaised, nil,
      [.code: .string("TICKET_LATE"), .subject: .string("204:grill"), .text: .string("late")]
    ),
    (
      .alertRaised, nil,
      [.code: .string("TICKET_LATE"), .subject: .string("205:grill"), .text: .string("late")]
    ),
  ])

  @Test(
    "an order, its tickets and its items lead to the same",
    arguments: [
      TraceSubject.order("204"), .ticket("204:grill"), .ticket("204:bar"), .item("204-1"),
      .table("7"),
      .alert(Alert.Key(code: "TICKET_LATE", subject: "204:grill")),
    ])
  func order(subject: TraceSubject) {
    let trace = Self.kitchen.related(to: subject)
    #expect(trace[.orders] == ["204"])
    #expect(trace[.tickets] == ["204:grill", "204:bar"])
    #expect(trace[.items] == ["204-1", "204-2"])
    #expect(trace[.dishes] == ["Soup", "Cod"])
    #expect(trace[.stations] == ["grill", "bar"])
    #expect(trace[.tables] == ["7"])
    #expect(trace[.servers].contains("ann"))
    #expect(trace[.alerts] == ["TICKET_LATE\u{1F}204:grill"])
    #expect(trace[.events].count == 3)
    #expect(!trace.contains("205:grill", in: .tickets))
  }

  @Test("a station leads to what it cooks, not to the other tickets of those orders")
  func station() {
    let trace = Self.kitchen.related(to: .station("grill"))
    #expect(trace[.tickets] == ["204:grill", "205:grill"])
    #expect(trace[.orders] == ["204", "205"])
    #expect(trace[.tables] == ["7"])
    #expect(trace[.dishes] == ["Cod"])
    #expect(trace[.alerts].count == 2)
  }

  private static let agents = board([
    (.agentStarted, "agent/root", [.agent: .string("root")]),
    (.agentStarted, "agent/child", [.agent: .string("child"), .parent: .string("root")]),
    (.agentStarted, "agent/leaf", [.agent: .string("leaf"), .parent: .string("child")]),
    (.agentStarted, "agent/other", [.agent: .string("other")]),
    (.taskCreated, "task/t1", [.task: .string("t1"), .owner: .string("child")]),
    (
      .taskCreated, "task/t2",
      [.task: .string("t2"), .owner: .string("other"), .dependsOn: .strings(["t1"])]
    ),
    (
      .evidenceJudged, "evidence/c1",
      [
        .evidence: .string("c1"), .task: .string("t1"), .agent: .string("leaf"),
        .verdict: .string("fail"),
      ]
    ),
    (
      .mandateViolationOpened, "mandate/deploy",
      [
        .mandate: .string("deploy"), .violation: .string("v1"), .type: .string("DIRECT_WORK"),
        .agent: .string("child"),
      ]
    ),
    (
      .mandatePointActivated, "mandate/git",
      [.mandate: .string("git"), .point: .string("committed"), .agent: .string("leaf")]
    ),
  ])

  @Test("an agent leads to those above and below it and to all their work")
  func agent() {
    let trace = Self.agents.related(to: .agent("child"))
    #expect(trace[.agents] == ["root", "child", "leaf"])
    #expect(trace[.tasks] == ["t1"])
    #expect(trace[.evidence] == ["c1"])
    #expect(trace[.mandates] == ["deploy"])
    #expect(trace[.activations] == ["e8"])
    #expect(
      trace[.alerts]
        == ["EVIDENCE_FAILED\u{1F}c1", "MANDATE_VIOLATION\u{1F}deploy DIRECT_WORK"])
  }

  @Test("a task leads to its owner, its evidence and what waits for it")
  func task() {
    let trace = Self.agents.related(to: .task("t1"))
    #expect(trace[.tasks] == ["t1", "t2"])
    #expect(trace[.agents] == ["child"])
    #expect(trace[.evidence] == ["c1"])
    let waiting = Self.agents.related(to: .task("t2"))
    #expect(waiting[.tasks] == ["t1", "t2"])
    #expect(waiting[.agents] == ["other"])
  }

  @Test("a claim leads to its task, its agent and the task's owner")
  func evidence() {
    let trace = Self.agents.related(to: .evidence("c1"))
    #expect(trace[.evidence] == ["c1"])
    #expect(trace[.tasks] == ["t1"])
    #expect(trace[.agents] == ["child", "leaf"])
    #expect(trace[.alerts] == ["EVIDENCE_FAILED\u{1F}c1"])
  }

  @Test("an alert about a mandate leads to the mandate")
  func alert() {
    let key = Alert.Key(code: "MANDATE_VIOLATION", subject: "deploy DIRECT_WORK")
    let trace = Self.agents.related(to: .alert(key))
    #expect(trace[.mandates] == ["deploy"])
    #expect(trace[.agents] == ["child"])
    #expect(trace[.alerts] == [key.rowID])
  }

  @Test("nothing belongs to what is not known")
  func unknown() {
    for subject in [TraceSubject.order("x"), .agent("x"), .mandate("x"), .station("x")] {
      #expect(Self.kitchen.related(to: subject).isEmpty)
    }
    #expect(
      Self.kitchen.related(to: .alert(Alert.Key(code: "X", subject: "204"))).isEmpty)
  }

  @Test("an id that was typed means every entity that has it")
  func named() {
    #expect(Self.kitchen.subjects(named: "204:grill") == [.ticket("204:grill")])
    #expect(Self.kitchen.subjects(named: "7") == [.table("7"), .mandate("quality")])
    #expect(Self.agents.subjects(named: "t1") == [.task("t1")])
    #expect(Self.agents.subjects(named: "nobody") == [])
  }
}

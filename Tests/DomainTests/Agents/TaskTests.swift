import Domain
import Testing

@Suite("Tasks")
struct TaskTests {
  private func ids(_ fixture: Fixture) -> [String] {
    fixture.fleet.tasks(from: 0, limit: .max).map(\.id)
  }

  @Test(
    "every state word is understood, those of A2A too",
    arguments: [
      ("pending", TaskState.pending), ("submitted", .pending), ("in_progress", .inProgress),
      ("working", .inProgress), ("input-required", .inProgress), ("auth-required", .inProgress),
      ("review", .review), ("completed", .completed), ("failed", .failed),
      ("cancelled", .cancelled), ("canceled", .cancelled), ("rejected", .rejected),
    ])
  func words(word: String, state: TaskState) {
    var fixture = Fixture()
    fixture.tell(.taskState, [.task: "T", .state: .string(word)], at: 1)
    #expect(fixture.fleet.task("T")?.state == state)
    #expect(fixture.board.stream.unmapped == 0)
  }

  @Test("an unknown state word is reported and what else was told is kept")
  func unknownWord() {
    var fixture = Fixture()
    fixture.tell(.taskState, [.task: "T", .state: "in_progress"], at: 1)
    fixture.tell(.taskState, [.task: "T", .state: "preparing", .subject: "title"], at: 2)
    #expect(fixture.fleet.task("T")?.state == .inProgress)
    #expect(fixture.fleet.task("T")?.title == "title")
    #expect(fixture.board.stream.unmappedWords == ["preparing": 1])
  }

  @Test("the task is named by its member, by id, or by the event's subject")
  func names() {
    var fixture = Fixture()
    fixture.tell(.taskCreated, [.task: "A"], at: 1, subject: "task/x")
    fixture.tell(.taskCreated, [.id: "B"], at: 1)
    fixture.tell(.taskCreated, [:], at: 1, subject: "task/C")
    fixture.tell(.taskCreated, [:], at: 1)
    #expect(ids(fixture) == ["A", "B", "C"])
    #expect(fixture.board.stream.unmapped == 1)
  }

  @Test("open tasks keep their rows whatever happens to them, between the blocked and the failed")
  func order() {
    var fixture = Fixture()
    let states = ["completed", "pending", "failed", "in_progress", "review", "pending"]
    for (number, state) in states.enumerated() {
      fixture.tell(.taskState, [.task: .string("T\(number)"), .state: .string(state)], at: 1)
    }
    fixture.tell(.taskCreated, [.task: "T6", .dependsOn: .strings(["T1"])], at: 1)
    let expected = ["T6", "T1", "T3", "T4", "T5", "T2", "T0"]
    #expect(ids(fixture) == expected)
    fixture.tell(.taskState, [.task: "T5", .state: "review", .subject: "new"], at: 2)
    #expect(ids(fixture) == expected)
    #expect(fixture.fleet.taskCounts[.pending] == 1)
    #expect(fixture.fleet.taskCounts[.review] == 2)
    #expect(fixture.fleet.taskCounts[.blocked] == 1)
    #expect(fixture.fleet.completedTaskCount == 1)
    #expect(fixture.fleet.taskCount == 7)
  }

  @Test("an owner is withdrawn by null")
  func owner() {
    var fixture = Fixture()
    fixture.tell(.taskCreated, [.task: "T", .owner: "b77"], at: 1)
    fixture.tell(.taskState, [.task: "T", .state: "pending"], at: 2)
    #expect(fixture.fleet.task("T")?.owner == "b77")
    fixture.tell(.taskState, [.task: "T", .owner: .null], at: 3)
    #expect(fixture.fleet.task("T")?.owner == nil)
  }

  @Test("a state's age counts from when it was entered, not from its repetition")
  func since() {
    var fixture = Fixture()
    fixture.tell(.taskState, [.task: "T", .state: "in_progress"], at: 10, origin: 4)
    fixture.tell(.taskState, [.task: "T", .state: "in_progress"], at: 20)
    #expect(fixture.fleet.task("T")?.stateSince == Fixture.at(4))
    #expect(fixture.fleet.task("T")?.lastEventAt == Fixture.at(20))
  }

  @Test("a task said to be done is in review while evidence it owes is open")
  func review() {
    var fixture = Fixture()
    fixture.tell(.taskState, [.task: "T", .state: "completed"], at: 1)
    #expect(fixture.fleet.task("T")?.state == .completed)
    fixture.tell(.evidenceRequired, [.evidence: "E", .task: "T"], at: 2)
    #expect(fixture.fleet.task("T")?.state == .review)
    #expect(fixture.fleet.task("T")?.basis == .inferred)
    #expect(fixture.fleet.task("T")?.evidence == ["E"])
    #expect(fixture.fleet.completedTaskCount == 0)
    fixture.tell(.evidenceJudged, [.evidence: "E", .verdict: "pass"], at: 3)
    #expect(fixture.fleet.task("T")?.state == .completed)
    #expect(fixture.fleet.task("T")?.basis == .asserted)
    fixture.tell(.evidenceStaled, [.evidence: "E"], at: 4)
    #expect(fixture.fleet.task("T")?.state == .review)
  }

  @Test("evidence told before its task holds it back too; a recommendation does not")
  func early() {
    var fixture = Fixture()
    fixture.tell(.evidenceRequired, [.evidence: "E", .task: "T"], at: 1)
    fixture.tell(
      .evidenceRequired, [.evidence: "R", .task: "U", .requirement: "RECOMMENDED"], at: 1)
    fixture.tell(.taskState, [.task: "T", .state: "completed"], at: 2)
    fixture.tell(.taskState, [.task: "U", .state: "completed"], at: 2)
    #expect(fixture.fleet.task("T")?.state == .review)
    #expect(fixture.fleet.task("U")?.state == .completed)
  }
}

import Domain
import Testing

@Suite("Chains of tasks")
struct TaskChainTests {
  private func chained() -> Fixture {
    var fixture = Fixture()
    fixture.tell(.taskCreated, [.task: "UI", .dependsOn: .strings(["API"])], at: 0)
    fixture.tell(.taskCreated, [.task: "API", .dependsOn: .strings(["DB"])], at: 0)
    fixture.tell(.taskState, [.task: "DB", .state: "in_progress"], at: 0)
    return fixture
  }

  @Test("a task is blocked until what it depends on is completed")
  func blocked() {
    var fixture = chained()
    #expect(fixture.fleet.task("UI")?.isBlocked == true)
    #expect(fixture.fleet.openDependencies(of: "UI") == ["API"])
    #expect(fixture.fleet.taskCounts[.blocked] == 2)
    fixture.tell(.taskState, [.task: "DB", .state: "completed"], at: 5)
    #expect(fixture.fleet.task("API")?.isBlocked == false)
    #expect(fixture.fleet.task("API")?.blockedSince == nil)
    #expect(fixture.fleet.task("UI")?.isBlocked == true)
    fixture.tell(.taskState, [.task: "API", .state: "completed"], at: 6)
    #expect(fixture.fleet.taskCounts[.blocked] == 0)
    #expect(fixture.fleet.oldestBlockedSince == nil)
  }

  @Test("a dependency that is reopened blocks again")
  func reopened() {
    var fixture = chained()
    fixture.tell(.taskState, [.task: "DB", .state: "completed"], at: 5)
    fixture.tell(.taskState, [.task: "DB", .state: "in_progress"], at: 7)
    #expect(fixture.fleet.task("API")?.isBlocked == true)
    #expect(fixture.fleet.task("API")?.blockedSince == Fixture.at(7))
  }

  @Test("the chain is told from its root, and how long the oldest has been blocked")
  func chain() {
    let fixture = chained()
    #expect(fixture.fleet.blockedChain == ["DB", "API", "UI"])
    #expect(fixture.fleet.oldestBlockedSince == Fixture.at(0))
    #expect(Fixture().fleet.blockedChain == [])
  }

  @Test("ten minutes blocked raises one alert for the root with the number waiting")
  func alarm() {
    var fixture = chained()
    fixture.pass(to: 599.999_999)
    #expect(fixture.alert(.chainBlocked, "DB") == nil)
    fixture.pass(to: 600)
    #expect(fixture.alert(.chainBlocked, "DB")?.text == "2 waiting")
    #expect(fixture.alert(.chainBlocked, "API") == nil)
    fixture.tell(.taskState, [.task: "DB", .state: "completed"], at: 610)
    #expect(fixture.alert(.chainBlocked, "DB") == nil)
    #expect(fixture.alert(.chainBlocked, "API")?.text == "1 waiting")
    fixture.tell(.taskState, [.task: "UI", .state: "cancelled"], at: 620)
    #expect(fixture.alert(.chainBlocked, "API") == nil)
  }

  @Test("tasks that wait for each other in a circle are blocked and do not hang")
  func circle() {
    var fixture = Fixture()
    fixture.tell(.taskCreated, [.task: "A", .dependsOn: .strings(["B", "A"])], at: 0)
    fixture.tell(.taskCreated, [.task: "B", .dependsOn: .strings(["A"])], at: 0)
    #expect(fixture.fleet.task("A")?.dependsOn == ["B"])
    #expect(fixture.fleet.blockedChain.count == 2)
    fixture.pass(to: 600)
    #expect(fixture.fleet.taskCounts[.blocked] == 2)
  }

  @Test("a chain is followed sixteen deep")
  func depth() {
    var fixture = Fixture()
    for number in 0..<40 {
      fixture.tell(
        .taskCreated,
        [.task: .string("T\(number)"), .dependsOn: .strings(["T\(number + 1)"])], at: 0)
    }
    #expect(fixture.fleet.blockedChain.count == 16)
  }

  @Test("new dependencies replace the old ones, and an unknown one blocks")
  func replaced() {
    var fixture = chained()
    fixture.tell(.taskState, [.task: "UI", .dependsOn: .strings([])], at: 3)
    #expect(fixture.fleet.task("UI")?.isBlocked == false)
    fixture.tell(.taskState, [.task: "UI", .dependsOn: .strings(["nobody"])], at: 4)
    #expect(fixture.fleet.task("UI")?.isBlocked == true)
    fixture.tell(.taskState, [.task: "API", .state: "completed"], at: 5)
    #expect(fixture.fleet.task("UI")?.openDependencies == 1)
    #expect(fixture.fleet.task("UI")?.blockedSince == Fixture.at(4))
  }

  @Test("sixty-four dependencies count, the rest is left out")
  func bound() {
    var fixture = Fixture()
    let many = (0..<100).map { "D\($0)" }
    fixture.tell(.taskCreated, [.task: "T", .dependsOn: .strings(many)], at: 0)
    #expect(fixture.fleet.task("T")?.openDependencies == 64)
  }

  @Test("random changes agree with counting anew", arguments: [31, 32])
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var fixture = Fixture()
    let states = ["pending", "in_progress", "completed", "failed", "review"]
    for step in 0..<800 {
      let task = FieldValue.string("T\(random.next() % 30)")
      if step % 3 == 0 {
        let ids = (0..<random.next() % 4).map { _ in "T\(random.next() % 30)" }
        fixture.tell(.taskState, [.task: task, .dependsOn: .strings(ids)], at: Double(step))
      } else {
        let state = FieldValue.string(states[Int(random.next() % 5)])
        fixture.tell(.taskState, [.task: task, .state: state], at: Double(step))
      }
      fixture.pass(to: Double(step))
    }
    let tasks = fixture.fleet.tasks(from: 0, limit: .max)
    for task in tasks {
      let open = task.dependsOn.count { fixture.fleet.task($0)?.state != .completed }
      #expect(task.openDependencies == open)
    }
    #expect(fixture.fleet.taskCounts[.blocked] == tasks.count { $0.isBlocked })
    #expect(fixture.fleet.completedTaskCount == tasks.count { $0.state == .completed })
    #expect(tasks.map(\.rank.section) == tasks.map(\.rank.section).sorted())
    #expect(
      fixture.fleet.oldestBlockedSince == tasks.filter(\.isBlocked).compactMap(\.blockedSince).min()
    )
  }
}

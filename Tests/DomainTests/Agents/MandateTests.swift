import Domain
import Testing

@Suite("Mandates")
struct MandateTests {
  /// Tells of so many activations of a mandate, one a second.
  private func tell(
    _ fixture: inout Fixture, _ mandate: FieldValue, satisfied: Int, violated: Int,
    at second: Double
  ) {
    for number in 0..<satisfied + violated {
      fixture.tell(
        .mandatePointActivated,
        [
          .mandate: mandate, .point: "p", .agent: "a",
          .state: .string(number < satisfied ? "satisfied" : "violated"),
        ], at: second)
    }
  }

  @Test("there are sixteen, in four clusters, with four points each and none ever seen")
  func catalogue() {
    let mandates = AgentFleet().mandates
    #expect(mandates.map(\.number) == Array(1...16))
    #expect(mandates.allSatisfy { $0.points.count == 4 && $0.status == .neverSeen })
    #expect(mandates.allSatisfy { $0.rate == nil })
    #expect(Set(mandates.map(\.key)).count == 16)
    #expect(mandates[8].cluster == .workflowAutomation)
    #expect(mandates[15].weight == .intelligent)
  }

  @Test(
    "a mandate is found by number, key or name",
    arguments: [
      FieldValue.integer(4), .string("4"), .string("evidence"), .string("Evidence Validation"),
      .string("EVIDENCE-VALIDATION"), .string("evidence_validation"),
    ])
  func names(name: FieldValue) {
    var fixture = Fixture()
    fixture.tell(.mandatePointActivated, [.mandate: name, .point: "proof-provided"], at: 1)
    #expect(fixture.fleet.mandate(4)?.satisfied == 1)
    #expect(fixture.fleet.mandate(4)?.points[2].satisfied == 1)
  }

  @Test("an unknown mandate or state word is reported, not dropped in silence")
  func unknown() {
    var fixture = Fixture()
    fixture.tell(.mandatePointActivated, [.mandate: "17"], at: 1)
    fixture.tell(.mandatePointActivated, [.mandate: "git", .state: "perhaps"], at: 1)
    fixture.tell(.mandatePointActivated, [.point: "p"], at: 1)
    #expect(fixture.board.stream.unmapped == 3)
    #expect(fixture.fleet.mandates.allSatisfy { $0.observed == 0 })
    #expect(fixture.fleet.mandate(0) == nil)
    #expect(fixture.fleet.mandate(17) == nil)
  }

  @Test("an activation counts for exactly fifteen minutes from its own time")
  func window() {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: 4, violated: 1, at: 0)
    fixture.tell(.mandatePointActivated, [.mandate: "git"], at: 100, origin: -400)
    #expect(fixture.fleet.mandate(9)?.observed == 6)
    fixture.pass(to: 499.999_999)
    #expect(fixture.fleet.mandate(9)?.observed == 6)
    fixture.pass(to: 500)
    #expect(fixture.fleet.mandate(9)?.observed == 5)
    fixture.pass(to: 899.999_999)
    #expect(fixture.fleet.mandate(9)?.rate == 0.8)
    fixture.pass(to: 900)
    #expect(fixture.fleet.mandate(9)?.rate == nil)
    #expect(fixture.fleet.mandate(9)?.status == .lowCount)
    fixture.tell(.mandatePointActivated, [.mandate: "git"], at: 1_000, origin: 100)
    #expect(fixture.fleet.mandate(9)?.observed == 0)
  }

  @Test(
    "the standing follows the rate and needs five activations",
    arguments: [
      (19, 1, MandateStatus.ok), (18, 2, .warn), (8, 2, .warn), (7, 2, .critical),
      (4, 0, .lowCount), (5, 0, .ok),
    ])
  func status(satisfied: Int, violated: Int, status: MandateStatus) {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: satisfied, violated: violated, at: 0)
    #expect(fixture.fleet.mandate(9)?.status == status)
  }

  @Test("less than 40 percent of five or more raises an alert until it is better or too little")
  func lowCompliance() {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: 1, violated: 3, at: 0)
    #expect(fixture.alert(.lowCompliance, "git") == nil)
    tell(&fixture, "git", satisfied: 1, violated: 0, at: 1)
    #expect(fixture.alert(.lowCompliance, "git") == nil)
    tell(&fixture, "git", satisfied: 0, violated: 1, at: 2)
    #expect(fixture.alert(.lowCompliance, "git")?.text == "33 % (2/6) of Git Integration")
    fixture.pass(to: 900)
    #expect(fixture.alert(.lowCompliance, "git") == nil)
  }

  @Test("a drop of more than 20 points below the window before is a degradation")
  func degradation() {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: 10, violated: 0, at: 0)
    fixture.pass(to: 900)
    #expect(fixture.fleet.mandate(9)?.previousRate == 1)
    tell(&fixture, "git", satisfied: 8, violated: 2, at: 901)
    #expect(fixture.alert(.patternDegradation, "git") == nil)
    tell(&fixture, "git", satisfied: 0, violated: 1, at: 902)
    #expect(fixture.alert(.patternDegradation, "git") != nil)
    #expect(fixture.fleet.degradedMandates.map(\.number) == [9])
    fixture.pass(to: 1_800)
    #expect(fixture.alert(.patternDegradation, "git") == nil)
  }

  @Test("two critical mandates of four fail their cluster")
  func cluster() {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: 0, violated: 5, at: 0)
    tell(&fixture, "session", satisfied: 5, violated: 0, at: 0)
    #expect(fixture.alert(.clusterFailure, "WORKFLOW") == nil)
    tell(&fixture, "parallel", satisfied: 2, violated: 3, at: 0)
    #expect(fixture.alert(.clusterFailure, "WORKFLOW")?.severity == 5)
    let standing = fixture.fleet.cluster(.workflowAutomation)
    #expect((standing.critical, standing.ok, standing.neverSeen) == (2, 1, 1))
    #expect(standing.rate == 7.0 / 15.0)
    #expect(fixture.fleet.cluster(.coreMethodology).rate == nil)
    #expect(fixture.fleet.worstMandates(limit: 2).map(\.key) == ["git", "parallel"])
    fixture.pass(to: 900)
    #expect(fixture.alert(.clusterFailure, "WORKFLOW") == nil)
  }

  @Test("violations of a type are counted in one alert, withdrawn when all are resolved")
  func violations() {
    var fixture = Fixture()
    for id in ["v1", "v2"] {
      fixture.tell(
        .mandateViolationOpened,
        [.mandate: "deploy", .violation: .string(id), .type: "DIRECT_WORK", .agent: "root"], at: 1)
    }
    fixture.tell(.mandateViolationOpened, [.mandate: "evidence", .type: "CLAIM"], at: 2)
    let alert = fixture.alert(.mandateViolation, "deploy DIRECT_WORK")
    #expect(alert?.text == "DIRECT_WORK (2), last by root")
    #expect(alert?.count == 2)
    #expect(fixture.fleet.openViolationCount == 3)
    #expect(fixture.fleet.openViolations.map(\.type) == ["DIRECT_WORK", "CLAIM"])
    fixture.tell(.mandateViolationResolved, [.mandate: "deploy", .violation: "v2"], at: 3)
    #expect(fixture.alert(.mandateViolation, "deploy DIRECT_WORK") != nil)
    fixture.tell(.mandateViolationResolved, [.mandate: "deploy", .type: "DIRECT_WORK"], at: 4)
    #expect(fixture.alert(.mandateViolation, "deploy DIRECT_WORK") == nil)
    #expect(
      fixture.fleet.mandate(2)?.violations.map(\.resolvedAt) == [Fixture.at(4), Fixture.at(3)])
    #expect(fixture.fleet.openViolationCount == 1)
    fixture.pass(to: 902)
    #expect(fixture.fleet.openViolationCount == 0)
    #expect(fixture.fleet.openViolations.isEmpty)
  }

  @Test("activations are listed newest first with their running number, two hundred at most")
  func activations() {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: 250, violated: 1, at: 5)
    fixture.tell(.patternExpired, [.mandate: "git", .point: "p"], at: 6)
    #expect(fixture.fleet.activationCount == 200)
    let newest = fixture.fleet.activations(limit: 3)
    #expect(newest.map(\.outcome) == [.expired, .violated, .satisfied])
    #expect(newest.map(\.number) == [251, 251, 250])
    #expect(newest[1].isViolation)
    #expect(newest[1].point == "p")
    #expect(fixture.fleet.activations(limit: .max).count == 200)
  }

  @Test("heat counts each of the last fifteen minutes and cools without events")
  func heat() {
    var fixture = Fixture()
    tell(&fixture, "git", satisfied: 2, violated: 1, at: 30)
    fixture.tell(.mandatePointActivated, [.mandate: "git", .state: "activated"], at: 90)
    let quiet = [Int](repeating: 0, count: 13)
    #expect(fixture.fleet.heat(.workflowAutomation) == quiet + [3, 1])
    #expect(fixture.fleet.mandate(9)?.observed == 3)
    for _ in 0..<20 { if let due = fixture.board.nextDue { _ = fixture.board.tick(now: due) } }
    #expect(fixture.fleet.heat(.workflowAutomation) == [Int](repeating: 0, count: 15))
  }

  @Test("more points than a mandate has room for still count for it")
  func pointBound() {
    var fixture = Fixture()
    for number in 0..<40 {
      fixture.tell(
        .mandatePointActivated, [.mandate: "git", .point: .string("x\(number)")], at: 1)
    }
    #expect(fixture.fleet.mandate(9)?.points.count == 16)
    #expect(fixture.fleet.mandate(9)?.satisfied == 40)
  }

  @Test("a snapshot sets the counts, which leave the window fifteen minutes after its moment")
  func snapshot() {
    var fixture = Fixture()
    tell(&fixture, "session", satisfied: 5, violated: 0, at: 0)
    let record = Fields([
      .mandate: "git", .satisfied: 24, .violated: 1,
      .points: .records([Fields([.id: "committed", .satisfied: 20])]),
    ])
    fixture.tell(
      .mandateSnapshot, [.asOf: .string(Fixture.at(-100).rfc3339), .mandates: .records([record])],
      at: 10)
    #expect(fixture.fleet.mandate(9)?.rate == 0.96)
    #expect(fixture.fleet.mandate(9)?.points[2].satisfied == 20)
    #expect(fixture.fleet.mandate(11)?.status == .neverSeen)
    fixture.pass(to: 799.999_999)
    #expect(fixture.fleet.mandate(9)?.observed == 25)
    fixture.pass(to: 800)
    #expect(fixture.fleet.mandate(9)?.observed == 0)
  }
}

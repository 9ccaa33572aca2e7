import Domain
import Testing

@Suite("Evidence")
struct EvidenceTests {
  @Test("a claim goes from required over provided to judged")
  func life() {
    var fixture = Fixture()
    fixture.tell(
      .evidenceRequired, [.evidence: "E", .claim: "all tests pass", .gate: "BLOCKING"], at: 1)
    #expect(fixture.fleet.evidence("E")?.state == .required)
    #expect(fixture.fleet.evidence("E")?.grade == nil)
    #expect(fixture.fleet.evidence("E")?.isMandatory == true)
    fixture.tell(.evidenceProvided, [.evidence: "E", .proofRef: "log"], at: 2)
    #expect(fixture.fleet.evidence("E")?.state == .provided)
    #expect(fixture.fleet.evidence("E")?.grade == .selfReport)
    fixture.tell(.evidenceJudged, [.evidence: "E", .verdict: "pass", .grade: "ci"], at: 3)
    #expect(fixture.fleet.evidence("E")?.state == .pass)
    #expect(fixture.fleet.evidence("E")?.grade == .continuousIntegration)
    #expect(fixture.fleet.evidence("E")?.stateSince == Fixture.at(3))
    #expect(fixture.fleet.evidence("E")?.claim == "all tests pass")
    #expect(fixture.fleet.gradeCounts[.continuousIntegration] == 1)
    #expect(fixture.fleet.gradeCounts[.selfReport] == 0)
  }

  @Test("an exit code judges where no verdict is given, and says so")
  func exitCode() {
    var fixture = Fixture()
    fixture.tell(.evidenceJudged, [.evidence: "E", .exit: 0], at: 1)
    #expect(fixture.fleet.evidence("E")?.state == .pass)
    #expect(fixture.fleet.evidence("E")?.basis == .inferred)
    #expect(fixture.fleet.evidence("E")?.grade == .exitCode)
    fixture.tell(.evidenceJudged, [.evidence: "E", .exit: 2], at: 2)
    #expect(fixture.fleet.evidence("E")?.state == .fail)
  }

  @Test("a failure on a blocking gate is of severity 5, on another 4, until it passes")
  func alarm() {
    var fixture = Fixture()
    fixture.tell(
      .evidenceJudged,
      [
        .evidence: "E", .claim: "tests", .agent: "b77", .gate: "BLOCKING", .verdict: "fail",
        .exit: 1,
      ], at: 1)
    fixture.tell(.evidenceJudged, [.evidence: "F", .verdict: "fail"], at: 1)
    #expect(fixture.alert(.evidenceFailed, "E")?.severity == 5)
    #expect(fixture.alert(.evidenceFailed, "E")?.text == "b77 tests: exit 1")
    #expect(fixture.alert(.evidenceFailed, "F")?.severity == 4)
    fixture.tell(.evidenceJudged, [.evidence: "E", .verdict: "pass"], at: 2)
    #expect(fixture.alert(.evidenceFailed, "E") == nil)
  }

  @Test("unknown verdicts and grades are reported and change nothing")
  func unknownWords() {
    var fixture = Fixture()
    fixture.tell(.evidenceProvided, [.evidence: "E", .grade: "gut feeling"], at: 1)
    fixture.tell(.evidenceJudged, [.evidence: "E", .verdict: "perhaps"], at: 2)
    fixture.tell(.evidenceJudged, [.evidence: "E"], at: 3)
    fixture.tell(.evidenceJudged, [.verdict: "pass"], at: 4)
    #expect(fixture.fleet.evidence("E")?.state == .provided)
    #expect(fixture.board.stream.unmapped == 4)
  }

  @Test("an edit after the check makes what its agent had proven stale")
  func stale() {
    var fixture = Fixture()
    fixture.tell(
      .evidenceJudged, [.evidence: "E", .agent: "a", .verdict: "pass"], at: 10)
    fixture.tell(
      .evidenceJudged, [.evidence: "O", .agent: "other", .verdict: "pass"], at: 10)
    fixture.tell(.agentToolFinished, [.agent: "a", .tool: "Read"], at: 11)
    fixture.tell(.agentToolFinished, [.agent: "a", .tool: "Edit"], at: 12, origin: 10)
    #expect(fixture.fleet.evidence("E")?.state == .pass)
    fixture.tell(.agentToolFinished, [.agent: "a", .tool: "Edit"], at: 13)
    #expect(fixture.fleet.evidence("E")?.state == .stale)
    #expect(fixture.fleet.evidence("E")?.basis == .inferred)
    #expect(fixture.fleet.evidence("O")?.state == .pass)
  }

  @Test("the proven share counts everything but what was waived, and nothing is no number")
  func share() {
    var fixture = Fixture()
    #expect(fixture.fleet.provenShare == nil)
    fixture.tell(.evidenceJudged, [.evidence: "W", .verdict: "waived"], at: 1)
    #expect(fixture.fleet.provenShare == nil)
    for (id, verdict) in [("A", "pass"), ("B", "pass"), ("C", "fail")] {
      fixture.tell(
        .evidenceJudged, [.evidence: .string(id), .verdict: .string(verdict)], at: 1)
    }
    fixture.tell(.evidenceRequired, [.evidence: "D"], at: 1)
    #expect(fixture.fleet.provenShare == 0.5)
    #expect(
      fixture.fleet.evidenceCounts
        == [.pass: 2, .fail: 1, .required: 1, .provided: 0, .stale: 0, .waived: 1])
    #expect(fixture.fleet.evidence(from: 0, limit: 9).map(\.id) == ["C", "D", "A", "B", "W"])
    #expect(fixture.fleet.evidence(from: 1, limit: 2).map(\.id) == ["D", "A"])
  }
}

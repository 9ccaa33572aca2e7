import Domain

/// Evidence from what the transcript recorded: exit codes of checks, and edits that age them.
///
/// A check proves until its agent edits again. A check whose exit code another command hides
/// (`mix test | tail`) is provided but not judged.
struct EvidenceRules: Codable, Sendable {
  /// Claims kept of one agent; the oldest is forgotten first.
  static let claimBound = 64

  struct Claim: Codable, Sendable {
    let id: String
    let command: String
    var isFresh: Bool
  }

  struct Record: Codable, Sendable {
    var claims: [Claim] = []
    var count = 0
    var lastEdit: String?
    /// Whether a check passed since the last edit.
    var isProven = false
  }

  private var records = RecentTable<Record>(bound: 1_024)

  /// Whether a check of the agent passed after its last edit.
  func isProven(by agent: String) -> Bool { records[agent]?.isProven ?? false }

  /// The row of the agent's last edit.
  func lastEdit(by agent: String) -> String? { records[agent]?.lastEdit }

  /// A command ended with an exit code.
  mutating func commandEnded(
    _ call: OpenCall, id: String, exit: Int64?, to events: inout RowEvents
  ) {
    guard let command = call.command, let check = CheckCommand(command), let exit else { return }
    var record = records[call.agent] ?? Record()
    let claim = record.claim(call.summary ?? command, of: call.agent)
    let verdict = check.isConclusive ? (exit == 0 ? "pass" : "fail") : nil
    if let verdict { record.isProven = verdict == "pass" }
    records[call.agent] = record
    let grade = check.isConclusive ? "exit-code" : "reported-check"
    var data = Fields([
      .evidence: .string(claim.id), .claim: .string(claim.command), .agent: .string(call.agent),
      .type: .string(check.kind.rawValue), .grade: .string(grade), .proofRef: .string(events.row),
    ])
    data.set(.exit, verdict == nil ? nil : exit)
    events.add(.evidenceProvided, .evidence, claim.id, part: id, data)
    guard let verdict else { return }
    events.add(
      .evidenceJudged, .evidence, claim.id, part: id,
      [
        .evidence: .string(claim.id), .agent: .string(call.agent), .verdict: .string(verdict),
        .grade: .string(grade), .exit: .integer(exit), .proofRef: .string(events.row),
      ])
  }

  /// An agent changed a file: what it had proven is older than its work.
  mutating func edited(by agent: String, to events: inout RowEvents) {
    var record = records[agent] ?? Record()
    record.lastEdit = events.row
    record.isProven = false
    for index in record.claims.indices where record.claims[index].isFresh {
      record.claims[index].isFresh = false
      let id = record.claims[index].id
      events.add(
        .evidenceStaled, .evidence, id,
        [
          .evidence: .string(id), .agent: .string(agent), .causeIds: .strings([events.row]),
          .basis: .string(Basis.inferred.rawValue),
        ])
    }
    records[agent] = record
  }
}

extension EvidenceRules.Record {
  /// The claim that a command makes, the same for every run of it; it is fresh now.
  mutating func claim(_ command: String, of agent: String) -> EvidenceRules.Claim {
    if let index = claims.firstIndex(where: { $0.command == command }) {
      claims[index].isFresh = true
      return claims[index]
    }
    count += 1
    let claim = EvidenceRules.Claim(id: "\(agent).check-\(count)", command: command, isFresh: true)
    if claims.count >= EvidenceRules.claimBound { claims.removeFirst() }
    claims.append(claim)
    return claim
  }
}

// Facts of mandates and of evidence. How many mandates stand how is unknown until one was seen, and
// the counts of claims until there is a claim.

extension Facts {
  static let evidence: [Fact] = mandates + claims

  private static let mandates: [Fact] = [
    mandateCount("mandates.ok", "Mandates observed in 95 % of cases or more", .ok),
    mandateCount("mandates.warn", "Mandates observed in 80 % to 95 % of cases", .warn),
    mandateCount("mandates.critical", "Mandates observed in less than 80 % of cases", .critical),
    mandateCount(
      "mandates.low_count", "Mandates seen too seldom in 15 minutes to be judged", .lowCount),
    Fact(
      "mandates.never_seen", of: [.mandates], "Mandates of which nothing was ever seen",
      { board, _ in board.fleet.mandates.count { $0.status == .neverSeen } },
      evidence: { board, _ in keys(board, .neverSeen) }),
    Fact(
      "mandates.worst_percent", of: [.mandates],
      "The share of observance of the worst mandate that can be judged; unknown without one",
      { board, _ in percent(board.fleet.worstMandates(limit: 1).first?.rate) },
      evidence: { board, _ in board.fleet.worstMandates(limit: 1).map(\.key) }),
    Fact(
      "mandates.violations", of: [.mandates],
      "Violations opened in the last 15 minutes and not resolved",
      { board, _ in isSeen(board) ? board.fleet.openViolationCount : nil },
      evidence: { board, _ in board.fleet.openViolations.map { "\($0.type) (\($0.count))" } }),
    Fact(
      "mandates.degraded", of: [.mandates],
      "Mandates more than 20 points below the 15 minutes before",
      { board, _ in isSeen(board) ? board.fleet.degradedMandates.count : nil },
      evidence: { board, _ in board.fleet.degradedMandates.map(\.key) }),
  ]

  private static let claims: [Fact] = [
    claimCount("evidence.total", "Claims that are listed", EvidenceState.allCases),
    claimCount(
      "evidence.open", "Claims that are still to be proven", EvidenceState.allCases.filter(\.isOpen)
    ),
    claimCount("evidence.required", "Claims without any proof yet", [.required]),
    claimCount("evidence.provided", "Claims whose proof nobody has judged", [.provided]),
    claimCount("evidence.passed", "Claims that are proven", [.pass]),
    claimCount("evidence.failed", "Claims whose proof failed", [.fail]),
    claimCount("evidence.stale", "Claims proven before newer work", [.stale]),
    claimCount("evidence.waived", "Claims that need no proof any more", [.waived]),
    Fact(
      "evidence.proven_percent", of: [.evidence],
      "Of the claims that are not waived, the proven ones",
      { board, _ in percent(board.fleet.provenShare) }),
  ]

  private static func mandateCount(
    _ name: String, _ sentence: String, _ status: MandateStatus
  ) -> Fact {
    Fact(
      name, of: [.mandates], sentence,
      { board, _ in isSeen(board) ? board.fleet.mandates.count { $0.status == status } : nil },
      evidence: { board, _ in keys(board, status) })
  }

  private static func isSeen(_ board: Board) -> Bool {
    board.fleet.mandates.contains { $0.firstSeen != nil }
  }

  private static func keys(_ board: Board, _ status: MandateStatus) -> [String] {
    board.fleet.mandates.filter { $0.status == status }.map(\.key)
  }

  private static func claimCount(
    _ name: String, _ sentence: String, _ states: [EvidenceState]
  ) -> Fact {
    rowCount(
      name, of: [.evidence], sentence, in: states,
      counts: { $0.evidenceCount > 0 ? $0.evidenceCounts : nil },
      rows: { $0.evidence(from: 0, limit: reach) }, group: \.state, id: \.id)
  }
}

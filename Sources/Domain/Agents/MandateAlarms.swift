/// The alerts that follow from the rates of mandates and clusters; each is raised once for as
/// long as its condition lasts.
struct MandateAlarms: Codable, Sendable {
  private var low: Set<Int> = []
  private var degraded: Set<Int> = []
  private var failed: Set<Int> = []

  /// Judges one mandate: below 40 % of at least five, or more than 20 points lower than before.
  mutating func judge(_ mandate: Mandate, at now: Timestamp, context: inout BoardContext) {
    let rate = mandate.rate ?? 1
    Self.set(
      &low, mandate.number, mandate.observed >= 5 && rate < 0.40, .lowCompliance, mandate.key,
      "\(Self.percent(rate)) (\(mandate.satisfied)/\(mandate.observed)) of \(mandate.name)", now,
      &context)
    let drop = mandate.dropInPoints ?? 0
    Self.set(
      &degraded, mandate.number, drop > MandateBook.degradationPoints, .patternDegradation,
      mandate.key, "\(mandate.name) -\(Int(drop.rounded())) points in 15 min", now, &context)
  }

  /// Judges one cluster: half of it critical.
  mutating func judge(
    _ standing: ClusterStanding, at now: Timestamp, context: inout BoardContext
  ) {
    Self.set(
      &failed, standing.cluster.rawValue, standing.hasFailed, .clusterFailure,
      standing.cluster.shortTitle,
      "\(standing.critical) of 4 critical in \(standing.cluster.title)", now, &context)
  }

  private static func set(
    _ known: inout Set<Int>, _ member: Int, _ holds: Bool, _ code: AlertCode, _ subject: String,
    _ text: @autoclosure () -> String, _ now: Timestamp, _ context: inout BoardContext
  ) {
    guard holds != known.contains(member) else { return }
    if holds {
      known.insert(member)
      context.alerts.raise(
        code, subject: subject, text: text(), cause: nil, at: now, changes: &context.changes)
    } else {
      known.remove(member)
      context.alerts.withdraw(code, subject: subject, at: now, changes: &context.changes)
    }
  }

  private static func percent(_ rate: Double) -> String { "\(Int((rate * 100).rounded())) %" }
}

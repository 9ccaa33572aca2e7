package import Domain

/// What is in a tape, or in a stretch of it. Every list has a bound, so that the report of a tape of
/// any length has a size of its own; what was left out is counted.
package struct TapeReport: Equatable, Sendable {
  /// The file itself.
  package var file: FileFacts
  /// The first and last moment looked at.
  package var start: Timestamp, end: Timestamp
  /// Lines of the stretch by what they hold.
  package var frames = 0, facts = 0
  /// What became of the events.
  package var events: EventTotals
  /// The types of the events, the most frequent first.
  package var types: [TypeCount]
  /// What is known of each CloudEvents source, in order of appearance.
  package var sources: [SourceCount]
  /// The connections by number.
  package var connections: [ConnectionReport]
  /// The alerts that fired or stood, the severest first, then in the order they fired.
  package var alerts: [FiredAlert]
  /// How many fired in all, and of how many no more is told.
  package var alertCount = 0, omittedAlerts = 0
  /// What rules of a file would have raised, where some were rehearsed.
  package var rehearsal: RehearsalReport?
  /// The markers in order (at most `markerBound`), and how many there are.
  package var markers: [Marker] = []
  package var markerCount = 0

  /// The most markers told of each.
  package static let markerBound = 1_000

  /// What the file says of itself.
  package struct FileFacts: Equatable, Sendable {
    /// Its name as given.
    package var name: String
    /// Its size in bytes, all files of it together; nil where it cannot be told.
    package var bytes: Int64?
    /// The files it consists of, and the keyframes in the stretch that was read.
    package var count = 1, keyframes = 0
    /// The major version of the tape format.
    package var version: Int64
    /// When its recording began.
    package var start: Timestamp
    /// Whether its last line was cut off.
    package var isCutOff: Bool

    /// The facts of a file.
    package init(
      name: String, version: Int64, start: Timestamp, isCutOff: Bool = false
    ) {
      self.name = name
      self.version = version
      self.start = start
      self.isCutOff = isCutOff
    }
  }

  /// A place someone marked.
  package struct Marker: Equatable, Sendable {
    package let at: Timestamp
    package let label: String
  }

  /// The sum of missing sequence numbers, and the jumps; nil while no source numbers its events.
  package var gaps: (count: Int, missing: Int64)? {
    let counts = sources.compactMap(\.gaps)
    guard !counts.isEmpty else { return nil }
    return (counts.reduce(0, +), sources.reduce(0) { $0.addingClamping($1.missing) })
  }
}

/// What became of the events of a stretch.
package struct EventTotals: Equatable, Sendable {
  /// Events received, repeats included, and those neither repeated nor late.
  package var received = 0, applied = 0
  /// Events whose source and id were seen before; events older than one of their subject.
  package var duplicates = 0, late = 0
  /// Events with a type or value outside the catalogue; data that was no event.
  package var unmapped = 0, malformed = 0
  /// Times a connection brought something else than was sent.
  package var damaged = 0
  /// Under overload: events that became part of a newer one, and telemetry that was dropped.
  package var coalesced = 0, dropped = 0
  /// The newest reason why data was no event, and how damage last showed.
  package var lastMalformed: String?, lastDamage: String?

  /// What a ledger counted after a moment at which it stood at `earlier`.
  init(_ ledger: StreamLedger, since earlier: StreamLedger) {
    received = ledger.received - earlier.received
    applied = ledger.applied - earlier.applied
    duplicates = ledger.duplicates - earlier.duplicates
    late = ledger.late - earlier.late
    unmapped = ledger.unmapped - earlier.unmapped
    malformed = ledger.malformed - earlier.malformed
    damaged = ledger.damaged - earlier.damaged
    coalesced = ledger.coalesced - earlier.coalesced
    dropped = ledger.dropped - earlier.dropped
    lastMalformed = malformed > 0 ? ledger.lastMalformed : nil
    lastDamage = damaged > 0 ? ledger.lastDamage : nil
  }
}

/// How often a type of event came.
package struct TypeCount: Equatable, Sendable {
  /// The catalogue name, or the whole type where it has none.
  package let name: String
  package var count: Int
  /// The arrival of its first and last event.
  package var first: Timestamp, last: Timestamp
}

/// What came of one CloudEvents source in a stretch.
package struct SourceCount: Equatable, Sendable {
  package let name: String
  package let applied: Int, duplicates: Int, late: Int, unmapped: Int
  package let coalesced: Int, dropped: Int
  /// Jumps in its sequence; nil while it numbers nothing ("gaps n/a").
  package let gaps: Int?
  /// Events still missing of them.
  package let missing: Int64
  /// The newest gaps, oldest first (at most 64).
  package let newestGaps: [SequenceGap]
  /// Arrival of its newest event.
  package let lastArrival: Timestamp?

  init(_ source: SourceFacts, since earlier: SourceFacts?, from start: Timestamp) {
    name = source.name
    applied = source.applied - (earlier?.applied ?? 0)
    duplicates = source.duplicates - (earlier?.duplicates ?? 0)
    late = source.late - (earlier?.late ?? 0)
    unmapped = source.unmapped - (earlier?.unmapped ?? 0)
    coalesced = source.coalesced - (earlier?.coalesced ?? 0)
    dropped = source.dropped - (earlier?.dropped ?? 0)
    gaps = source.gaps.map { $0 - (earlier?.gaps ?? 0) }
    newestGaps = earlier == nil ? source.recentGaps : source.recentGaps.filter { $0.at > start }
    missing = source.missing
    lastArrival = source.lastArrival
  }
}

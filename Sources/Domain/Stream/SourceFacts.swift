/// A stretch of upstream sequence numbers that did not arrive.
package struct SequenceGap: Codable, Equatable, Sendable {
  /// The first and last missing number.
  package let from: Int64, to: Int64
  /// How many of them are still missing.
  package var missing: Int64
  /// When the jump was seen.
  package let at: Timestamp
  /// When a resynchronisation made up for it.
  package var resyncedAt: Timestamp?
}

/// What is known of one CloudEvents source.
package struct SourceFacts: Codable, Equatable, Sendable {
  /// The CloudEvents `source`.
  package let name: String
  /// Events applied, repeated, too old, of unknown type, and with a value we cannot map.
  package var applied = 0, duplicates = 0, late = 0, unmapped = 0
  /// Of the applied: those that became part of a newer one, and those dropped, under overload.
  package var coalesced = 0, dropped = 0
  /// Jumps in the upstream sequence; nil while no upstream sequence was seen ("gaps n/a").
  package var gaps: Int?
  /// Events still missing of those gaps.
  package var missing: Int64 = 0
  /// The newest gaps, oldest first (at most 64).
  package var recentGaps: [SequenceGap] = []
  /// The highest sequence number seen.
  package var lastSequence: Int64?
  /// Arrival of its newest event.
  package var lastArrival: Timestamp?
  /// Events in each of the last 60 seconds.
  package var rate = SlidingWindow(bucket: .seconds(1), count: 60)
  /// Arrival minus origin time, of events that carried one and came while their clock agreed with
  /// ours: not from the future by more than 50 ms, and not from a backlog older than a minute.
  package var lag = Histogram()
  /// Events that came from the future by more than 50 ms: the clocks do not agree.
  package var skewed = 0
  /// How far in the future the newest of those came from.
  package var skew: Span?

  /// Nothing known.
  package init(name: String) {
    self.name = name
  }
}

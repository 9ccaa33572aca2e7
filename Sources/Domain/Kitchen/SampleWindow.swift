/// The durations of the last 15 minutes: their exact mean and percentiles.
///
/// Samples leave with the minute they came in, as the buckets of a `SlidingWindow` do. Bounded:
/// beyond `bound` samples the oldest give way.
package struct SampleWindow: Sendable {
  /// The most samples kept.
  package static let bound = 16_384
  /// How long a sample counts.
  package static let length = Span.minutes(15)

  private struct Sample: Sendable {
    let minute: Int64
    let span: Span
  }

  private var samples: [Sample?] = []
  private var first = 0
  private var index = OrderedIndex<Span>()
  private var sum: Int64 = 0

  /// How many samples count.
  package var count: Int { index.count }

  /// The mean; nil without a sample.
  package var mean: Span? {
    count > 0 ? Span(microseconds: sum / Int64(count)) : nil
  }

  /// The span that the given fraction of samples does not exceed; nil without a sample.
  package func percentile(_ fraction: Double) -> Span? {
    let rank = Int((Double(count) * min(1, max(0, fraction))).rounded(.up)) - 1
    guard let slot = index.slots(from: rank, limit: 1).first else { return nil }
    return samples[slot]?.span
  }

  /// Adds a sample; a span beyond a day counts as a day, a negative one as none.
  mutating func add(_ span: Span, at moment: Timestamp) {
    let span = min(max(span, .zero), .minutes(24 * 60))
    if count >= Self.bound { dropFirst() }
    let sample = Sample(minute: moment.minute, span: span)
    if samples.count >= 2 * Self.bound { compact() }
    samples.append(sample)
    index.insert(span, slot: samples.count - 1)
    sum &+= span.microseconds
  }

  /// Lets samples fall out that lie outside the window at `now`.
  mutating func advance(to now: Timestamp) {
    while first < samples.count, let sample = samples[first], sample.minute <= now.minute - 15 {
      dropFirst()
    }
  }

  private mutating func dropFirst() {
    guard first < samples.count, let sample = samples[first] else { return }
    index.remove(sample.span, slot: first)
    samples[first] = nil
    sum &-= sample.span.microseconds
    first += 1
  }

  /// Moves the samples to the front of the storage, once every `bound` samples.
  private mutating func compact() {
    let kept = Array(samples[first...])
    samples = kept
    first = 0
    index = OrderedIndex()
    for (slot, sample) in kept.enumerated() {
      if let sample { index.insert(sample.span, slot: slot) }
    }
  }
}

// The samples in order of age, and their places in order of size.
extension SampleWindow: Codable {
  package func encode(to encoder: any Encoder) throws {
    let kept = samples[first...].compactMap(\.self)
    var container = encoder.unkeyedContainer()
    try container.encode(kept.map(\.minute))
    try container.encode(kept.map(\.span.microseconds))
    try container.encode(index.allSlots.map { $0 - first })
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let minutes = try container.decode([Int64].self)
    let spans = try container.decode([Int64].self)
    let slots = try container.decode([Int].self)
    try StateFault.check(
      minutes.count == spans.count && slots.count == spans.count && spans.count <= Self.bound,
      "samples are missing")
    for span in spans { try StateFault.check(total: span) }
    samples = zip(minutes, spans).map { Sample(minute: $0, span: Span(microseconds: $1)) }
    sum = spans.reduce(0, &+)
    let samples = samples
    index = try OrderedIndex(slots: slots) { slot in
      samples.indices.contains(slot) ? samples[slot]?.span : nil
    }
  }
}

extension Timestamp {
  /// The whole minutes since the epoch, rounded down.
  var minute: Int64 {
    let quotient = microseconds / 60_000_000
    return microseconds % 60_000_000 < 0 ? quotient - 1 : quotient
  }

  /// The first moment of the minute after this one.
  var nextMinute: Timestamp {
    Timestamp(seconds: 0) + .minutes(minute + 1)
  }
}

import Domain
import Wire

/// The bytes of the bodies of a connection, as received and as inflated.
struct CarriedBytes: Hashable, Sendable {
  private var received: Int64 = 0, inflated: Int64 = 0
  private var isCompressed = false

  /// What compression saved; nil where nothing came compressed.
  var compression: (received: Int64, inflated: Int64)? {
    isCompressed ? (received, inflated) : nil
  }

  /// Counts a body of so many bytes that was read to its end; one without a content coding counts as
  /// much on either side.
  mutating func add(_ count: Int, of body: ResponseBody) {
    let bytes = body.compression ?? (Int64(count), Int64(count))
    received &+= bytes.received
    inflated &+= bytes.inflated
    if body.compression != nil { isCompressed = true }
  }
}

/// When a connection's compression is told: at most once a second.
struct CompressionReports: Sendable {
  private var next: Timestamp?

  /// The fact to tell at `now`, if one is due; nil of a connection without compression.
  mutating func due(
    _ compression: (received: Int64, inflated: Int64)?, at now: Timestamp
  ) -> ConnectionFact? {
    guard let compression, next.map({ now >= $0 }) ?? true else { return nil }
    next = now + .seconds(1)
    return .compressed(received: compression.received, inflated: compression.inflated)
  }
}

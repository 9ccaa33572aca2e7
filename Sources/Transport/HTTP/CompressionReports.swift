import Domain
import Wire

/// When a connection's compression is told: at most once a second.
struct CompressionReports: Sendable {
  private var next: Timestamp?

  /// The fact to tell at `now`, if one is due.
  mutating func due(_ body: ResponseBody, at now: Timestamp) -> ConnectionFact? {
    guard let (received, inflated) = body.compression, next.map({ now >= $0 }) ?? true else {
      return nil
    }
    next = now + .seconds(1)
    return .compressed(received: received, inflated: inflated)
  }
}

/// A time between two connections that the second did not make up for: what happened in it nobody
/// told us.
package struct UnaccountedTime: Codable, Equatable, Sendable {
  /// When something was last heard before, and when the source was there again.
  package let from: Timestamp, to: Timestamp
  /// When a snapshot made it good.
  package var resyncedAt: Timestamp?
}

/// How alive a connection is that counts as live.
package enum Liveness: Equatable, Sendable {
  /// Events come.
  case busy
  /// Heartbeats alone, since a moment: nothing happens there.
  case quiet(since: Timestamp)
  /// Not a byte since a moment, and no heartbeat is known that would tell a quiet source from a
  /// dead one.
  case silent(since: Timestamp)
}

extension Connection {
  /// How long after its last event a connection counts as quiet, and after its last byte as silent.
  package static let quietAfter = Span.seconds(10)

  /// How alive it is; nil while it is not live, or where silence tells nothing.
  package func liveness(at now: Timestamp) -> Liveness? {
    guard case .live(let kind) = state, kind.isNetwork, !isLimited(at: now) else { return nil }
    if patience == nil, let lastByteAt, now - lastByteAt >= Self.quietAfter {
      return .silent(since: lastByteAt)
    }
    let since = lastEventAt.map { max($0, startedAt) } ?? startedAt
    return now - since >= Self.quietAfter ? .quiet(since: since) : .busy
  }

  /// How bytes come, while they can.
  package var transport: TransportKind? {
    switch state {
    case .live(let kind), .stale(let kind, _): kind
    case .idle, .connecting, .waiting, .refused, .ended: nil
    }
  }

  /// Inflated by received bytes of the newest connection; nil while it does not compress.
  package var compressionRatio: Double? {
    guard let compression, compression.received > 0 else { return nil }
    return Double(compression.inflated) / Double(compression.received)
  }

  /// Events and bytes a second over the last ten whole seconds, or as many as there were.
  package func rates(at now: Timestamp) -> (events: Double, bytes: Double) {
    func rate(_ window: SlidingWindow) -> Double {
      var window = window
      window.advance(to: now)
      let seconds = min(10, max(1, (now - startedAt).wholeSeconds))
      return Double(window.values.dropLast().suffix(Int(seconds)).reduce(0, +)) / Double(seconds)
    }
    return (rate(eventRate), rate(byteRate))
  }
}

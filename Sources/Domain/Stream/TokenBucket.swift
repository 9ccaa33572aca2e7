/// A rate limit: so many a second, and a second's worth at once after a rest. Pure: time is
/// passed in.
package struct TokenBucket: Codable, Equatable, Sendable {
  /// Tokens a second.
  package let rate: Double
  private var tokens: Double
  private var filledAt: Timestamp?

  /// A full bucket; the rate is clamped to 0.1-10,000,000 a second.
  package init(rate: Double) {
    self.rate = rate.isFinite ? min(10_000_000, max(0.1, rate)) : 10_000_000
    tokens = max(1, self.rate)
  }

  /// Fills it up to a moment; an earlier one changes nothing.
  package mutating func refill(at now: Timestamp) {
    guard let filledAt else {
      self.filledAt = now
      return
    }
    guard now > filledAt else { return }
    tokens = min(max(1, rate), tokens + (now - filledAt).seconds * rate)
    self.filledAt = now
  }

  /// Takes a token; false when there is none.
  package mutating func take() -> Bool {
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }

  /// When there is a token again; nil when there is one, or it was never filled.
  package var nextToken: Timestamp? {
    guard tokens < 1, let filledAt else { return nil }
    let seconds = (1 - tokens) / rate
    return filledAt + Span(microseconds: Int64(min(1e12, (seconds * 1e6).rounded(.up))))
  }
}

extension TokenBucket {
  /// Whether it is one that can have come about.
  package var isPossible: Bool {
    (0.1...10_000_000).contains(rate) && (0...max(1, rate)).contains(tokens)
  }
}

import Domain

/// Whether a rung may be used: a circuit breaker that opens after failures in a row and lets one
/// try through when its time is over.
struct Breaker: Hashable, Sendable {
  /// Failures in a row that open it.
  static let threshold = 3
  /// How long it stays open at first, and at most; each time in a row doubles it.
  static let shortest = Span.seconds(30), longest = Span.seconds(300)

  private enum State: Hashable, Sendable {
    case closed(failures: Int)
    case open(until: Timestamp)
    /// It was open, and one try is let through.
    case trial
  }

  private var state = State.closed(failures: 0)
  /// Times in a row that it opened.
  private var openings = 0
  /// What opened it last.
  private(set) var reason = ""

  /// Until when it is open, nil while it is not.
  var openUntil: Timestamp? {
    if case .open(let until) = state { until } else { nil }
  }

  /// Whether a try may be made now.
  func admits(at now: Timestamp) -> Bool { openUntil.map { $0 <= now } ?? true }

  /// A try is made.
  mutating func tries() {
    if case .open = state { state = .trial }
  }

  /// The rung failed in a way that speaks against it; true when the breaker opened.
  ///
  /// - Parameter decisive: one such failure is enough.
  mutating func failed(at now: Timestamp, decisive: Bool, reason: String) -> Bool {
    switch state {
    case .closed(let failures) where !decisive && failures + 1 < Self.threshold:
      state = .closed(failures: failures + 1)
      return false
    case .closed, .open, .trial:
      open(at: now, reason: reason)
      return true
    }
  }

  /// Nothing was learnt about the rung: it is to be tried again later.
  mutating func postpone(at now: Timestamp, reason: String) {
    if self.reason.isEmpty { self.reason = reason }
    state = .open(until: now + Self.shortest)
  }

  /// The rung carried something.
  mutating func carried() { state = .closed(failures: 0) }

  /// The rung stood long enough to be trusted again.
  mutating func proved() {
    carried()
    openings = 0
  }

  private mutating func open(at now: Timestamp, reason: String) {
    let span = Self.shortest.microseconds << Int64(min(openings, 8))
    state = .open(until: now + min(Self.longest, Span(microseconds: span)))
    openings = min(openings + 1, 8)
    self.reason = reason
  }
}

import Domain

/// When a lost connection is tried again: pure, with time and luck passed in.
///
/// The laws of this policy:
/// - The delay before try n of a row is rand(½, 1) · min(30 s, base · 2ⁿ).
/// - The base is 1 s, or what the server asked for with `retry:`, at most an hour. What the server
///   asked for is kept even where it exceeds the maximum.
/// - The first reconnection after a stream is base + 0-20 %, inside the 25 % that the public web
///   platform tests allow for `retry:`.
/// - The row starts anew only after a stream that carried a byte and stood 10 s: a server that
///   accepts and drops is not hammered.
/// - Tries that reached nobody are a row of their own that never waits longer than 2 s: they burden
///   no server, and the network may be back at any moment.
/// - A server of this machine is asked at least once a second, so that one that was restarted is
///   found at once.
struct ConnectionPolicy: Hashable, Sendable {
  /// The longest delay for servers elsewhere.
  static let maximumDelay = Span.seconds(30)
  /// The longest delay after a try that reached nobody.
  static let maximumUnreachedDelay = Span.seconds(2)
  /// The longest delay for servers of this machine.
  static let maximumLoopbackDelay = Span.seconds(1)
  /// The longest delay a server may ask for.
  static let maximumAsked = Span.seconds(3_600)
  /// How long a stream must stand to count as healthy.
  static let healthyAfter = Span.seconds(10)

  /// What to do after a connection or a try has failed.
  struct Wait: Hashable, Sendable {
    /// The number of the try that follows, from 1 after each connection.
    let attempt: Int
    /// How long to wait before it.
    let delay: Span
  }

  private let isLoopback: Bool
  private var phase = Phase.idle
  /// Tries in this row, for the delay; survives a connection that proved not healthy.
  private var row = 0
  /// Tries in a row that reached nobody.
  private var unreached = 0
  /// The number of the newest try since the last connection, for people; 0 while connected.
  private var attempt = 0

  private enum Phase: Hashable, Sendable {
    case idle
    case connected(since: Timestamp, hasByte: Bool)
  }

  /// A policy for a server, of this machine or elsewhere.
  init(isLoopback: Bool) {
    self.isLoopback = isLoopback
  }

  /// The number of the try that begins now, from 1 after each connection.
  mutating func startAttempt() -> Int {
    attempt = max(attempt, 1)
    return attempt
  }

  /// The server accepted us.
  mutating func connected(at now: Timestamp) {
    phase = .connected(since: now, hasByte: false)
    attempt = 0
    unreached = 0
  }

  /// A byte of the body arrived.
  mutating func receivedByte() {
    guard case .connected(let since, false) = phase else { return }
    phase = .connected(since: since, hasByte: true)
  }

  /// Whether the connection that stands now has proved healthy.
  func isHealthy(at now: Timestamp) -> Bool {
    guard case .connected(let since, true) = phase else { return false }
    return now - since >= Self.healthyAfter
  }

  /// The connection was lost, or the try failed.
  ///
  /// - Parameters:
  ///   - reached: whether there was a server that took us or answered.
  ///   - retry: the server's `retry:`, if it gave one.
  ///   - retryAfter: the server's `Retry-After`, if it gave one: a lower bound.
  mutating func failed(
    at now: Timestamp, reached: Bool = true, retry: Span? = nil, retryAfter: Span? = nil,
    using random: inout some RandomNumberGenerator
  ) -> Wait {
    let base = clamped(retry ?? .seconds(1))
    let computed = delay(base: base, at: now, reached: reached, using: &random)
    attempt = min(attempt, .max - 1) + 1
    return Wait(attempt: attempt, delay: max(computed, clamped(retryAfter ?? .zero)))
  }

  private mutating func delay(
    base: Span, at now: Timestamp, reached: Bool, using random: inout some RandomNumberGenerator
  ) -> Span {
    let healthy = isHealthy(at: now)
    let wasConnected = phase != .idle
    phase = .idle
    guard reached || wasConnected else {
      defer { unreached = min(unreached + 1, 30) }
      return grown(base, by: unreached, upTo: Self.maximumUnreachedDelay, using: &random)
    }
    unreached = 0
    if healthy { row = 0 }
    defer { row = min(row + 1, 30) }
    guard wasConnected, row == 0 else {
      return grown(base, by: row, upTo: Self.maximumDelay, using: &random)
    }
    return Span(
      microseconds: base.microseconds + drawn(upTo: base.microseconds / 5, using: &random))
  }

  private func grown(
    _ base: Span, by row: Int, upTo most: Span, using random: inout some RandomNumberGenerator
  ) -> Span {
    let maximum = isLoopback ? min(most, Self.maximumLoopbackDelay) : most
    let shifted = min(base.microseconds << min(row, 20), max(maximum, base).microseconds)
    let least = shifted / 2
    return Span(microseconds: least + drawn(upTo: shifted - least, using: &random))
  }

  /// From 10 ms, so that `retry: 0` cannot spin, to an hour.
  private func clamped(_ span: Span) -> Span {
    max(.milliseconds(10), min(span, Self.maximumAsked))
  }
}

/// A number from 0 to `most` out of one draw, so that any generator ends; its bias, below most/2⁶⁴,
/// does not matter to a delay.
private func drawn(upTo most: Int64, using random: inout some RandomNumberGenerator) -> Int64 {
  Int64(random.next().multipliedFullWidth(by: UInt64(max(most, 0)) + 1).high)
}

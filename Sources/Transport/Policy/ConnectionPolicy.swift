package import Domain

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
/// - A server of this machine is asked at least once a second, so that one that was restarted is
///   found at once.
package struct ConnectionPolicy: Sendable {
  /// The longest delay for servers elsewhere.
  package static let maximumDelay = Span.seconds(30)
  /// The longest delay for servers of this machine.
  package static let maximumLoopbackDelay = Span.seconds(1)
  /// The longest delay a server may ask for.
  package static let maximumAsked = Span.seconds(3_600)
  /// How long a stream must stand to count as healthy.
  package static let healthyAfter = Span.seconds(10)

  /// What to do after a connection or a try has failed.
  package struct Wait: Hashable, Sendable {
    /// The number of the try that follows, from 1 after each connection.
    package let attempt: Int
    /// How long to wait before it.
    package let delay: Span
  }

  private let maximum: Span
  private var phase = Phase.idle
  /// Tries in this row, for the delay; survives a connection that proved not healthy.
  private var row = 0
  /// The number of the newest try since the last connection, for people; 0 while connected.
  private var attempt = 0

  private enum Phase {
    case idle
    case connected(since: Timestamp, hasByte: Bool)
  }

  /// A policy for a server, of this machine or elsewhere.
  package init(isLoopback: Bool) {
    maximum = isLoopback ? Self.maximumLoopbackDelay : Self.maximumDelay
  }

  /// The number of the try that begins now, from 1 after each connection.
  package mutating func startAttempt() -> Int {
    attempt = max(attempt, 1)
    return attempt
  }

  /// The server accepted us.
  package mutating func connected(at now: Timestamp) {
    phase = .connected(since: now, hasByte: false)
    attempt = 0
  }

  /// A byte of the body arrived.
  package mutating func receivedByte() {
    guard case .connected(let since, false) = phase else { return }
    phase = .connected(since: since, hasByte: true)
  }

  /// The connection was lost, or the try failed.
  ///
  /// - Parameters:
  ///   - retry: the server's `retry:`, if it gave one.
  ///   - retryAfter: the server's `Retry-After`, if it gave one: a lower bound.
  package mutating func failed(
    at now: Timestamp, retry: Span? = nil, retryAfter: Span? = nil,
    using random: inout some RandomNumberGenerator
  ) -> Wait {
    let base = clamped(retry ?? .seconds(1))
    let computed = delay(base: base, at: now, using: &random)
    attempt = min(attempt, .max - 1) + 1
    row = min(row + 1, 30)
    return Wait(attempt: attempt, delay: max(computed, clamped(retryAfter ?? .zero)))
  }

  private mutating func delay(
    base: Span, at now: Timestamp, using random: inout some RandomNumberGenerator
  ) -> Span {
    defer { phase = .idle }
    guard case .connected(let since, let hasByte) = phase else {
      return grown(base, using: &random)
    }
    if hasByte, now - since >= Self.healthyAfter { row = 0 }
    guard row == 0 else { return grown(base, using: &random) }
    return Span(
      microseconds: base.microseconds + drawn(upTo: base.microseconds / 5, using: &random))
  }

  private func grown(_ base: Span, using random: inout some RandomNumberGenerator) -> Span {
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

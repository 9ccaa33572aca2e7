import Domain
import Testing

@testable import Transport

@Suite("Reconnection policy")
struct ConnectionPolicyTests {
  /// Always the lowest or the highest draw.
  private struct Fixed: RandomNumberGenerator {
    let value: UInt64
    func next() -> UInt64 { value }
  }

  private let start = Timestamp(seconds: 100)

  private func delays(
    _ count: Int, luck: UInt64, loopback: Bool = false, retry: Span? = nil
  ) -> [Int64] {
    var policy = ConnectionPolicy(isLoopback: loopback)
    var random = Fixed(value: luck)
    return (0..<count).map { _ in
      policy.failed(at: start, retry: retry, using: &random).delay.microseconds / 1_000
    }
  }

  @Test("delays double from half to the whole of the step, up to 30 s")
  func doubling() {
    #expect(delays(7, luck: 0) == [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
    #expect(delays(7, luck: .max) == [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  }

  @Test("a server of this machine is asked at least once a second")
  func loopback() {
    #expect(delays(4, luck: .max, loopback: true) == [1_000, 1_000, 1_000, 1_000])
    #expect(delays(2, luck: .max, loopback: true, retry: .seconds(3)) == [3_000, 3_000])
  }

  @Test("what the server asks for is the base, between 10 ms and an hour")
  func retry() {
    #expect(delays(3, luck: .max, retry: .milliseconds(100)) == [100, 200, 400])
    #expect(delays(2, luck: .max, retry: .zero) == [10, 20])
    #expect(delays(1, luck: .max, retry: Span(microseconds: .max)) == [3_600_000])
    #expect(delays(1, luck: .max, retry: Span(microseconds: .min)) == [10])
  }

  @Test("the delay never overflows, however long the row")
  func longRow() {
    #expect(delays(2_000, luck: .max, retry: .seconds(3_600)).last == 3_600_000)
  }

  @Test("the first reconnection after a stream is the base and at most a fifth more")
  func firstAfterStream() {
    for (luck, delay) in [(UInt64.min, 3_000), (.max, 3_600)] {
      var policy = ConnectionPolicy(isLoopback: false)
      var random = Fixed(value: luck)
      policy.connected(at: start)
      policy.receivedByte()
      let wait = policy.failed(at: start + .seconds(1), retry: .seconds(3), using: &random)
      #expect(wait.delay == .milliseconds(Int64(delay)))
    }
  }

  @Test(
    "the row starts anew only after 10 s and a byte",
    arguments: [(9, true, 4_000), (10, false, 4_000), (10, true, 1_000)])
  func reset(seconds: Int64, hasByte: Bool, delay: Int64) {
    var policy = ConnectionPolicy(isLoopback: false)
    var random = Fixed(value: 0)
    for _ in 0..<3 { _ = policy.failed(at: start, using: &random) }
    policy.connected(at: start)
    if hasByte { policy.receivedByte() }
    let wait = policy.failed(at: start + .seconds(seconds), using: &random)
    #expect(wait.delay == .milliseconds(delay))
  }

  @Test("tries that reach nobody wait two seconds at most, and start no row of long waits")
  func unreached() {
    var policy = ConnectionPolicy(isLoopback: false)
    var random = Fixed(value: .max)
    let waits = (0..<40).map { _ in
      policy.failed(at: start, reached: false, using: &random).delay.microseconds / 1_000
    }
    #expect(waits.prefix(3) == [1_000, 2_000, 2_000] && waits.max() == 2_000)
    #expect(policy.failed(at: start, using: &random).delay == .seconds(1))
    #expect(policy.failed(at: start, reached: false, using: &random).delay == .seconds(1))
    #expect(policy.failed(at: start, using: &random).delay == .seconds(2))
    #expect(
      policy.failed(at: start, reached: false, retry: .seconds(5), using: &random).delay
        == .seconds(5))
  }

  @Test("tries are counted from 1 after each connection")
  func attempts() {
    var policy = ConnectionPolicy(isLoopback: false)
    var random = Fixed(value: 0)
    #expect(policy.startAttempt() == 1)
    #expect(policy.failed(at: start, using: &random).attempt == 2)
    #expect(policy.startAttempt() == 2)
    policy.connected(at: start)
    #expect(policy.failed(at: start, using: &random).attempt == 1)
    #expect(policy.startAttempt() == 1)
    policy.connected(at: start)
    #expect(policy.startAttempt() == 1)
    #expect(policy.failed(at: start, using: &random).attempt == 2)
  }

  @Test("Retry-After is a lower bound")
  func retryAfter() {
    var policy = ConnectionPolicy(isLoopback: false)
    var random = Fixed(value: .max)
    let long = policy.failed(at: start, retryAfter: .seconds(7), using: &random)
    let short = policy.failed(at: start, retryAfter: .milliseconds(1), using: &random)
    #expect([long.delay, short.delay] == [.seconds(7), .seconds(2)])
  }

  @Test("a clock set back does not count as health")
  func clockSetBack() {
    var policy = ConnectionPolicy(isLoopback: false)
    var random = Fixed(value: 0)
    _ = policy.failed(at: start, using: &random)
    policy.connected(at: start)
    policy.receivedByte()
    let wait = policy.failed(at: Timestamp(microseconds: .min), using: &random)
    #expect(wait.delay == .seconds(1))
  }
}

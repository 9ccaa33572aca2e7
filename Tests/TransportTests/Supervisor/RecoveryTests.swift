import Domain
import Testing
import Wire

@testable import Transport

/// A network that is away for a while, and how long a source takes to be back after it.
private struct Outage {
  /// What happens to a try meanwhile.
  enum Kind: CaseIterable {
    /// It fails at once: nobody listens, no route.
    case refused
    /// It fails after the time a name or a route takes.
    case slow
    /// Nothing comes back: packets are sent again after 1 s and 3 s, and given up after 4 s.
    case swallowed
  }

  let kind: Kind
  let length: Span

  /// From the end of the outage to the connection.
  func recovery(isLoopback: Bool, seed: UInt64) -> Span {
    var dice = SplitMix64(seed: seed)
    var drill = Drill(isLoopback: isLoopback, random: SplitMix64(seed: seed ^ 0xABCD))
    drill.send(.started)
    drill.connect()
    drill.now = drill.now + .seconds(60)
    let end = drill.now + length
    drill.end(.lost("the connection broke"), hasByte: true)
    while true {
      drill.wake()
      if let took = answer(at: drill.now, end: end) {
        drill.now = drill.now + took
        drill.connect()
        return drill.now - end
      }
      drill.now = drill.now + failing(&dice)
      drill.end(.down)
    }
  }

  /// How long the server takes to answer a try of this moment, nil when it fails.
  private func answer(at start: Timestamp, end: Timestamp) -> Span? {
    let tries = kind == .swallowed ? [Span.zero, .seconds(1), .seconds(3)] : [.zero]
    return tries.first { end - start <= $0 }.map { $0 + .milliseconds(50) }
  }

  private func failing(_ dice: inout SplitMix64) -> Span {
    switch kind {
    case .refused: .milliseconds(1)
    case .slow: .milliseconds(Int64(dice.next() % 1_500))
    case .swallowed: .seconds(4)
    }
  }
}

@Suite("Recovery")
struct RecoveryTests {
  @Test(
    "once the network is back, a source is back within five seconds, 99 times out of 100",
    arguments: [true, false])
  func recovery(isLoopback: Bool) {
    for kind in Outage.Kind.allCases {
      var dice = SplitMix64(seed: 7)
      let recoveries = (0..<500).map { number -> Span in
        // From a tenth of a second to an hour and a half, as many short ones as long ones.
        let scale = Int64(1) << Int64(dice.next() % 16)
        let length = Span.milliseconds(100 + Int64(dice.next() % 165) * scale)
        return Outage(kind: kind, length: length).recovery(
          isLoopback: isLoopback, seed: UInt64(number))
      }.sorted()
      #expect(recoveries[recoveries.count * 99 / 100] < .seconds(5), "\(kind)")
      #expect((recoveries.last ?? .zero) < .seconds(5), "\(kind)")
    }
  }
}

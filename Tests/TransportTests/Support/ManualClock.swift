import Domain
import Synchronization
import Transport

/// A clock of the test's: time stands still but for sleeps, which pass at once and are kept.
final class ManualClock: Sendable {
  private struct State {
    var now = Timestamp(seconds: 1_000)
    var slept: [Span] = []
    var stopsAt: Int?
  }

  private let state = Mutex(State())

  /// The sleeps so far.
  var slept: [Span] { state.withLock { $0.slept } }

  /// Lets only so many sleeps pass; those after it last until they are cancelled.
  func stop(after count: Int) { state.withLock { $0.stopsAt = count } }

  /// Moves time.
  func advance(_ span: Span) { state.withLock { $0.now = $0.now + span } }

  var clock: TransportClock {
    TransportClock(
      now: { self.state.withLock { $0.now } },
      sleep: { span in
        let passes = self.state.withLock { state -> Bool in
          state.slept.append(span)
          guard state.slept.count <= state.stopsAt ?? .max else { return false }
          state.now = state.now + span
          return true
        }
        guard !passes else { return try Task.checkCancellation() }
        try await Task.sleep(for: .seconds(3_600))
      })
  }
}

/// Options over a clock of the test's; luck always draws the middle.
func testOptions(_ clock: ManualClock) -> TransportOptions {
  var options = TransportOptions()
  options.clock = clock.clock
  options.random = { 1 << 63 }
  // Sleeps pass at once here: pings would never end.
  options.pingInterval = .zero
  return options
}

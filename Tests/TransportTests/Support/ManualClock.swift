import Domain
import Locking
import Transport

/// A clock of the test's: time stands still but for sleeps, which pass at once and are kept. What is
/// only watched lasts until time has come that far.
final class ManualClock: Sendable {
  private struct State {
    var now = Timestamp(seconds: 1_000)
    var slept: [Span] = []
    var stopsAt: Int?
    var watches: [Int: (until: Timestamp, continuation: CheckedContinuation<Void, Never>)] = [:]
    var watchCount = 0

    mutating func pass(_ span: Span) -> [CheckedContinuation<Void, Never>] {
      now = now + span
      let due = watches.filter { $0.value.until <= now }
      for number in due.keys { watches[number] = nil }
      return due.values.map(\.continuation)
    }
  }

  private let state = Mutex(State())

  /// The sleeps so far.
  var slept: [Span] { state.withLock { $0.slept } }

  /// Lets only so many sleeps pass; those after it last until time has come that far.
  func stop(after count: Int) { state.withLock { $0.stopsAt = count } }

  /// Moves time.
  func advance(_ span: Span) {
    for continuation in state.withLock({ $0.pass(span) }) { continuation.resume() }
  }

  /// How long what is watched at this moment still lasts, shortest first.
  var watched: [Span] {
    state.withLock { state in state.watches.values.map { $0.until - state.now }.sorted() }
  }

  var clock: TransportClock {
    TransportClock(
      now: { self.state.withLock { $0.now } },
      sleep: { span in
        guard self.passes(span) else { return try await self.watch(span, sleeps: true) }
        self.advance(span)
        try Task.checkCancellation()
      },
      watch: { try await self.watch($0) })
  }

  /// Whether a sleep may pass; it is then kept.
  private func passes(_ span: Span) -> Bool {
    state.withLock { state in
      guard state.slept.count < state.stopsAt ?? .max else { return false }
      state.slept.append(span)
      return true
    }
  }

  /// Lasts until time has come so far. A sleep is kept in the same breath, so that who sees it among
  /// those kept may move time.
  private func watch(_ span: Span, sleeps: Bool = false) async throws {
    let number = state.withLock { state in
      state.watchCount += 1
      return state.watchCount
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let lasts = state.withLock { state in
          if sleeps { state.slept.append(span) }
          guard span > .zero, !Task.isCancelled else { return false }
          state.watches[number] = (state.now + span, continuation)
          return true
        }
        if !lasts { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.watches.removeValue(forKey: number) }?.continuation.resume()
    }
    try Task.checkCancellation()
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

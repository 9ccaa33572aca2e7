import Locking

/// The reins of one source, shared by its task and whoever steers it.
final class SourceControl: Sendable {
  /// What the source's task is told.
  enum Signal: Sendable {
    case input(Supervisor.Input)
    /// The timer of this number is over.
    case timer(Int)
  }

  private struct State {
    var first: FirstAttempt?
    var waiters: [CheckedContinuation<FirstAttempt, Never>] = []
    /// Wishes that were not taken up yet: each kind waits once, however often it is uttered.
    var wishes = Wishes()
  }

  private struct Wishes {
    var retry = false
    var drop = false
  }

  private let state = Mutex(State())
  private let continuation: AsyncStream<Signal>.Continuation
  /// What is told, in order; for the source's task alone. Bounded by what is told: an end a run, a
  /// timer at a time, a wish of each kind.
  let signals: AsyncStream<Signal>

  init() {
    (signals, continuation) = AsyncStream.makeStream()
  }

  /// Tells what became of a run.
  func send(_ input: Supervisor.Input) { continuation.yield(.input(input)) }

  /// Tells that a timer is over.
  func wake(_ timer: Int) { continuation.yield(.timer(timer)) }

  /// Asks for the next try to be made now.
  func retryNow() {
    if state.withLock({ Self.isNew(&$0.wishes.retry) }) { send(.retryNow) }
  }

  /// Asks for the connection to be made anew.
  func drop(_ reason: String) {
    if state.withLock({ Self.isNew(&$0.wishes.drop) }) { send(.drop(reason: reason)) }
  }

  /// A signal is being taken up.
  func took(_ signal: Signal) {
    switch signal {
    case .input(.retryNow): state.withLock { $0.wishes.retry = false }
    case .input(.drop): state.withLock { $0.wishes.drop = false }
    case .input, .timer: break
    }
  }

  private static func isNew(_ wish: inout Bool) -> Bool {
    defer { wish = true }
    return !wish
  }

  /// Tells how the first try went; later reports are ignored.
  func report(_ outcome: FirstAttempt) {
    let waiters = state.withLock { state -> [CheckedContinuation<FirstAttempt, Never>] in
      guard state.first == nil else { return [] }
      state.first = outcome
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: outcome) }
  }

  /// How the first try went; waits until that is reported.
  func firstOutcome() async -> FirstAttempt {
    await withCheckedContinuation { continuation in
      let known = state.withLock { state -> FirstAttempt? in
        if state.first == nil { state.waiters.append(continuation) }
        return state.first
      }
      if let known { continuation.resume(returning: known) }
    }
  }
}

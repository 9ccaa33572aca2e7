import Synchronization

/// The reins of one source, shared by its task and whoever steers it.
final class SourceControl: Sendable {
  private struct State {
    var work: Work?
    var first: FirstAttempt?
    var waiters: [CheckedContinuation<FirstAttempt, Never>] = []
  }

  private struct Work {
    let kind: Kind
    let cancel: @Sendable () -> Void
  }

  /// What a source is doing that can be cut short.
  enum Kind {
    case connection
    case wait
  }

  private let state = Mutex(State())

  /// Does work that `interrupt` or the cancellation of the source's own task cuts short.
  func perform<Result: Sendable>(
    _ kind: Kind, on executor: LoopExecutor, _ work: @escaping @Sendable () async -> Result
  ) async -> Result {
    let task = Task(executorPreference: executor) { await work() }
    state.withLock { $0.work = Work(kind: kind) { task.cancel() } }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Cuts short what the source is doing, if it is of one of these kinds.
  func interrupt(_ kinds: Kind...) {
    let work = state.withLock { $0.work }
    guard let work, kinds.contains(work.kind) else { return }
    work.cancel()
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

import CLinux
import Glibc
import Synchronization
package import Wire

/// The bounded mailbox between the transports' tasks and the one loop.
///
/// The loop polls `descriptor`, which is readable while something waits. A transport that finds the
/// mailbox full is suspended until the loop has emptied it: memory stays flat under any overload.
package final class Mailbox: InboundSink {
  /// The bytes of frames that may wait; a single larger frame is let in when nothing else waits.
  package static let byteBound = 8 << 20
  /// The facts and frames that may wait.
  package static let countBound = 65_536

  private struct State {
    var queue: [Inbound] = []
    var bytes = 0
    var isClosed = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var tickets = 0
    var positions: [Int: ResumePoint] = [:]

    var isFull: Bool { bytes >= Mailbox.byteBound || queue.count >= Mailbox.countBound }
  }

  private let state = Mutex(State())
  /// To poll for reading.
  package let descriptor: Int32

  /// An empty mailbox.
  package init() {
    descriptor = clinux_eventfd()
  }

  deinit {
    close(descriptor)
  }

  package func deliver(_ inbound: Inbound) async -> Bool {
    while true {
      switch put(inbound) {
      case .taken: return true
      case .closed: return false
      case .full: await waitForRoom()
      }
      if Task.isCancelled { return false }
    }
  }

  package func resumePoint(of connection: Int) -> ResumePoint {
    state.withLock { $0.positions[connection] ?? ResumePoint() }
  }

  /// Everything that waits, in order; lets suspended transports go on.
  package func takeAll() -> [Inbound] {
    var drained: UInt64 = 0
    _ = read(descriptor, &drained, 8)
    let (queue, waiting) = state.withLock { state in
      defer {
        state.queue = []
        state.bytes = 0
        state.waiting = [:]
      }
      return (state.queue, state.waiting.values)
    }
    for continuation in waiting { continuation.resume() }
    return queue
  }

  /// Bytes that wait.
  package var backlog: Int { state.withLock { $0.bytes } }

  /// Notes the position up to which a connection was decoded.
  package func note(_ point: ResumePoint, connection: Int) {
    state.withLock { $0.positions[connection] = point }
  }

  /// Refuses everything from now on.
  package func closeForGood() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume() }
  }

  private enum Outcome {
    case taken, full, closed
  }

  private func put(_ inbound: Inbound) -> Outcome {
    let (outcome, wasEmpty) = state.withLock { state -> (Outcome, Bool) in
      if state.isClosed { return (.closed, false) }
      if state.isFull { return (.full, false) }
      let wasEmpty = state.queue.isEmpty
      if case .frame(_, let bytes) = inbound.body { state.bytes += bytes.count }
      state.queue.append(inbound)
      return (.taken, wasEmpty)
    }
    if outcome == .taken, wasEmpty { wake() }
    return outcome
  }

  private func wake() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  private func waitForRoom() async {
    let ticket = state.withLock { state in
      state.tickets += 1
      return state.tickets
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustWait = state.withLock { state in
          guard state.isFull, !state.isClosed, !Task.isCancelled else { return false }
          state.waiting[ticket] = continuation
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
    }
  }
}

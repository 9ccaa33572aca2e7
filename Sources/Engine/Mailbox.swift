import CLinux
import Glibc
import Locking
package import Wire

/// The bounded mailbox between the transports' tasks and the one loop.
///
/// The loop polls `descriptor`, which is readable while something waits that may be taken. A
/// transport that finds its share full is suspended until the loop has made room: memory stays flat
/// under any overload, and no connection suspends another.
package final class Mailbox: InboundSink {
  /// The bytes of frames that may wait in all.
  package static let byteBound = 8 << 20
  /// The facts and frames that may wait in all.
  package static let countBound = 65_536
  /// The bytes that may wait of one connection beside others.
  package static let connectionByteBound = 2 << 20
  /// The facts and frames that may wait of one connection beside others.
  package static let connectionCountBound = 8_192

  private struct Waiter {
    let connection: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var queue = InboundQueue()
    var isClosed = false
    /// Whether the descriptor is readable.
    var isSignalled = false
    var waiting: [Int: Waiter] = [:]
    var tickets = 0
    var positions: [Int: ResumePoint] = [:]

    /// Those that no longer have to wait.
    mutating func admitted() -> [Waiter] {
      guard !waiting.isEmpty else { return [] }
      let admitted = waiting.filter { isClosed || !queue.isFull(for: $0.value.connection) }
      for ticket in admitted.keys { waiting[ticket] = nil }
      return Array(admitted.values)
    }
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
      case .full: await waitForRoom(inbound.connection)
      }
      if Task.isCancelled { return false }
    }
  }

  package func resumePoint(of connection: Int) -> ResumePoint {
    state.withLock { $0.positions[connection] ?? ResumePoint() }
  }

  /// Takes the oldest of what waits, in arrival order over all connections: at most `limit`
  /// entries, and no further one once there are `bytes` bytes. Lets go on the transports that have
  /// room again.
  package func take(_ limit: Int, bytes: Int) -> [Inbound] {
    let (taken, admitted) = state.withLock { state in
      let taken = state.queue.take(limit, bytes: bytes)
      signal(&state)
      return (taken, state.admitted())
    }
    for waiter in admitted { waiter.continuation.resume() }
    return taken
  }

  /// Everything that waits, in order.
  package func takeAll() -> [Inbound] { take(.max, bytes: .max) }

  /// Leaves what a connection sent where it is until told otherwise, so that its share fills and
  /// its transport is suspended; the others are taken as before.
  package func hold(_ connection: Int, _ isHeld: Bool) {
    state.withLock { state in
      state.queue.hold(connection, isHeld)
      signal(&state)
    }
  }

  /// Bytes that wait.
  package var backlog: Int { state.withLock { $0.queue.bytes } }

  /// Facts and frames that wait.
  package var count: Int { state.withLock { $0.queue.count } }

  /// Notes the position up to which a connection was decoded.
  package func note(_ point: ResumePoint, connection: Int) {
    state.withLock { $0.positions[connection] = point }
  }

  /// Refuses everything from now on.
  package func closeForGood() {
    let waiting = state.withLock { state in
      state.isClosed = true
      return state.admitted()
    }
    for waiter in waiting { waiter.continuation.resume() }
  }

  private enum Outcome {
    case taken, full, closed
  }

  private func put(_ inbound: Inbound) -> Outcome {
    state.withLock { state -> Outcome in
      if state.isClosed { return .closed }
      if state.queue.isFull(for: inbound.connection) { return .full }
      if state.queue.append(inbound), !state.isSignalled { signal(&state) }
      return .taken
    }
  }

  /// Makes the descriptor readable just as long as something may be taken.
  private func signal(_ state: inout State) {
    let isDue = state.queue.hasTakeable
    guard isDue != state.isSignalled else { return }
    state.isSignalled = isDue
    var word: UInt64 = 1
    _ = isDue ? write(descriptor, &word, 8) : read(descriptor, &word, 8)
  }

  private func waitForRoom(_ connection: Int) async {
    let ticket = state.withLock { state in
      state.tickets += 1
      return state.tickets
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustWait = state.withLock { state in
          guard state.queue.isFull(for: connection), !state.isClosed, !Task.isCancelled else {
            return false
          }
          state.waiting[ticket] = Waiter(connection: connection, continuation: continuation)
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: ticket) }?.continuation.resume()
    }
  }
}

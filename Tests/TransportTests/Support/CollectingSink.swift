import Domain
import Locking
import Wire

/// A sink that keeps what it is given, decodes event streams as the engine does, and lets a test
/// wait for what it expects.
final class CollectingSink: InboundSink {
  private struct State {
    var inbound: [Inbound] = []
    var decoder = SSEDecoder()
    var events: [String] = []
    var eventIDs: [String] = []
    var resume = ResumePoint()
    var waiters: [Waiter] = []
    var waiterCount = 0
    var gate: Gate = .open
  }

  private struct Waiter {
    let number: Int
    let condition: @Sendable ([Inbound]) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  private enum Gate {
    case open
    case shut(waiting: [CheckedContinuation<Void, Never>])
  }

  private let state = Mutex(State())

  init(resumingAfter lastEventID: String = "") {
    state.withLock { $0.resume.lastEventID = lastEventID }
  }

  func deliver(_ inbound: Inbound) async -> Bool {
    let ready = state.withLock { state -> [Waiter] in
      state.inbound.append(inbound)
      Self.decode(inbound, in: &state)
      let ready = state.waiters.filter { $0.condition(state.inbound) }
      state.waiters.removeAll { waiter in ready.contains { $0.number == waiter.number } }
      return ready
    }
    for waiter in ready { waiter.continuation.resume() }
    // A fact that a test waits for may still be on its way through when the test shuts the gate.
    guard inbound.size > 0 else { return true }
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state -> Bool in
        guard case .shut(let waiting) = state.gate else { return true }
        state.gate = .shut(waiting: waiting + [continuation])
        return false
      }
      if isOpen { continuation.resume() }
    }
    return true
  }

  func resumePoint(of connection: Int) -> ResumePoint { state.withLock { $0.resume } }

  /// What a decoder of documents would note.
  func decoded(upTo position: String) { state.withLock { $0.resume.lastEventID = position } }

  /// What the consumer would learn from heartbeats.
  func learned(patience: Span) { state.withLock { $0.resume.patience = patience } }

  /// Everything so far.
  var inbound: [Inbound] { state.withLock { $0.inbound } }
  /// The facts so far, in order.
  var facts: [ConnectionFact] { Self.facts(of: inbound) }
  /// The data of the events so far, and the last event id that came with each.
  var events: [String] { state.withLock { $0.events } }
  var eventIDs: [String] { state.withLock { $0.eventIDs } }
  /// All bytes so far.
  var bytes: [UInt8] { Self.bytes(of: inbound) }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Makes every delivery of bytes wait from now on.
  func shut() { state.withLock { $0.gate = .shut(waiting: []) } }

  /// Lets deliveries through again.
  func open() {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard case .shut(let waiting) = state.gate else { return [] }
      state.gate = .open
      return waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Waits until what was delivered meets a condition, or the test is given up: what nobody brings
  /// any more must not keep the other tests from ending.
  func wait(until condition: @escaping @Sendable ([Inbound]) -> Bool) async {
    let number = state.withLock { state in
      state.waiterCount += 1
      return state.waiterCount
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state -> Bool in
          guard !condition(state.inbound), !Task.isCancelled else { return true }
          state.waiters.append(
            Waiter(number: number, condition: condition, continuation: continuation))
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume()
    }
  }

  /// Waits for a fact.
  func wait(for condition: @escaping @Sendable (ConnectionFact) -> Bool) async {
    await wait { Self.facts(of: $0).contains(where: condition) }
  }

  /// Waits until this many facts of a kind came.
  func wait(count: Int, of condition: @escaping @Sendable (ConnectionFact) -> Bool) async {
    await wait { Self.facts(of: $0).count(where: condition) >= count }
  }

  /// Waits until the bytes so far end with a text.
  func wait(forText text: String) async {
    await wait { String(decoding: Self.bytes(of: $0), as: UTF8.self).hasSuffix(text) }
  }

  static func facts(of inbound: [Inbound]) -> [ConnectionFact] {
    inbound.compactMap { if case .fact(let fact) = $0.body { fact } else { nil } }
  }

  static func bytes(of inbound: [Inbound]) -> [UInt8] {
    inbound.flatMap { if case .frame(_, let bytes) = $0.body { bytes } else { [UInt8]() } }
  }

  private static func decode(_ inbound: Inbound, in state: inout State) {
    switch inbound.body {
    case .fact(.lost): state.decoder.finish()
    case .fact: return
    case .frame(.sse, let bytes):
      bytes.withUnsafeBytes { bytes in
        state.decoder.receive(bytes) { item in
          guard case .event(let event) = item else { return }
          state.events.append(String(decoding: event.data, as: UTF8.self))
          state.eventIDs.append(String(decoding: event.lastEventID, as: UTF8.self))
        }
      }
    case .frame: return
    }
    state.resume.lastEventID = String(decoding: state.decoder.lastEventID, as: UTF8.self)
    state.resume.retry = state.decoder.retryMilliseconds.map { .milliseconds(Int64($0)) }
  }
}

extension ConnectionFact {
  var isConnected: Bool { if case .connected = self { true } else { false } }
  var isWaiting: Bool { if case .waiting = self { true } else { false } }
  var isLost: Bool { if case .lost = self { true } else { false } }
  var isRefused: Bool { if case .refused = self { true } else { false } }
  var isCompression: Bool { if case .compressed = self { true } else { false } }
  var isFallback: Bool { if case .fellBack = self { true } else { false } }
}

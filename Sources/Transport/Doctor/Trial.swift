import Domain
import Locking
import Wire

/// Tries one transport of a server with the very client that would use it.
struct Trial: Sendable {
  let source: Source
  let options: TransportOptions
  /// How long to listen at most.
  let patience: Span

  /// Listens from a position, empty for the beginning, until enough is known or so many events
  /// came.
  func run(
    _ kind: TransportKind, from position: String = "", untilEvents count: Int = .max
  ) async -> (finding: Diagnosis.Trial, marks: [TrialListener.Mark]) {
    let now = options.clock.now
    let start = now()
    let sink = TrialSink(kind, at: start, resumingAfter: position)
    let group = TransportGroup(sources: [pinned(to: kind)], sink: sink, options: options)
    group.start()
    while now() - start < patience, !Task.isCancelled, !sink.isEnough(at: now(), events: count) {
      try? await options.clock.sleep(.milliseconds(20))
    }
    let heard = sink.close(at: now())
    await group.stop()
    return heard
  }

  private func pinned(to kind: TransportKind) -> Source {
    guard case .http(let address, _) = source.origin else { return source }
    var source = source
    let mode: HTTPMode =
      switch kind {
      case .webSocket: .webSocket
      case .longPoll: .longPoll
      case .poll: .poll
      case .sse, .standardInput, .file, .tape: .stream
      }
    source.origin = .http(address, mode)
    return source
  }
}

/// A sink that boils down what it is given.
private final class TrialSink: InboundSink {
  private struct State {
    var listener: TrialListener
    var isOpen = true
  }

  private let state: Mutex<State>
  private let position: ResumePoint

  init(_ kind: TransportKind, at now: Timestamp, resumingAfter position: String) {
    state = Mutex(State(listener: TrialListener(kind, at: now)))
    var point = ResumePoint()
    point.lastEventID = position
    self.position = point
  }

  func deliver(_ inbound: Inbound) async -> Bool {
    state.withLock { state in
      state.listener.take(inbound)
      return state.isOpen
    }
  }

  func resumePoint(of connection: Int) -> ResumePoint { position }

  func isEnough(at now: Timestamp, events: Int) -> Bool {
    state.withLock { $0.listener.marks.count >= events || $0.listener.isEnough(at: now) }
  }

  /// Takes nothing any more; what was heard until then.
  func close(at now: Timestamp) -> (finding: Diagnosis.Trial, marks: [TrialListener.Mark]) {
    state.withLock { state in
      state.isOpen = false
      return (state.listener.finding(at: now), state.listener.marks)
    }
  }
}

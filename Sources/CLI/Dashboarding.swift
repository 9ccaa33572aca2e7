import Domain
import Engine
import Glibc
import Transport
import Wire

/// Runs a dashboard over sources or a tape, on the main thread, until the user leaves.
enum Dashboarding {
  /// Watches sources live; a terminal shows the dashboard, anything else gets a line an event.
  static func watch(
    _ sources: [NamedSource], drawing: DrawingOptions, transport: TransportOptions,
    recording: RecordingPlan, board: String? = nil, metrics: Metrics? = nil,
    watching: Watching = Watching()
  ) async throws {
    let drawing = try drawing.withDefaults()
    let options = try drawing.engineOptions()
    let start = WallClock.now
    try await Listening.listen(to: sources, transport) { mailbox, group in
      var session = Session(start: start)
      for (number, source) in sources.enumerated() {
        session.addConnection(source.name)
        session.limit(number, to: source.maxRate)
      }
      let tape = try RecordingOptions.recorder(recording, sources: sources, start: start)
      defer { RecordingOptions.tell(tape.state) }
      let isTerminal = isatty(STDOUT_FILENO) == 1
      if watching.gate != nil, !isTerminal {
        nonisolated(unsafe) let parts = (session, tape)
        return try await MainActor.run {
          try watching.wait(
            from: mailbox, session: parts.0, since: start, tape: parts.1, board: board,
            metrics: metrics
          ) { group.reconnect(connection: $0) }
        }
      }
      guard isTerminal else {
        nonisolated(unsafe) let parts = (session, tape)
        return try await MainActor.run {
          let end = EventLines.print(
            from: mailbox, session: parts.0, tape: parts.1, metrics: metrics,
            watch: watching.watch(since: start)
          ) { group.reconnect(connection: $0) }
          try BoardFile.write(end, to: board)
        }
      }
      try await show(
        .live(session, mailbox), options, drawing, tape, board: board, metrics: metrics,
        watching: watching, since: start,
        onRetry: { for number in sources.indices { group.retryNow(connection: number) } },
        onReconnect: { group.reconnect(connection: $0) })
    }
  }

  /// Plays a tape.
  static func play(_ playback: EngineInput, drawing: DrawingOptions) async throws {
    let drawing = try drawing.withDefaults()
    try await show(playback, drawing.engineOptions(), drawing, nil)
  }

  private static func show(
    _ input: EngineInput, _ options: EngineOptions, _ drawing: DrawingOptions, _ tape: Recorder?,
    board: String? = nil, metrics: Metrics? = nil, watching: Watching = Watching(),
    since start: Timestamp = WallClock.now,
    onRetry: @escaping @Sendable () -> Void = {},
    onReconnect: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    // Handed over whole: nothing of it is touched here until the loop has ended.
    nonisolated(unsafe) let parts = (input, tape)
    let (ending, last) = try await MainActor.run {
      () throws -> (EngineEnding, (board: Board, at: Timestamp)) in
      let display = try TerminalDisplay(drawing)
      defer { display.restore() }
      let engine = Engine(
        parts.0, display: display, options: options, clock: { WallClock.now })
      engine.onRetry = onRetry
      engine.onReconnect = onReconnect
      engine.tape = parts.1
      engine.watch = watching.watch(since: start)
      engine.onHealth = metrics.map { metrics in { metrics.publish($0) } }
      let ending = engine.run()
      try BoardFile.write(engine.board, to: board)
      return (ending, engine.board)
    }
    switch ending {
    case .failed(let error): throw Failure(error)
    case .watched(let ending): try watching.tell(ending, last)
    case .quit, .interrupted, .inputEnded: try watching.tell(nil, last)
    }
  }
}

/// A source and what to call it.
struct NamedSource {
  let name: String
  let source: Source
  /// The events a second it may send before its telemetry gives way; nil: as many as it likes.
  var maxRate: Double?
}

/// Waits for the first contact, so that a wrong address is told before the screen opens.
enum FirstContact {
  /// Returns as soon as one source is connected, or after a second for those that take longer;
  /// throws when every source has failed.
  static func wait(for sources: [NamedSource], in group: TransportGroup) async throws {
    let failure = await withTaskGroup(of: FirstAttempt?.self) { tasks -> ConnectFailure? in
      for number in sources.indices {
        tasks.addTask { await group.firstOutcome(of: number) }
      }
      tasks.addTask {
        try? await Task.sleep(for: .seconds(1))
        return nil
      }
      defer { tasks.cancelAll() }
      var failed = 0
      for await outcome in tasks {
        guard case .failed(let failure) = outcome else { return nil }
        failed += 1
        if failed == sources.count { return failure }
      }
      return nil
    }
    guard let failure else { return }
    let name = sources.map(\.name).joined(separator: ", ")
    throw Failure(.cannotConnect, "cannot watch \(name): \(failure.message)")
  }
}

import Locking
package import Wire

/// All sources of a session: each in a task of its own, so that none can stop another.
package final class TransportGroup: Sendable {
  private let sources: [Source]
  private let sink: any InboundSink
  private let options: TransportOptions
  private let controls: [SourceControl]
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// A group that delivers to `sink`, numbering the connections in the order of `sources`.
  package init(
    sources: [Source], sink: any InboundSink, options: TransportOptions = TransportOptions()
  ) {
    self.sources = sources
    self.sink = sink
    self.options = options
    controls = sources.map { _ in SourceControl() }
  }

  /// Begins; returns at once. A second call does nothing.
  package func start() {
    task.withLock { task in
      guard task == nil else { return }
      task = Task { await run() }
    }
  }

  /// Returns when every source has ended. A refused source does not end: it may be tried again.
  package func finished() async {
    await task.withLock { $0 }?.value
  }

  /// Ends everything and returns when nothing will be delivered any more. A sink that suspends
  /// must let go when its task is cancelled.
  package func stop() async {
    task.withLock { $0 }?.cancel()
    await finished()
    for control in controls { control.report(.failed(.stopped)) }
  }

  /// How the first try of a connection went; waits until that is known or the group is stopped.
  package func firstOutcome(of connection: Int) async -> FirstAttempt {
    guard controls.indices.contains(connection) else { return .failed(.stopped) }
    return await controls[connection].firstOutcome()
  }

  /// Drops a connection that brought something else than was sent, or that is otherwise not to be
  /// trusted, and takes it up again where it was last good. Does nothing while there is none.
  package func reconnect(
    connection: Int, reason: String = "what arrived is not what was sent"
  ) {
    guard controls.indices.contains(connection) else { return }
    controls[connection].drop(reason)
  }

  /// Ends the waiting before the next try, or tries again what was refused.
  package func retryNow(connection: Int) {
    guard controls.indices.contains(connection) else { return }
    controls[connection].retryNow()
  }

  private func run() async {
    let http = sources.contains { $0.isHTTP } ? HTTPStack() : nil
    await withTaskGroup(of: Void.self) { group in
      for (connection, source) in sources.enumerated() {
        group.addTask(executorPreference: source.isHTTP ? http?.executor : nil) {
          await self.run(source, as: connection, over: http)
        }
      }
    }
    await http?.shutdown()
  }

  private func run(_ source: Source, as connection: Int, over http: HTTPStack?) async {
    let feed = Feed(connection: connection, sink: sink, clock: options.clock)
    switch source.origin {
    case .http(let address, let mode):
      guard let http else { return }
      var options = options
      options.security = source.security ?? options.security
      let clients = http.clients(options)
      let ladder = Ladder(
        address, mode: mode, requester: Requester(source, at: address, clients, options),
        feed: feed, options: options)
      let driver = SourceDriver(
        ladder, isLoopback: address.isLoopback, feed: feed, control: controls[connection],
        executor: http.executor, options: options)
      await driver.run()
      await clients.shutdown()
    case .standardInput:
      await StandardInput(feed: feed, control: controls[connection], descriptor: 0).run()
    case .files(let path, let format, let follows):
      await FileFollower(
        feed: feed, control: controls[connection], path: path, format: format, follows: follows
      ).run()
    }
  }
}

extension Source {
  fileprivate var isHTTP: Bool {
    if case .http = origin { return true }
    return false
  }
}

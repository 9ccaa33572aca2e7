package import Wire

/// All sources of a session: each in a task of its own, so that none can stop another.
package final class TransportGroup: Sendable {
  private let sources: [Source]
  private let sink: any InboundSink
  private let options: TransportOptions

  /// A group that delivers to `sink`, numbering the connections in the order of `sources`.
  package init(
    sources: [Source], sink: any InboundSink, options: TransportOptions = TransportOptions()
  ) {
    self.sources = sources
    self.sink = sink
    self.options = options
  }

  /// Begins; returns at once. Once only.
  package func start() {}

  /// Ends everything and returns when nothing will be delivered any more. A sink that suspends
  /// must let go when its task is cancelled.
  package func stop() async {}

  /// How the first try of a connection went; waits until that is known.
  package func firstOutcome(of connection: Int) async -> FirstAttempt { .failed(.stopped) }

  /// Drops a connection now and takes it up again where it stood: for a stream judged stale.
  package func reconnect(connection: Int) {}

  /// Ends the waiting before the next try, or tries again what was refused.
  package func retryNow(connection: Int) {}
}

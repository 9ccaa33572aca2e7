import Domain

/// Opens single WebSockets, outside of any group: for checks and tests.
package final class WebSocketClient: Sendable {
  private let stack: HTTPStack
  private let options: TransportOptions

  /// A client with a thread of its own.
  package init(options: TransportOptions = TransportOptions()) {
    self.options = options
    stack = HTTPStack()
  }

  /// Opens one.
  ///
  /// - Parameter subprotocols: what is offered, best first.
  /// - Throws: `ConnectFailure` with one line that says why not.
  package func open(
    _ address: HTTPAddress, subprotocols: [String] = []
  ) async throws(ConnectFailure) -> WebSocketConnection {
    let credential = address.credentials.map { Credential.fixed($0.basicAuthorization) }
    let requester = Requester(
      clients: stack.clients(options), options: options, origin: address.origin,
      authorizer: Authorizer(credential))
    let opening = WebSocketOpening(
      requester: requester, dialer: WebSocketDialer(on: stack.loop, options))
    switch await opening.open(address, subprotocols: subprotocols, timeout: options.answerTimeout) {
    case .open(let connection): return connection
    case .failed(.failed(let failure)): throw failure
    case .failed(.busy(let reason, _)): throw .unavailable(reason: reason)
    case .failed(.refused(let reason)), .failed(.unsupported(let reason)),
      .failed(.lost(let reason)):
      throw .refused(reason: reason)
    case .failed(.ended), .failed(.interrupted), .failed(.unread): throw .stopped
    }
  }

  /// Does work on the thread that reads the sockets, so that no message waits for another.
  package func perform<Result: Sendable>(
    _ work: @escaping @Sendable () async -> Result
  ) async -> Result {
    await Task(executorPreference: stack.executor) { await work() }.value
  }

  /// Closes what is open and ends the thread.
  package func shutdown() async { await stack.shutdown() }
}

import Domain
import Locking
import NIOSSL
import Wire

@testable import Transport

/// A WebSocket server, a sink and a rung on loopback, torn down after the test whatever it does.
final class SocketBench: Sendable {
  let server: SocketServer
  let sink = CollectingSink()
  let clock: ManualClock
  private let rung: WebSocketRung
  private let stack: HTTPStack
  private let wanted = Mutex(true)

  /// What is answered when the server has accepted us.
  var isWanted: Bool {
    get { wanted.withLock { $0 } }
    set { wanted.withLock { $0 = newValue } }
  }

  static func run(
    _ script: [SocketServer.Answer], path: String = "/", authorization: String? = nil,
    credential: Credential? = nil, pings: Bool = false, tls: TLSConfiguration? = nil,
    isSecure: Bool? = nil, host: String? = nil, name: String = "127.0.0.1",
    options change: (inout TransportOptions, SocketServer) throws -> Void = { _, _ in },
    _ test: (SocketBench) async throws -> Void
  ) async throws {
    let server = try await SocketServer.start(script, tls: tls)
    let clock = ManualClock()
    var options = testOptions(clock)
    options.pingInterval = pings ? .seconds(2) : .zero
    try change(&options, server)
    let address = try HTTPAddress(
      afterScheme: (host ?? "\(name):\(server.port)") + path, isSecure: isSecure ?? (tls != nil))
    let bench = SocketBench(
      server, clock, address, options,
      Authorizer(credential ?? authorization.map { .fixed($0) }))
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await test(bench)) } catch { outcome = .failure(error) }
    bench.sink.open()
    await bench.server.stop()
    await bench.stack.shutdown()
    try outcome.get()
  }

  private init(
    _ server: SocketServer, _ clock: ManualClock, _ address: HTTPAddress,
    _ options: TransportOptions, _ authorizer: Authorizer
  ) {
    self.server = server
    self.clock = clock
    stack = HTTPStack()
    let requester = Requester(
      clients: stack.clients(options), options: options, origin: address.origin,
      authorizer: authorizer)
    rung = WebSocketRung(
      requester: requester, endpoints: Endpoints(address),
      feed: Feed(connection: 0, sink: sink, clock: options.clock), start: FeedStart())
  }

  /// One connection, from its beginning to its end.
  func run(from position: String = "", timeout: Span = .seconds(30)) async -> RungEnd {
    let rung = rung
    let task = Task(executorPreference: stack.executor) {
      await rung.run(from: position, timeout: timeout) {
        self.isWanted
      }
    }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// The frames so far.
  var frames: [Inbound.Body] {
    sink.inbound.map(\.body).filter { if case .frame = $0 { true } else { false } }
  }
}

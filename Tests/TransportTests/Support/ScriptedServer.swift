import Glibc
import Locking
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL

/// An HTTP/1 server of this machine that answers request after request as a script says, and keeps
/// the requests. Nothing in it waits for a time.
final class ScriptedServer: Sendable {
  /// One answer.
  struct Answer: Sendable {
    var status: Int
    var headers: [(String, String)]
    var body: [UInt8]
    var end: End

    /// What happens after the body.
    enum End: Sendable {
      /// The answer ends; a length is sent with it.
      case complete
      /// The connection is closed, and that is how the body ends (RFC 9112 section 6.3).
      case close
      /// The connection is closed before the body is whole.
      case cut
      /// The connection stays open and silent.
      case hold
      /// Not even a head is sent.
      case silence
    }

    static func stream(_ body: String, end: End = .hold) -> Answer {
      Answer(
        status: 200, headers: [("Content-Type", "text/event-stream")], body: Array(body.utf8),
        end: end)
    }

    static func status(
      _ status: Int, _ headers: [(String, String)] = [], body: String = ""
    ) -> Answer {
      Answer(status: status, headers: headers, body: Array(body.utf8), end: .complete)
    }

    /// Not even a head is sent, and the connection stays open.
    static let silence = Answer(status: 0, headers: [], body: [], end: .silence)

    static func json(_ body: String, _ headers: [(String, String)] = []) -> Answer {
      .status(200, [("Content-Type", "application/json")] + headers, body: body)
    }
  }

  /// A request as it came.
  struct Request: Sendable {
    let method: String
    let uri: String
    let headers: HTTPHeaders
    let version: HTTPVersion
    /// The client's port, which tells connections apart.
    let clientPort: Int?
  }

  private struct State {
    var script: [Answer]
    var requests: [Request] = []
    var held: [any Channel] = []
    var connections = 0
  }

  private let state: Mutex<State>
  private let channel: any Channel
  let port: Int

  /// Starts to listen on a free port; what comes after the script is answered with 204.
  static func start(
    _ script: [Answer], tls: TLSConfiguration? = nil, through tunnels: TunnelHeads? = nil
  ) async throws -> ScriptedServer {
    try await ScriptedServer(script, tls, tunnels)
  }

  private init(
    _ script: [Answer], _ tls: TLSConfiguration?, _ tunnels: TunnelHeads?
  ) async throws {
    let relay = Relay()
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          relay.server.withLock { $0 }?.count()
          if let tunnels {
            try channel.pipeline.syncOperations.addHandler(TunnelHead(tunnels))
          }
          guard let context else { return try Self.configureHTTP1(channel, relay) }
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          channel.configureHTTP2SecureUpgrade(
            h2ChannelConfigurator: { Self.configureHTTP2($0, relay) },
            http1ChannelConfigurator: { channel in
              channel.eventLoop.makeCompletedFuture { try Self.configureHTTP1(channel, relay) }
            }
          ).whenFailure { _ in channel.close(promise: nil) }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.channel = channel
    port = channel.localAddress?.port ?? 0
    state = Mutex(State(script: script))
    relay.server.withLock { $0 = self }
  }

  private static func configureHTTP1(_ channel: any Channel, _ relay: Relay) throws {
    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
    try channel.pipeline.syncOperations.addHandler(Handler(relay: relay))
  }

  private static func configureHTTP2(
    _ channel: any Channel, _ relay: Relay
  ) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
        mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
      ) { stream in
        stream.eventLoop.makeCompletedFuture {
          try stream.pipeline.syncOperations.addHandlers([
            HTTP2FramePayloadToHTTP1ServerCodec(), Handler(relay: relay),
          ])
        }
      }
    }
  }

  /// How many connections were made.
  var connections: Int { state.withLock { $0.connections } }

  private func count() { state.withLock { $0.connections += 1 } }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { state.withLock { $0.requests } }

  /// Writes to every connection that was held open.
  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    for channel in state.withLock({ $0.held }) {
      let buffer = channel.allocator.buffer(bytes: bytes)
      channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(buffer)), promise: nil)
    }
  }

  /// Bytes given to `send` that the system has not taken.
  var unsentBytes: Int {
    state.withLock { $0.held }.map { channel in
      (try? channel.getOption(.bufferedWritableBytes).wait()) ?? 0
    }.reduce(0, +)
  }

  /// Closes every connection that was held open, with a reset (RFC 9293 section 3.5.2) if asked.
  func drop(isReset: Bool = false) {
    let held = state.withLock { state in
      defer { state.held = [] }
      return state.held
    }
    for channel in held {
      guard isReset, let socket = channel as? any SocketOptionProvider else {
        channel.close(promise: nil)
        continue
      }
      socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
        channel.close(promise: nil)
      }
    }
  }

  /// Stops to listen and closes what is held.
  func stop() async {
    drop()
    try? await channel.close().get()
  }

  fileprivate func next(_ request: Request) -> Answer {
    // What asks for a WebSocket is no part of the script: here is none.
    if request.headers.contains(name: "Upgrade") { return .status(426) }
    return state.withLock { state in
      state.requests.append(request)
      return state.script.isEmpty ? .status(204) : state.script.removeFirst()
    }
  }

  fileprivate func hold(_ channel: any Channel) {
    state.withLock { $0.held.append(channel) }
  }
}

private final class Relay: Sendable {
  let server = Mutex<ScriptedServer?>(nil)
}

private final class Handler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let relay: Relay

  init(relay: Relay) {
    self.relay = relay
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(let head) = unwrapInboundIn(data),
      let server = relay.server.withLock({ $0 })
    else { return }
    let answer = server.next(
      ScriptedServer.Request(
        method: head.method.rawValue, uri: head.uri, headers: head.headers, version: head.version,
        clientPort: context.channel.remoteAddress?.port))
    respond(answer, server, context)
  }

  private func respond(
    _ answer: ScriptedServer.Answer, _ server: ScriptedServer, _ context: ChannelHandlerContext
  ) {
    switch answer.end {
    // Before the head is out: a test may send as soon as the client has seen it.
    case .hold: server.hold(context.channel)
    case .silence: return server.hold(context.channel)
    case .complete, .close, .cut: break
    }
    var headers = HTTPHeaders(answer.headers)
    switch answer.end {
    case .complete: headers.add(name: "Content-Length", value: String(answer.body.count))
    case .close: headers.add(name: "Connection", value: "close")
    case .hold, .cut, .silence: break
    }
    // Without chunks: the encoder would frame an HTTP/1.1 body of unknown length in them.
    let isClose = if case .close = answer.end { true } else { false }
    let head = HTTPResponseHead(
      version: isClose ? .http1_0 : .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
      headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !answer.body.isEmpty {
      let buffer = context.channel.allocator.buffer(bytes: answer.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
    context.flush()
    finish(answer.end, context)
  }

  private func finish(
    _ end: ScriptedServer.Answer.End, _ context: ChannelHandlerContext
  ) {
    switch end {
    case .complete: context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .close, .cut: context.close(promise: nil)
    case .hold, .silence: break
    }
  }
}

import Locking
import NIOCore
import NIOPosix
import NIOSSL
import Wire

/// A WebSocket server of this machine that answers connection after connection as a script says.
final class SocketServer: Sendable {
  /// What it does with a connection.
  enum Answer: Sendable {
    /// Shakes hands, tells where its feed begins, sends what the steps say, and then answers pings and closes.
    case open([Step], subprotocol: String? = nil, deflate: Bool = true, begins: String? = nil)
    /// Writes this and closes.
    case raw(String)
    /// Says nothing.
    case silence
  }

  enum Step: Sendable {
    case text(String)
    case binary([UInt8])
    case ping([UInt8])
    case close(UInt16, String)
    /// Bytes that no machine would send.
    case bytes([UInt8])
    /// Closes without a word.
    case drop
    /// From here on nothing is answered.
    case deaf
  }

  private struct State {
    var script: [Answer]
    var requests: [String] = []
    var items: [WebSocketItem] = []
    var channels: [any Channel] = []
    var waiters: [(count: Int, resume: () -> Void)] = []
  }

  private let state: Mutex<State>
  private let listener: any Channel
  let port: Int

  /// Starts to listen on a free port; what comes after the script is dropped.
  static func start(
    _ script: [Answer], tls: TLSConfiguration? = nil
  ) async throws -> SocketServer {
    try await SocketServer(script, tls)
  }

  private init(_ script: [Answer], _ tls: TLSConfiguration?) async throws {
    let relay = Relay()
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          }
          try channel.pipeline.syncOperations.addHandler(SocketHandler(relay: relay))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    listener = channel
    port = channel.localAddress?.port ?? 0
    state = Mutex(State(script: script))
    relay.server.withLock { $0 = self }
  }

  /// The heads of the requests so far.
  var requests: [String] { state.withLock { $0.requests } }
  /// What the clients said so far.
  var items: [WebSocketItem] { state.withLock { $0.items } }

  /// Waits until clients said so many things.
  func wait(forItems count: Int) async {
    await withCheckedContinuation { continuation in
      let isMet = state.withLock { state in
        guard state.items.count < count else { return true }
        state.waiters.append((count, { continuation.resume() }))
        return false
      }
      if isMet { continuation.resume() }
    }
  }

  func stop() async {
    let channels = state.withLock { $0.channels }
    for channel in channels { channel.close(promise: nil) }
    try? await listener.close().get()
  }

  fileprivate func next(_ request: String, _ channel: any Channel) -> Answer? {
    state.withLock { state in
      state.requests.append(request)
      state.channels.append(channel)
      return state.script.isEmpty ? nil : state.script.removeFirst()
    }
  }

  fileprivate func note(_ item: WebSocketItem) {
    let ready = state.withLock { state in
      state.items.append(item)
      let ready = state.waiters.filter { $0.count <= state.items.count }
      state.waiters.removeAll { $0.count <= state.items.count }
      return ready.map(\.resume)
    }
    for resume in ready { resume() }
  }
}

private final class Relay: Sendable {
  let server = Mutex<SocketServer?>(nil)
}

private final class SocketHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let relay: Relay
  private var head: [UInt8] = []
  private var machine: WebSocketMachine?
  private var isDeaf = false

  init(relay: Relay) {
    self.relay = relay
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let server = relay.server.withLock({ $0 }) else { return }
    let bytes = [UInt8](unwrapInboundIn(data).readableBytesView)
    if machine != nil { return converse(bytes, server, context) }
    head += bytes
    let text = String(decoding: head, as: UTF8.self)
    guard text.hasSuffix("\r\n\r\n") else { return }
    head = []
    switch server.next(text, context.channel) {
    case .open(let steps, let subprotocol, let deflate, let begins)?:
      open(text, steps, subprotocol, deflate, begins, context)
    case .raw(let answer)?:
      write(Array(answer.utf8), context)
      // A tunnel goes on with the next request.
      if !answer.hasPrefix("HTTP/1.1 200") { context.close(promise: nil) }
    case .silence?: break
    case nil: context.close(promise: nil)
    }
  }

  private func open(
    _ request: String, _ steps: [SocketServer.Step], _ subprotocol: String?, _ deflate: Bool,
    _ begins: String?, _ context: ChannelHandlerContext
  ) {
    let lines = request.split(separator: "\r\n").dropFirst()
    let headers = lines.map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (
        name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " })
      )
    }
    let upgrade = WebSocketUpgrade(
      method: "GET", headers: headers, subprotocols: subprotocol.map { [$0] } ?? [],
      deflate: deflate ? DeflateParameters() : nil)
    guard case .accepted(let fields, _, let agreed) = upgrade else {
      return context.close(promise: nil)
    }
    var answer = "HTTP/1.1 101 Switching Protocols\r\n"
    for field in fields { answer += "\(field.name): \(field.value)\r\n" }
    if let begins { answer += "Last-Event-ID: \(begins)\r\n" }
    machine = WebSocketMachine(role: .server, deflate: agreed) { 0 }
    var output = Array((answer + "\r\n").utf8)
    for step in steps { output += perform(step) }
    // In one write, so that frames arrive with the head.
    write(output, context)
    if steps.contains(where: { if case .drop = $0 { true } else { false } }) {
      context.close(promise: nil)
    }
  }

  private func perform(_ step: SocketServer.Step) -> [UInt8] {
    switch step {
    case .text(let text): machine?.send(text: Array(text.utf8))
    case .binary(let bytes): machine?.send(binary: bytes)
    case .ping(let bytes): machine?.ping(bytes)
    case .close(let code, let reason): machine?.close(code: code, reason: reason)
    case .bytes(let bytes): return bytes
    case .drop: break
    case .deaf: isDeaf = true
    }
    return machine?.takeOutput() ?? []
  }

  private func converse(
    _ bytes: [UInt8], _ server: SocketServer, _ context: ChannelHandlerContext
  ) {
    machine?.receive(bytes)
    while let item = machine?.next() { server.note(item) }
    let output = machine?.takeOutput() ?? []
    if !isDeaf { write(output, context) }
    if machine?.isClosed == true { context.close(promise: nil) }
  }

  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }
}

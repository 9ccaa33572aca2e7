import Domain
import NIOCore
import NIOPosix
import Wire

/// A WebSocket reader of a feed, on the machine of the client.
final class SocketReader {
  private(set) var machine: WebSocketMachine
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  /// What the handshake agreed on.
  let subprotocol: String?
  let isCompressed: Bool
  /// The position that what comes follows, where the feed told it.
  let begins: String?
  private var decoder = FrameDecoder()

  private init(
    _ machine: consuming WebSocketMachine,
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, subprotocol: String?,
    isCompressed: Bool, begins: String?
  ) {
    self.machine = machine
    self.inbound = inbound
    self.outbound = outbound
    self.subprotocol = subprotocol
    self.isCompressed = isCompressed
    self.begins = begins
  }

  /// Opens a connection for the length of `body`.
  static func connect(
    _ port: Int, _ target: String = "/v1/ws", subprotocols: [String] = ["cloudevents.json"],
    offersDeflate: Bool = true, _ body: (SocketReader) async throws -> Void
  ) async throws {
    try await withConnection(port) { stream, outbound in
      var inbound = stream
      var handshake = WebSocketHandshake(
        authority: "127.0.0.1:\(port)", target: target, nonce: Array(0..<16),
        subprotocols: subprotocols, offersDeflate: offersDeflate)
      try await outbound.write(ByteBuffer(bytes: handshake.request))
      while let buffer = try await inbound.next() {
        switch handshake.receive(Array(buffer.readableBytesView)) {
        case nil: continue
        case .accepted(let subprotocol, let deflate, let rest):
          var machine = WebSocketMachine(
            role: .client, deflate: deflate, maskingKey: { 0x1234_5678 })
          machine.receive(rest)
          try await body(
            SocketReader(
              machine, inbound, outbound, subprotocol: subprotocol, isCompressed: deflate != nil,
              begins: handshake.lastEventID))
          return
        case .answered(let answer): throw SocketError.answered(answer.status)
        case .failed(let words): throw SocketError.failed(words)
        }
      }
      throw SocketError.failed("closed")
    }
  }

  /// Sends a request as it is and gives back all that is answered before the connection ends.
  static func exchange(_ port: Int, _ request: String) async throws -> String {
    var answer = ByteBuffer()
    try await withConnection(port) { stream, outbound in
      var inbound = stream
      try await outbound.write(ByteBuffer(string: request))
      while let buffer = try await inbound.next() { answer.writeImmutableBuffer(buffer) }
    }
    return String(buffer: answer)
  }

  private static func withConnection(
    _ port: Int,
    _ body: (
      NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
      NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> Void
  ) async throws {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    try await channel.executeThenClose { inbound, outbound in
      try await body(inbound.makeAsyncIterator(), outbound)
    }
  }

  /// The next item; nil when the connection has ended.
  func next() async throws -> WebSocketItem? {
    while true {
      if let item = machine.next() {
        // The other end may have closed before it reads our answer.
        try? await flush()
        return item
      }
      guard let buffer = try await inbound.next() else { return nil }
      machine.receive(Array(buffer.readableBytesView))
    }
  }

  /// The ids of the next events, checked, and the position after them.
  func events(_ count: Int) async throws -> (ids: [String], position: String) {
    var ids: [String] = []
    while ids.count < count, let item = try await next() {
      guard case .text(let message) = item else { continue }
      decoder.receive(message, format: .message(.text)) { item in
        if case .event(let event, _) = item { ids.append(event.id) } else { ids.append("\(item)") }
      }
    }
    return (ids, decoder.resumePoint.lastEventID)
  }

  /// Sends what `say` has the machine say.
  func send(_ say: (inout WebSocketMachine) -> Void) async throws {
    say(&machine)
    try await flush()
  }

  /// Sends bytes as they are.
  func send(raw bytes: [UInt8]) async throws {
    try await outbound.write(ByteBuffer(bytes: bytes))
  }

  private func flush() async throws {
    let bytes = machine.takeOutput()
    if !bytes.isEmpty { try await outbound.write(ByteBuffer(bytes: bytes)) }
  }
}

/// Why a WebSocket was not opened.
enum SocketError: Error, Equatable {
  case answered(Int)
  case failed(String)
}

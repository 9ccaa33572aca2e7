import Domain
package import Wire

/// An open WebSocket: the machine, and the bytes under it. Used by one task.
package final class WebSocketConnection {
  /// What happens on it.
  package enum Event {
    case item(WebSocketItem)
    /// `tick` was called.
    case tick
    /// The connection broke or was closed without a word: why.
    case lost(String)
    case cancelled
  }

  /// The subprotocol the server chose.
  package let subprotocol: String?
  /// The position that the server says its messages follow; nil where it does not say.
  let begins: String?
  let stream: ByteStream
  private var machine: WebSocketMachine
  private let clock: TransportClock
  /// When the newest bytes came.
  private(set) var readAt: Timestamp
  /// Whether any came after the handshake.
  private(set) var hasByte = false

  init(
    _ stream: ByteStream, subprotocol: String?, begins: String?,
    machine: consuming WebSocketMachine, rest: [UInt8], clock: TransportClock
  ) {
    self.stream = stream
    self.subprotocol = subprotocol
    self.begins = begins
    self.machine = machine
    self.clock = clock
    readAt = clock.now()
    receive(rest)
  }

  /// What happens next; what an item calls for, such as a pong, is sent on the way. The socket is
  /// read only while this waits.
  package func next() async -> Event {
    while true {
      if let item = machine.next() { return .item(item) }
      await flush()
      switch await stream.next() {
      case .bytes(let bytes): receive(bytes)
      case .tick: return .tick
      case .ended(let error?): return .lost(lossWords(error))
      case .ended(nil): return .lost("the connection broke")
      case .cancelled: return .cancelled
      }
    }
  }

  /// Sends a text message, which must be UTF-8, when `next` is called.
  package func send(text: [UInt8]) { machine.send(text: text) }
  /// Sends a binary message when `next` is called.
  package func send(binary: [UInt8]) { machine.send(binary: binary) }
  /// Sends a ping when `next` is called.
  func ping(_ payload: [UInt8]) { machine.ping(payload) }

  /// Bytes of messages as received, and as inflated; nil where nothing is compressed.
  var compression: (received: Int64, inflated: Int64)? { machine.compression }

  /// Sends what is to be sent.
  package func flush() async { await stream.write(machine.takeOutput()) }

  /// Ends it: with a close frame, if the peer has not sent one, and without waiting.
  package func finish() async {
    machine.close(code: WebSocketCloseCode.goingAway)
    await flush()
    if machine.isClosed { stream.finish() } else { stream.close() }
  }

  private func receive(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    readAt = clock.now()
    hasByte = true
    machine.receive(bytes)
  }
}

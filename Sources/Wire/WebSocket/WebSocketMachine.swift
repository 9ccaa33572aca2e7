/// One end of a WebSocket (RFC 6455, with permessage-deflate, RFC 7692), without I/O: bytes in,
/// items and bytes out.
///
/// The laws of this machine:
/// - Give it what was read with `receive`, then take items with `next` until there is none, and send
///   what `takeOutput` hands over: answers to pings and the close frame are in it already.
/// - Any split of the input gives the same items, each as early as its bytes allow; a fault is found
///   at the first byte that shows it, also inside a frame that is not whole.
/// - After `close` and `failure` nothing is read, and after our close frame nothing is sent.
/// - Memory is bounded: a message by the limit, inflated; input that is not yet a frame by 13 bytes
///   where items are taken as told.
package struct WebSocketMachine: ~Copyable, Sendable {
  /// Which end this is.
  package enum Role: Sendable {
    case client
    case server
  }

  /// How far the closing handshake has come (section 7).
  enum Phase {
    case open
    /// Our close frame is out, the peer's is awaited.
    case closing
    case closed
  }

  /// What the next bytes are.
  enum Place {
    case header
    /// Inside a frame's payload, of which so much is still to come.
    case payload(FrameHeader, remaining: Int)
  }

  let role: Role
  let compresses: Bool
  let maskingKey: @Sendable () -> UInt32
  var phase = Phase.open
  var place = Place.header
  var messages: MessageReader
  var deflater: MessageDeflater?
  /// The payload of a control frame that is not whole.
  var control: [UInt8] = []
  var input: [UInt8] = []
  var offset = 0
  var output: [UInt8] = []

  /// A connection whose handshake is done.
  ///
  /// - Parameters:
  ///   - deflate: what the handshake agreed on; nil for no compression.
  ///   - maximumMessageBytes: the longest message taken, inflated. Raise it for larger snapshots, at
  ///     that much memory.
  ///   - maskingKey: gives a client a fresh key for each frame that nobody can predict (section 5.3);
  ///     a server does not ask.
  package init(
    role: Role, deflate: DeflateParameters? = nil, maximumMessageBytes: Int = 16 << 20,
    maskingKey: @escaping @Sendable () -> UInt32
  ) {
    self.role = role
    self.maskingKey = maskingKey
    compresses = deflate != nil
    let isClient = role == .client
    messages = MessageReader(
      maximumBytes: max(maximumMessageBytes, 1),
      inflater: deflate.map { parameters in
        let peer = isClient ? parameters.server : parameters.client
        return MessageInflater(windowBits: peer.windowBits, keepsContext: peer.keepsContext)
      })
    if let deflate {
      let own = isClient ? deflate.client : deflate.server
      deflater = MessageDeflater(windowBits: own.windowBits, keepsContext: own.keepsContext)
    }
  }

  /// Whether nothing more will be read: the connection is to be closed once the output is sent.
  package var isClosed: Bool { phase == .closed }

  /// Whether messages can still be sent.
  package var isOpen: Bool { phase == .open }

  /// Bytes of messages as received, and as inflated, since the start; nil where the handshake agreed
  /// on no compression.
  package var compression: (received: Int64, inflated: Int64)? {
    compresses ? (messages.received, messages.inflated) : nil
  }

  /// Takes bytes that were read. Take all items before giving more: what is not taken is kept.
  package mutating func receive(_ bytes: [UInt8]) {
    guard phase != .closed else { return }
    if offset == input.count {
      input = bytes
    } else {
      input.removeFirst(offset)
      input.append(contentsOf: bytes)
    }
    offset = 0
  }

  /// The next item; nil when more bytes are needed or nothing more will come.
  package mutating func next() -> WebSocketItem? {
    while phase != .closed {
      switch place {
      case .header:
        switch readHeader() {
        case .incomplete: return nil
        case .fault(let words): return fail(words)
        case .header(let frame, let size):
          offset &+= size
          if let failure = begin(frame) { return failure }
        }
      case .payload(let frame, let remaining):
        let count = min(remaining, input.count &- offset)
        guard count > 0 || remaining == 0 else { return nil }
        if let item = read(count, of: frame, remaining: remaining) { return item }
      }
    }
    return nil
  }

  /// The bytes to send, in order; empty when there are none.
  package mutating func takeOutput() -> [UInt8] {
    var bytes: [UInt8] = []
    swap(&bytes, &output)
    return bytes
  }
}

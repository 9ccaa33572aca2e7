/// The client's half of the opening handshake (RFC 6455 section 4.1), without I/O.
package struct WebSocketHandshake: Sendable {
  /// How a handshake ended.
  package enum Outcome: Equatable, Sendable {
    /// The connection is a WebSocket; the bytes after the head belong to its first frames.
    case accepted(subprotocol: String?, deflate: DeflateParameters?, rest: [UInt8])
    /// The server answered with something else, which HTTP knows how to go on with.
    case answered(Answer)
    /// The server does not shake hands as it must: one line that says why.
    case failed(String)
  }

  /// An answer that is no WebSocket.
  package struct Answer: Equatable, Sendable {
    /// The status code, never 101.
    package let status: Int
    /// Where it redirects to.
    package let location: String?
    /// When to ask again, as it came: seconds or a date.
    package let retryAfter: String?
    /// How to sign in, as it came.
    package let authenticate: String?
  }

  /// The request to send.
  package let request: [UInt8]
  /// The `Last-Event-ID` of the answer: the position that a hub's messages follow. Nil before the
  /// answer, and where it has none.
  package private(set) var lastEventID: String?
  private let key: String
  private let subprotocols: [String]
  private let offersDeflate: Bool
  private var reader = HTTPHeadReader()

  private static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  /// A handshake about to begin.
  ///
  /// - Parameters:
  ///   - authority: host and, where it is not the scheme's own, port.
  ///   - target: path and query.
  ///   - nonce: 16 bytes nobody can predict.
  ///   - subprotocols: what is offered, best first.
  ///   - headers: further fields; one with a control character in it is left out.
  package init(
    authority: String, target: String, nonce: [UInt8], subprotocols: [String] = [],
    offersDeflate: Bool = true, headers: [(name: String, value: String)] = []
  ) {
    key = Base64.encode(nonce)
    self.subprotocols = subprotocols
    self.offersDeflate = offersDeflate
    var lines = [
      "GET \(target.isEmpty ? "/" : target) HTTP/1.1", "Host: \(authority)", "Upgrade: websocket",
      "Connection: Upgrade", "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
    ]
    if !subprotocols.isEmpty {
      lines.append("Sec-WebSocket-Protocol: \(subprotocols.joined(separator: ", "))")
    }
    if offersDeflate { lines.append("Sec-WebSocket-Extensions: \(DeflateParameters.offer)") }
    for (name, value) in headers where isSendable(name, value) { lines.append("\(name): \(value)") }
    request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// Takes the next bytes of the answer; nil when more are needed. Ends with an outcome.
  package mutating func receive(_ bytes: [UInt8]) -> Outcome? {
    switch reader.receive(bytes) {
    case nil: return nil
    case .failed(let words): return .failed(words)
    case .head(let head, let rest):
      lastEventID = head.first("last-event-id")
      do throws(HandshakeFault) {
        return try outcome(of: head, rest: rest)
      } catch {
        return .failed("the server \(error.words)")
      }
    }
  }

  /// The `Sec-WebSocket-Accept` for a key (section 4.2.2).
  static func accept(_ key: String) -> String {
    Base64.encode(sha1(Array((key + identifier).utf8)))
  }

  private func outcome(of head: HTTPHead, rest: [UInt8]) throws(HandshakeFault) -> Outcome {
    guard head.status == 101 else {
      return .answered(
        Answer(
          status: head.status, location: head.first("location"),
          retryAfter: head.first("retry-after"),
          authenticate: head.first("www-authenticate") ?? head.first("proxy-authenticate")))
    }
    guard listElements(head.values(of: "upgrade")).map({ $0.lowercased() }) == ["websocket"] else {
      throw HandshakeFault("switched to a protocol that is not WebSocket")
    }
    let connection = listElements(head.values(of: "connection")).map { $0.lowercased() }
    guard connection.contains("upgrade") else {
      throw HandshakeFault("upgraded without the header field Connection: Upgrade")
    }
    guard head.values(of: "sec-websocket-accept") == [Self.accept(key)] else {
      throw HandshakeFault("did not prove that it read the handshake (Sec-WebSocket-Accept)")
    }
    return .accepted(
      subprotocol: try subprotocol(of: head), deflate: try deflate(of: head), rest: rest)
  }

  private func subprotocol(of head: HTTPHead) throws(HandshakeFault) -> String? {
    // nchan answers with an empty value where it chooses none.
    let values = head.values(of: "sec-websocket-protocol").filter { !$0.isEmpty }
    guard let chosen = values.first else { return nil }
    guard values.count == 1, subprotocols.contains(chosen) else {
      throw HandshakeFault("chose a subprotocol that was not offered")
    }
    return chosen
  }

  private func deflate(of head: HTTPHead) throws(HandshakeFault) -> DeflateParameters? {
    guard let list = WebSocketExtension.list(head.values(of: "sec-websocket-extensions")) else {
      throw HandshakeFault("answered with malformed extensions")
    }
    guard let first = list.first else { return nil }
    guard offersDeflate, list.count == 1, first.name == DeflateParameters.name else {
      throw HandshakeFault("chose an extension that was not offered")
    }
    return try DeflateParameters(answer: first)
  }
}

private func isSendable(_ name: String, _ value: String) -> Bool {
  !name.isEmpty && name.utf8.allSatisfy(isTokenByte)
    && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
}

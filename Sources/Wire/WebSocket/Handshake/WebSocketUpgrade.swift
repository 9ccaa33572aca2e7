/// The server's half of the opening handshake (RFC 6455 section 4.2), without I/O.
package enum WebSocketUpgrade: Equatable, Sendable {
  /// A header field of the answer.
  package struct Field: Equatable, Sendable {
    package let name: String
    package let value: String
  }

  /// Answer with 101 and these fields; then the connection is a WebSocket.
  case accepted(fields: [Field], subprotocol: String?, deflate: DeflateParameters?)
  /// Answer with this status and these fields; the words are for the body.
  case refused(status: Int, fields: [Field], reason: String)

  /// Judges a request.
  ///
  /// - Parameters:
  ///   - subprotocols: what the server speaks; the first of the client's offers among them is chosen.
  ///   - deflate: how to compress where the client offers to; nil never to.
  package init(
    method: String, headers: some Sequence<(name: String, value: String)>,
    subprotocols: [String] = [], deflate preferred: DeflateParameters? = DeflateParameters()
  ) {
    let fields = Dictionary(
      headers.map { ($0.name.lowercased(), [$0.value]) }, uniquingKeysWith: +)
    let lists = { (name: String) in listElements(fields[name] ?? []).map { $0.lowercased() } }
    guard method == "GET", lists("upgrade").contains("websocket"),
      lists("connection").contains("upgrade")
    else {
      self = .refused(
        status: 426,
        fields: [
          Field(name: "Upgrade", value: "websocket"), Field(name: "Connection", value: "Upgrade"),
        ], reason: "this address speaks WebSocket only: ask with GET and Upgrade: websocket")
      return
    }
    guard fields["sec-websocket-version"] == ["13"] else {
      self = .refused(
        status: 426, fields: [Field(name: "Sec-WebSocket-Version", value: "13")],
        reason: "ask with Sec-WebSocket-Version: 13")
      return
    }
    guard let key = fields["sec-websocket-key"], key.count == 1, Self.isKey(key[0]),
      let offers = WebSocketExtension.list(fields["sec-websocket-extensions"] ?? [])
    else {
      self = .refused(
        status: 400, fields: [], reason: "Sec-WebSocket-Key or -Extensions is missing or malformed")
      return
    }
    let offered = listElements(fields["sec-websocket-protocol"] ?? [])
    let deflate = preferred.flatMap { Self.deflate(offers, preferred: $0) }
    self = Self.accept(key[0], offered.first { subprotocols.contains($0) }, deflate)
  }

  private static func accept(
    _ key: String, _ subprotocol: String?, _ deflate: (DeflateParameters, answer: String)?
  ) -> WebSocketUpgrade {
    var fields = [
      Field(name: "Upgrade", value: "websocket"), Field(name: "Connection", value: "Upgrade"),
      Field(name: "Sec-WebSocket-Accept", value: WebSocketHandshake.accept(key)),
    ]
    if let subprotocol { fields.append(Field(name: "Sec-WebSocket-Protocol", value: subprotocol)) }
    if let deflate {
      fields.append(Field(name: "Sec-WebSocket-Extensions", value: deflate.answer))
    }
    return .accepted(fields: fields, subprotocol: subprotocol, deflate: deflate?.0)
  }

  /// The first offer that can be taken (RFC 7692 section 5.1).
  private static func deflate(
    _ offers: [WebSocketExtension], preferred: DeflateParameters
  ) -> (DeflateParameters, answer: String)? {
    for offer in offers where offer.name == DeflateParameters.name {
      guard let agreed = DeflateParameters(offer: offer, preferred: preferred) else { continue }
      return (agreed, agreed.answer(to: offer))
    }
    return nil
  }

  /// 16 bytes in Base64 (section 4.1).
  private static func isKey(_ text: String) -> Bool {
    text.utf8.count == 24 && Base64.decode(text.utf8)?.count == 16
  }
}

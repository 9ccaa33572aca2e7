/// What a handshake agreed on for permessage-deflate (RFC 7692 section 7.1).
package struct DeflateParameters: Hashable, Sendable {
  /// How one end compresses.
  package struct End: Hashable, Sendable {
    /// Whether its messages refer to earlier ones.
    package var keepsContext = true
    /// Its window: 2 to the power of this, 8 to 15.
    package var windowBits = 15

    /// The defaults of the standard.
    package init() {}
  }

  /// The server's messages.
  package var server = End()
  /// The client's messages.
  package var client = End()

  /// The defaults of the standard.
  package init() {}

  /// The name of the extension.
  static let name = "permessage-deflate"
  /// What our client offers.
  package static let offer = "permessage-deflate; client_max_window_bits"

  /// Reads a server's answer to our offer (section 7.1); throws what is wrong with it, to follow
  /// "the server …".
  init(answer: WebSocketExtension) throws(HandshakeFault) {
    try answer.checkRepetition()
    for parameter in answer.parameters {
      switch (parameter.name, parameter.value) {
      case ("server_no_context_takeover", nil): server.keepsContext = false
      case ("client_no_context_takeover", nil): client.keepsContext = false
      case ("server_max_window_bits", let value?): server.windowBits = try Self.windowBits(value)
      case ("client_max_window_bits", let value?): client.windowBits = try Self.windowBits(value)
      default: throw HandshakeFault("answered with a deflate parameter that cannot be")
      }
    }
  }

  /// Reads a client's offer and settles it; nil where the server cannot take it: a parameter is
  /// wrong, or the client asks for a window of 8 bits, which zlib cannot keep to.
  init?(offer: WebSocketExtension, preferred: DeflateParameters) {
    guard (try? offer.checkRepetition()) != nil else { return nil }
    server = preferred.server
    client.keepsContext = preferred.client.keepsContext
    for parameter in offer.parameters {
      switch (parameter.name, parameter.value) {
      case ("server_no_context_takeover", nil): server.keepsContext = false
      case ("client_no_context_takeover", nil): client.keepsContext = false
      case ("server_max_window_bits", let value?):
        guard let bits = try? Self.windowBits(value), bits >= 9 else { return nil }
        server.windowBits = min(server.windowBits, bits)
      case ("client_max_window_bits", nil): client.windowBits = preferred.client.windowBits
      case ("client_max_window_bits", let value?):
        guard let bits = try? Self.windowBits(value) else { return nil }
        client.windowBits = min(preferred.client.windowBits, bits)
      default: return nil
      }
    }
  }

  /// The value of a server's answer to an offer it takes.
  func answer(to offer: WebSocketExtension) -> String {
    let asksForWindow = offer.parameters.contains { $0.name == "server_max_window_bits" }
    var parts = [Self.name]
    if !server.keepsContext { parts.append("server_no_context_takeover") }
    if !client.keepsContext { parts.append("client_no_context_takeover") }
    if asksForWindow || server.windowBits < 15 {
      parts.append("server_max_window_bits=\(server.windowBits)")
    }
    if client.windowBits < 15 { parts.append("client_max_window_bits=\(client.windowBits)") }
    return parts.joined(separator: "; ")
  }

  /// A decimal from 8 to 15 without leading zero (section 7.1.2).
  private static func windowBits(_ text: String) throws(HandshakeFault) -> Int {
    let digits = Array(text.utf8)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != 0x30,
      digits.count <= 2, let bits = Int(text), (8...15).contains(bits)
    else { throw HandshakeFault("answered with a deflate window that cannot be") }
    return bits
  }
}

extension WebSocketExtension {
  fileprivate func checkRepetition() throws(HandshakeFault) {
    guard Set(parameters.map(\.name)).count == parameters.count else {
      throw HandshakeFault("repeated a parameter of an extension")
    }
  }
}

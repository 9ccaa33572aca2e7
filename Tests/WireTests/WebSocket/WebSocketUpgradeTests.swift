import Testing

@testable import Wire

@Suite("WebSocket handshake, server")
struct WebSocketUpgradeTests {
  private typealias Field = WebSocketUpgrade.Field

  private func upgrade(
    _ changes: [String: String?] = [:], method: String = "GET",
    deflate: DeflateParameters? = .init()
  ) -> WebSocketUpgrade {
    var fields: [String: String] = [
      "Host": "localhost", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
    ]
    for (name, value) in changes { fields[name] = value }
    return WebSocketUpgrade(
      method: method, headers: fields.map { (name: $0.key, value: $0.value) },
      subprotocols: ["cloudevents.json"], deflate: deflate)
  }

  private let base = [
    Field(name: "Upgrade", value: "websocket"), Field(name: "Connection", value: "Upgrade"),
    Field(name: "Sec-WebSocket-Accept", value: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
  ]

  @Test("a handshake is accepted with the proof, the subprotocol and the extension")
  func accepted() {
    #expect(upgrade() == .accepted(fields: base, subprotocol: nil, deflate: nil))
    let chosen = upgrade([
      "Sec-WebSocket-Protocol": "mqtt, cloudevents.json",
      "Sec-WebSocket-Extensions": DeflateParameters.offer,
    ])
    let more = [
      Field(name: "Sec-WebSocket-Protocol", value: "cloudevents.json"),
      Field(name: "Sec-WebSocket-Extensions", value: "permessage-deflate"),
    ]
    #expect(
      chosen
        == .accepted(
          fields: base + more, subprotocol: "cloudevents.json", deflate: DeflateParameters()))
  }

  @Test(
    "the first deflate offer that can be taken is taken",
    arguments: [
      ("permessage-deflate", "permessage-deflate"),
      (
        "permessage-deflate; server_max_window_bits=10; client_no_context_takeover",
        "permessage-deflate; client_no_context_takeover; server_max_window_bits=10"
      ),
      ("permessage-deflate; server_max_window_bits=8, permessage-deflate", "permessage-deflate"),
      (
        "permessage-deflate; x, foo, permessage-deflate; client_max_window_bits=12",
        "permessage-deflate; client_max_window_bits=12"
      ),
      (
        "permessage-deflate; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover"
      ),
      (
        "permessage-deflate; server_max_window_bits=15",
        "permessage-deflate; server_max_window_bits=15"
      ),
      ("permessage-deflate; server_max_window_bits", nil),
      ("permessage-deflate; client_max_window_bits=7", nil),
      ("permessage-deflate; client_no_context_takeover=1", nil),
      ("permessage-deflate; client_max_window_bits; client_max_window_bits=9", nil),
      ("other", nil),
    ])
  func offers(offer: String, answer: String?) {
    guard case .accepted(let fields, _, _) = upgrade(["Sec-WebSocket-Extensions": offer]) else {
      Issue.record("refused")
      return
    }
    #expect(fields.first { $0.name == "Sec-WebSocket-Extensions" }?.value == answer)
  }

  @Test("the server's own wishes go into the answer, where the client lets them")
  func wishes() {
    var wish = DeflateParameters()
    wish.server.windowBits = 11
    wish.client.windowBits = 10
    wish.client.keepsContext = false
    let answer = { (offer: String) -> String? in
      guard
        case .accepted(let fields, _, _) = upgrade(
          ["Sec-WebSocket-Extensions": offer], deflate: wish)
      else { return nil }
      return fields.last?.value
    }
    let least = "permessage-deflate; client_no_context_takeover; server_max_window_bits=11"
    #expect(answer("permessage-deflate") == least)
    #expect(answer(DeflateParameters.offer) == least + "; client_max_window_bits=10")
  }

  @Test("what is no WebSocket request is refused with what would be one")
  func refused() {
    let requests = [
      upgrade(method: "POST"), upgrade(["Upgrade": nil]), upgrade(["Connection": "close"]),
      upgrade(["Sec-WebSocket-Version": "8"]), upgrade(["Sec-WebSocket-Version": nil]),
      upgrade(["Sec-WebSocket-Key": nil]), upgrade(["Sec-WebSocket-Key": "AAAA"]),
      upgrade(["Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=!"]),
      upgrade(["Sec-WebSocket-Extensions": ";;"]),
    ]
    let statuses = requests.map { request in
      if case .refused(let status, _, _) = request { status } else { 101 }
    }
    #expect(statuses == [426, 426, 426, 426, 426, 400, 400, 400, 400])
  }
}

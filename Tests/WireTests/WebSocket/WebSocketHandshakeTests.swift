import Testing

@testable import Wire

@Suite("WebSocket handshake, client")
struct WebSocketHandshakeTests {
  private static let accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"

  private func handshake(offersDeflate: Bool = true) -> WebSocketHandshake {
    WebSocketHandshake(
      authority: "example.com:8080", target: "/chat?after=5",
      nonce: Array("the sample nonce".utf8), subprotocols: ["cloudevents.json", "ws+meta.nchan"],
      offersDeflate: offersDeflate,
      headers: [
        ("Authorization", "Bearer x"), ("Bad", "a\r\nInjected: b"), ("Bad Name", "c"),
      ])
  }

  private func outcome(
    _ answer: String, offersDeflate: Bool = true
  ) -> WebSocketHandshake.Outcome? {
    var handshake = handshake(offersDeflate: offersDeflate)
    return handshake.receive(Array(answer.utf8))
  }

  private func switching(_ fields: String) -> String {
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, UPGRADE\r\n"
      + Self.accept + fields + "\r\n"
  }

  @Test("the request says what RFC 6455 section 4.1 asks for, and injects nothing")
  func request() {
    let expected = [
      "GET /chat?after=5 HTTP/1.1", "Host: example.com:8080", "Upgrade: websocket",
      "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: cloudevents.json, ws+meta.nchan",
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
      "Authorization: Bearer x", "", "",
    ].joined(separator: "\r\n")
    #expect(String(decoding: handshake().request, as: UTF8.self) == expected)
  }

  @Test("an answer is accepted at every split, and what follows it handed back")
  func accepted() {
    let answer = switching("Sec-WebSocket-Protocol: cloudevents.json\r\n")
    let bytes = Array(answer.utf8) + [0x81, 0x01, 0x61]
    for place in 0...bytes.count {
      var handshake = handshake()
      var rest: [UInt8] = []
      var subprotocol: String?
      for part in [Array(bytes[..<place]), Array(bytes[place...])] {
        switch handshake.receive(part) {
        case nil: break
        case .accepted(let chosen, nil, let more)?:
          subprotocol = chosen
          rest = more
          if place >= answer.utf8.count { rest += Array(bytes[place...]) }
        case let other: Issue.record("\(String(describing: other))")
        }
        if subprotocol != nil { break }
      }
      #expect(subprotocol == "cloudevents.json")
      #expect(rest == [0x81, 0x01, 0x61])
    }
    var bytewise = handshake()
    let outcomes = Array(answer.utf8).map { bytewise.receive([$0]) }
    #expect(outcomes.dropLast().allSatisfy { $0 == nil })
    #expect(
      outcomes.last == .accepted(subprotocol: "cloudevents.json", deflate: nil, rest: []))
  }

  @Test("an empty subprotocol is none")
  func emptySubprotocol() {
    #expect(
      outcome(switching("Sec-WebSocket-Protocol: \r\n"))
        == .accepted(subprotocol: nil, deflate: nil, rest: []))
  }

  @Test("the position that messages follow is told where the answer has it")
  func lastEventID() {
    var told = handshake()
    #expect(told.lastEventID == nil)
    _ = told.receive(Array(switching("Last-Event-Id: 0-e\r\n").utf8))
    #expect(told.lastEventID == "0-e")
    var untold = handshake()
    _ = untold.receive(Array(switching("").utf8))
    #expect(untold.lastEventID == nil)
  }

  @Test("interim responses are passed over")
  func interim() {
    let answer = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + switching("")
    #expect(outcome(answer) == .accepted(subprotocol: nil, deflate: nil, rest: []))
    var bytewise = handshake()
    #expect(Array(answer.utf8).map { bytewise.receive([$0]) }.last??.isAccepted == true)
  }

  @Test(
    "deflate parameters are read as RFC 7692 says",
    arguments: [
      ("permessage-deflate", true, 15, true, 15),
      ("permessage-deflate; server_no_context_takeover", false, 15, true, 15),
      (
        "permessage-deflate;client_no_context_takeover ; server_max_window_bits=8", true, 8, false,
        15
      ),
      ("permessage-deflate; client_max_window_bits=\"10\"", true, 15, true, 10),
      (", permessage-deflate ; client_max_window_bits = 9,", true, 15, true, 9),
    ])
  func deflate(
    value: String, serverTakeover: Bool, serverBits: Int, clientTakeover: Bool, clientBits: Int
  ) {
    var expected = DeflateParameters()
    expected.server.keepsContext = serverTakeover
    expected.server.windowBits = serverBits
    expected.client.keepsContext = clientTakeover
    expected.client.windowBits = clientBits
    #expect(
      outcome(switching("Sec-WebSocket-Extensions: \(value)\r\n"))
        == .accepted(subprotocol: nil, deflate: expected, rest: []))
  }

  @Test(
    "deflate parameters that cannot be are refused",
    arguments: [
      "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; unknown",
      "permessage-deflate; server_max_window_bits", "permessage-deflate; client_max_window_bits",
      "permessage-deflate; server_max_window_bits=7",
      "permessage-deflate; server_max_window_bits=16",
      "permessage-deflate; server_max_window_bits=08",
      "permessage-deflate; server_max_window_bits=+9",
      "permessage-deflate; client_max_window_bits=10; client_max_window_bits=10",
      "permessage-deflate, permessage-deflate", "x-webkit-deflate-frame", "permessage-deflate;",
      "permessage-deflate; =3", "permessage-deflate server_max_window_bits=9",
      "permessage-deflate; client_max_window_bits=\"10",
      "permessage-deflate; client_max_window_bits=\"\"",
    ])
  func badDeflate(value: String) {
    let outcome = outcome(switching("Sec-WebSocket-Extensions: \(value)\r\n"))
    #expect(outcome?.isFailed == true, "\(String(describing: outcome))")
  }

  @Test("an extension nobody offered is refused")
  func unoffered() {
    #expect(
      outcome(
        switching("Sec-WebSocket-Extensions: permessage-deflate\r\n"), offersDeflate: false)
        == .failed("the server chose an extension that was not offered"))
    #expect(
      outcome(switching("Sec-WebSocket-Protocol: mqtt\r\n"))
        == .failed("the server chose a subprotocol that was not offered"))
    #expect(
      outcome(
        switching(
          "Sec-WebSocket-Protocol: cloudevents.json\r\nSec-WebSocket-Protocol: cloudevents.json\r\n"
        )) == .failed("the server chose a subprotocol that was not offered"))
  }

  @Test(
    "an upgrade that proves nothing is refused",
    arguments: [
      (
        "Upgrade: websocket\r\nConnection: Upgrade\r\n",
        "the server did not prove that it read the handshake (Sec-WebSocket-Accept)"
      ),
      (
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n",
        "the server did not prove that it read the handshake (Sec-WebSocket-Accept)"
      ),
      (
        "Upgrade: websocket\r\nConnection: Upgrade\r\n" + accept + accept,
        "the server did not prove that it read the handshake (Sec-WebSocket-Accept)"
      ),
      (
        "Connection: Upgrade\r\n" + accept,
        "the server switched to a protocol that is not WebSocket"
      ),
      (
        "Upgrade: h2c\r\nConnection: Upgrade\r\n" + accept,
        "the server switched to a protocol that is not WebSocket"
      ),
      (
        "Upgrade: websocket\r\nConnection: keep-alive\r\n" + accept,
        "the server upgraded without the header field Connection: Upgrade"
      ),
    ])
  func unproved(fields: String, reason: String) {
    #expect(outcome("HTTP/1.1 101 Ok\r\n" + fields + "\r\n") == .failed(reason))
  }

  @Test("an answer that is no upgrade is handed on with what its status needs")
  func answered() {
    #expect(
      outcome(
        "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno")
        == .answered(
          WebSocketHandshake.Answer(
            status: 503, location: nil, retryAfter: "7", authenticate: nil)))
    #expect(
      outcome("HTTP/1.0 307\r\nLOCATION: \t/there \r\nWWW-Authenticate: Bearer\r\n\r\n")
        == .answered(
          WebSocketHandshake.Answer(
            status: 307, location: "/there", retryAfter: nil, authenticate: "Bearer")))
  }

  @Test(
    "what is no HTTP is refused at once",
    arguments: [
      ("SSH-2.0-OpenSSH_9", "the server does not speak HTTP/1.1"),
      ("HTTP/2 101 x\r\n\r\n", "the server does not speak HTTP/1.1"),
      ("HTTP/1.1 99 x\r\n\r\n", "the server does not speak HTTP/1.1"),
      ("HTTP/1.1 1010\r\n\r\n", "the server does not speak HTTP/1.1"),
      ("HTTP/1.1  101\r\n\r\n", "the server does not speak HTTP/1.1"),
      ("HTTP/1.1 600 x\r\n\r\n", "the server does not speak HTTP/1.1"),
      ("HTTP/1.0 101 x\r\n\r\n", "the server does not speak HTTP/1.1"),
      ("\r\n\r\n", "the server does not speak HTTP/1.1"),
      (
        "HTTP/1.1 200 x\r\na: b\r\n folded\r\n\r\n",
        "the server answered with a malformed header field"
      ),
      ("HTTP/1.1 200 x\r\na b: c\r\n\r\n", "the server answered with a malformed header field"),
      ("HTTP/1.1 200 x\r\n: c\r\n\r\n", "the server answered with a malformed header field"),
      ("HTTP/1.1 200 x\r\nnone\r\n\r\n", "the server answered with a malformed header field"),
      (
        "HTTP/1.1 200 x\r\na: b\nc: d\r\n\r\n",
        "the server answered with a control character in its head"
      ),
      (
        "HTTP/1.1 200 x\r\na: b\u{1B}[2J\r\n\r\n",
        "the server answered with a control character in its head"
      ),
    ])
  func noHTTP(answer: String, reason: String) {
    #expect(outcome(answer) == .failed(reason))
  }

  @Test("a head without end is refused at 16 KiB, in one chunk or many")
  func endless() {
    let fault = WebSocketHandshake.Outcome.failed(
      "the server answered with a head longer than 16 KiB")
    let field = "a: " + String(repeating: "b", count: 1_000) + "\r\n"
    let head = "HTTP/1.1 200 x\r\n" + String(repeating: field, count: 20)
    #expect(outcome(head) == fault)
    #expect(outcome(head + "\r\n") == fault)
    #expect(
      outcome(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 1_000)) == fault)
    var handshake = handshake()
    var last: WebSocketHandshake.Outcome?
    for byte in head.utf8 where last == nil { last = handshake.receive([byte]) }
    #expect(last == fault)
  }
}

extension WebSocketHandshake.Outcome {
  fileprivate var isFailed: Bool { if case .failed = self { true } else { false } }
  fileprivate var isAccepted: Bool { if case .accepted = self { true } else { false } }
}

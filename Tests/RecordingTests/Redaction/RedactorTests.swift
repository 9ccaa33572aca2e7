import Domain
import Testing
import Wire

@testable import Recording

@Suite("A redactor of what arrives")
struct RedactorTests {
  private static func event(_ number: Int, _ data: String) -> [UInt8] {
    Array(
      "{\"specversion\":\"1.0\",\"id\":\"\(number)\",\"source\":\"s\",\"type\":\"a.b\",\"data\":\(data)}"
        .utf8)
  }

  private static let secret = #"{"token":"t0p","cwd":"/home/ana/x"}"#
  private static let shown = #"{"token":"[redacted:token]","cwd":"~/x"}"#
  private static let clean = #"{"n":1}"#

  private static func frame(_ format: FrameFormat, _ bytes: [UInt8], at microseconds: Int64 = 0)
    -> Inbound
  {
    Inbound(connection: 0, at: moment(microseconds), body: .frame(format, bytes))
  }

  private static func fact(_ fact: ConnectionFact, at microseconds: Int64 = 0) -> Inbound {
    Inbound(connection: 0, at: moment(microseconds), body: .fact(fact))
  }

  /// A hub's stream of three events, the second and third with secrets, and signs of life between.
  private static let stream: [UInt8] = {
    var bytes = Array(": hi\n\nretry: 7\n\n".utf8)
    for (number, data) in [(1, clean), (2, secret), (3, secret), (4, clean)] {
      SSEEncoder.appendCheckedEvent(id: "\(number)-e", data: event(number, data), to: &bytes)
      bytes += Array(":\r\n\r\n".utf8)
    }
    return bytes
  }()

  /// What a decoder makes of arrivals: each item and when it came.
  private static func decoded(_ arrivals: [Inbound]) -> [String] {
    var decoder = FrameDecoder()
    var items: [String] = []
    for inbound in arrivals {
      let each = { (item: DecodedItem) in
        switch item {
        case .event(let event, let json):
          let text = json.map { String(decoding: $0, as: UTF8.self) } ?? ""
          items.append("\(inbound.at.microseconds) \(event.id) \(text)")
        case .heartbeat: items.append("\(inbound.at.microseconds) heartbeat")
        case .malformed, .damaged, .missing: items.append("\(item)")
        }
      }
      switch inbound.body {
      case .frame(let format, let bytes): decoder.receive(bytes, format: format, each)
      case .fact(.ended): decoder.finish(each)
      case .fact(.connected): decoder.restart()
      case .fact: break
      }
    }
    return items
  }

  private static func redacted(_ arrivals: [Inbound]) -> [Inbound] {
    var redactor = Redactor()
    return arrivals.flatMap { redactor.redact($0) } + redactor.finish()
  }

  private static func bytes(_ arrivals: [Inbound]) -> [UInt8] {
    arrivals.flatMap { inbound -> [UInt8] in
      guard case .frame(_, let bytes) = inbound.body else { return [] }
      return bytes
    }
  }

  private static func pieces(_ bytes: [UInt8], _ size: Int, _ format: FrameFormat) -> [Inbound] {
    stride(from: 0, to: bytes.count, by: size).map {
      frame(format, Array(bytes[$0..<min(bytes.count, $0 + size)]), at: Int64($0))
    }
  }

  private static func shown(_ text: String) -> String { text.replacing(secret, with: shown) }

  @Test(
    "any split of a stream gives the same bytes, and each event at the moment it had",
    arguments: Array(1...40) + [64, 100, 1_000])
  func splits(size: Int) {
    let arrivals = Self.pieces(Self.stream, size, .sse)
    let written = Self.redacted(arrivals)
    let whole = Self.bytes(Self.redacted(Self.pieces(Self.stream, .max >> 1, .sse)))
    #expect(Self.bytes(written) == whole)
    #expect(Self.decoded(written) == Self.decoded(arrivals).map(Self.shown))
    #expect(written.map(\.at) == arrivals.map(\.at))
    #expect(!String(decoding: whole, as: UTF8.self).contains("t0p"))
  }

  @Test("line ends of every kind, a byte order mark and data over several lines", arguments: 1...9)
  func lineEnds(size: Int) {
    for end in ["\n", "\r", "\r\n"] {
      let lines = [
        "\u{FEFF}id: 1", "data: {", "data: \"password\":", "data:\"x\"", "data", "data: }", ": c",
        "",
        "event: e", "data: {\"a\":1}", "", "data: cut",
      ]
      let bytes = Array(lines.joined(separator: end).utf8)
      var original = SSEDecoder(), changed = SSEDecoder()
      let written = Self.redacted(Self.pieces(bytes, size, .sse))
      let expected = original.messages(in: bytes).map { message -> SSEMessage in
        guard case .event(let type, let data, let id) = message else { return message }
        let shown = data.replacing("\"x\"", with: "\"[redacted:password]\"")
        return .event(type: type, data: shown, lastEventID: id)
      }
      #expect(changed.messages(in: Self.bytes(written)) == expected)
    }
  }

  @Test("what holds nothing passes byte for byte, in the same pieces where they are whole")
  func untouched() {
    var bytes: [UInt8] = []
    for number in 1...9 {
      SSEEncoder.appendCheckedEvent(
        id: "\(number)-e", data: Self.event(number, Self.clean), to: &bytes)
    }
    let arrivals = [Self.frame(.sse, bytes)]
    #expect(Self.redacted(arrivals) == arrivals)
    for size in 1...20 {
      #expect(Self.bytes(Self.redacted(Self.pieces(bytes, size, .sse))) == bytes)
    }
  }

  @Test(
    "checksums that were right are right again, those that were wrong stay wrong",
    arguments: [FrameFormat.sse, .message(.text), .document])
  func checksums(format: FrameFormat) {
    func bytes(_ damage: UInt8) -> [UInt8] {
      var bytes: [UInt8] = []
      if format == .sse {
        SSEEncoder.appendCheckedEvent(id: "1-e", data: Self.event(1, Self.secret), to: &bytes)
      } else {
        CheckedMessage.append(Self.event(1, Self.secret), position: "1-e", to: &bytes)
      }
      // A letter of the type.
      if let place = bytes.firstIndex(of: UInt8(ascii: "b")) { bytes[place] ^= damage }
      guard format == .document else { return bytes }
      var second: [UInt8] = []
      CheckedMessage.append(Self.event(2, Self.clean), position: "2-e", to: &second)
      return Array("[ ".utf8) + bytes + Array(" ,\n".utf8) + second + Array("]".utf8)
    }
    let good = [Self.frame(format, bytes(0))]
    #expect(Self.decoded(Self.redacted(good)) == Self.decoded(good).map(Self.shown))
    #expect(Self.decoded(good).count == (format == .document ? 2 : 1))
    let bad = Self.decoded(Self.redacted([Self.frame(format, bytes(1))]))
    #expect(bad.count == 1 && bad[0].hasPrefix("damaged"))
    #expect(!String(decoding: Self.bytes(Self.redacted(good)), as: UTF8.self).contains("t0p"))
  }

  @Test("lines and transcripts are whole before they are looked through", arguments: 1...30)
  func lines(size: Int) {
    let lines = [Self.secret, Self.clean, Self.secret].enumerated().map {
      String(decoding: Self.event($0.offset, $0.element), as: UTF8.self)
    }
    let text = lines.joined(separator: "\n")
    let arrivals = Self.pieces(Array(text.utf8), size, .ndjson) + [Self.fact(.ended, at: 9_999)]
    let written = Self.redacted(arrivals)
    #expect(String(decoding: Self.bytes(written), as: UTF8.self) == Self.shown(text))
    #expect(Self.decoded(written) == Self.decoded(arrivals).map(Self.shown))
    let transcript = Self.pieces(Array(text.utf8), size, .claudeCode(file: "/home/ana/a.jsonl"))
    let kept = Self.redacted(transcript)
    #expect(String(decoding: Self.bytes(kept), as: UTF8.self) == Self.shown(text))
    #expect(
      kept.allSatisfy {
        if case .frame(.claudeCode("~/a.jsonl"), _) = $0.body { true } else { false }
      })
  }

  @Test("a private key that does not end takes no line end with it")
  func endlessKey() {
    let text = "{\"k\":1}\n-----BEGIN PRIVATE KEY-----MII\n{\"k\":2}\n"
    let written = Self.redacted([Self.frame(.ndjson, Array(text.utf8))])
    #expect(
      String(decoding: Self.bytes(written), as: UTF8.self)
        == "{\"k\":1}\n[redacted:private-key]\n{\"k\":2}\n")
  }

  @Test("what a broken connection left is written redacted, behind the loss")
  func cut() {
    let cut = Array("data: {\"token\":\"t0p".utf8)
    let written = Self.redacted([
      Self.fact(.connected(.sse, resumedFrom: nil)), Self.frame(.sse, cut, at: 1),
      Self.fact(.lost(reason: "https://u:p@h reset"), at: 2),
      Self.fact(.connected(.sse, resumedFrom: nil), at: 3),
    ])
    #expect(
      written == [
        Self.fact(.connected(.sse, resumedFrom: nil)), Self.frame(.sse, [], at: 1),
        Self.fact(.lost(reason: "https://[redacted:userinfo]@h reset"), at: 2),
        Self.frame(.sse, Array("data: {\"token\":\"[redacted:token]".utf8), at: 2),
        Self.fact(.connected(.sse, resumedFrom: nil), at: 3),
      ])
  }

  @Test("connections are apart, and what is held at the end comes out")
  func apart() {
    var redactor = Redactor()
    let halves = ["data: {\"token\":\"a", "b\"}\n\n"].map { Array($0.utf8) }
    for connection in [0, 1] {
      let first = Inbound(connection: connection, at: moment(0), body: .frame(.sse, halves[0]))
      #expect(redactor.redact(first).map(\.body) == [.frame(.sse, [])])
    }
    let second = Inbound(connection: 1, at: moment(1), body: .frame(.sse, halves[1]))
    #expect(
      redactor.redact(second).map(\.body)
        == [.frame(.sse, Array("data: {\"token\":\"[redacted:token]\"}\n\n".utf8))])
    let rest = redactor.finish()
    #expect(rest.map(\.connection) == [0])
    #expect(redactor.finish().isEmpty)
  }

  @Test("a message with a head before its body")
  func meta() {
    let message = "id: 1:0\ncontent-type: x\n\n{\"secret\":\"s\"}"
    let written = Self.redacted([Self.frame(.message(.meta), Array(message.utf8))])
    #expect(
      String(decoding: Self.bytes(written), as: UTF8.self)
        == "id: 1:0\ncontent-type: x\n\n{\"secret\":\"[redacted:secret]\"}")
  }

  @Test("a part beyond the bound is not passed on, and the next one is whole")
  func tooLong() {
    let finder = SecretFinder(RedactionRules())
    var parts = HeldParts(.lines, bound: 16)
    var output: [UInt8] = []
    for piece in ["0123456789", "token=abcd", "efgh", "ij\ntok", "en=x\n"] {
      output += parts.receive(Array(piece.utf8), finder)
    }
    #expect(
      String(decoding: output, as: UTF8.self)
        == "0123456789token=[redacted:token]xxxxxx\ntoken=[redacted:token]\n")
  }

  @Test(
    "any bytes in any pieces give the same items, and events at their moments", arguments: 0..<60)
  func hostile(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let words = [
      "data: ", "id: 1\n", "\n", "\n\n", "\r", "\r\n", ":", "crc32c: 00000000\n", "\u{FEFF}",
      "{\"token\":", "\"x\"}", "/home/a", "event: e\n", "data\n", "retry: 1\n", "password=1",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<60 { bytes += Array(words[Int(random.next() % UInt64(words.count))].utf8) }
    let arrivals = Self.pieces(bytes, 1 + Int(random.next() % 9), .sse)
    /// Each item's kind, and for an event when it came: what stands within a block comes with it.
    func kinds(_ arrivals: [Inbound]) -> [String] {
      var decoder = SSEDecoder()
      return arrivals.flatMap { inbound -> [String] in
        guard case .frame(_, let bytes) = inbound.body else { return [] }
        return decoder.messages(in: bytes).map { message in
          if case .event = message { return "event at \(inbound.at.microseconds)" }
          return String(String(describing: message).prefix(5))
        }
      }
    }
    #expect(kinds(Self.redacted(arrivals)) == kinds(arrivals))
  }
}

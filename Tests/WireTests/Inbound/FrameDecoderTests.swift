import Domain
import Testing

@testable import Wire

/// What a decoder handed over, as text that can be compared.
private enum Said: Equatable {
  case event(id: String, json: String?)
  case heartbeat
  case malformed(String)
  case damaged(String)
  case missing(String)
}

@Suite struct FrameDecoderTests {
  private static func event(_ id: String) -> String {
    "{\"specversion\":\"1.0\",\"id\":\"\(id)\",\"source\":\"s\",\"type\":\"kds.order.created\"}"
  }

  private static func said(_ item: DecodedItem) -> Said {
    switch item {
    case .event(let event, let json):
      .event(id: event.id, json: json.map { String(decoding: $0, as: UTF8.self) })
    case .heartbeat: .heartbeat
    case .malformed(let reason): .malformed(reason)
    case .damaged(let reason): .damaged(reason)
    case .missing(let events): .missing(events.words)
    }
  }

  private static func receive(
    _ text: String, _ format: FrameFormat, _ decoder: inout FrameDecoder
  ) -> [Said] {
    var items: [Said] = []
    decoder.receive(Array(text.utf8), format: format) { items.append(said($0)) }
    return items
  }

  private static func whole(_ id: String) -> Said { .event(id: id, json: event(id)) }

  @Test("an event stream gives events with their JSON, and comments as heartbeats")
  func sse() {
    var decoder = FrameDecoder()
    let text = "id: 7\nretry: 250\ndata: \(Self.event("a"))\n\n:\n\ndata: \(Self.event("b"))\n\n"
    let items = Self.receive(text, .sse, &decoder)
    #expect(items == [Self.whole("a"), .heartbeat, Self.whole("b")])
    #expect(decoder.resumePoint.lastEventID == "7")
    #expect(decoder.resumePoint.retry == .milliseconds(250))
  }

  @Test("lines give events with their JSON, wherever the stretches end")
  func ndjson() {
    let text = Self.event("a") + "\r\n\n" + Self.event("b") + "\n"
    for cut in text.utf8.indices {
      var decoder = FrameDecoder()
      let items =
        Self.receive(String(text[..<cut]), .ndjson, &decoder)
        + Self.receive(String(text[cut...]), .ndjson, &decoder)
      #expect(items == [Self.whole("a"), Self.whole("b")])
    }
  }

  @Test("a document is one event, or each element of an array by itself")
  func documents() {
    var decoder = FrameDecoder()
    #expect(Self.receive(Self.event("a"), .document, &decoder) == [Self.whole("a")])
    #expect(Self.receive(" [ ] ", .document, &decoder) == [])
    let batch = " [\(Self.event("a")) ,\n{\"x\":[1]}, \(Self.event("b"))]"
    let items = Self.receive(batch, .document, &decoder)
    #expect(items.count == 3)
    #expect(items.first == Self.whole("a"))
    #expect(items.last == Self.whole("b"))
    guard case .malformed = items[1] else {
      Issue.record("\(items[1])")
      return
    }
  }

  @Test(
    "a document that breaks off says so after what came before", arguments: ["", ",", ",{\"id\":1"])
  func brokenDocument(rest: String) {
    var decoder = FrameDecoder()
    let items = Self.receive("[\(Self.event("a"))\(rest)", .document, &decoder)
    #expect(items.count == 2)
    #expect(items.first == Self.whole("a"))
  }

  @Test("a transcript gives events without JSON")
  func transcript() {
    var decoder = FrameDecoder()
    let row = """
      {"type":"user","sessionId":"s","uuid":"u","timestamp":"2026-01-01T00:00:00Z",\
      "cwd":"/x","message":{"role":"user","content":"hi"}}\n
      """
    let items = Self.receive(row, .claudeCode(file: "s.jsonl"), &decoder)
    #expect(!items.isEmpty)
    for item in items {
      guard case .event(_, nil) = item else {
        Issue.record("\(item)")
        return
      }
    }
  }

  @Test(
    "what is no event is told and does no harm",
    arguments: [
      ("data: nonsense\n\n", FrameFormat.sse), ("nonsense\n", .ndjson), ("nonsense", .document),
      ("", .document), ("nonsense\n", .claudeCode(file: "f")), ("{}\n", .ndjson),
      ("[1,2]\n", .ndjson),
    ])
  func malformed(text: String, format: FrameFormat) {
    var decoder = FrameDecoder()
    let items = Self.receive(text, format, &decoder)
    #expect(!items.isEmpty)
    for item in items {
      guard case .malformed(let reason) = item else {
        Issue.record("\(item)")
        return
      }
      #expect(!reason.isEmpty)
    }
    #expect(Self.receive(Self.event("z"), .document, &decoder) == [Self.whole("z")])
  }

  @Test("a new connection forgets what was cut off and keeps the last event id")
  func restart() {
    var decoder = FrameDecoder()
    _ = Self.receive("id: 41\ndata: \(Self.event("a"))\n\nid: 42\ndata: {\"spec", .sse, &decoder)
    _ = Self.receive("{\"specversion", .ndjson, &decoder)
    decoder.restart()
    #expect(decoder.resumePoint.lastEventID == "41")
    #expect(Self.receive("data: \(Self.event("b"))\n\n", .sse, &decoder) == [Self.whole("b")])
    #expect(Self.receive(Self.event("c") + "\n", .ndjson, &decoder) == [Self.whole("c")])
  }

  @Test("at the end a last line counts, an unfinished stream event does not")
  func finish() {
    var decoder = FrameDecoder()
    _ = Self.receive("data: \(Self.event("a"))\n", .sse, &decoder)
    _ = Self.receive(Self.event("b"), .ndjson, &decoder)
    var items: [Said] = []
    decoder.finish { items.append(Self.said($0)) }
    #expect(items == [Self.whole("b")])
  }

  @Test("at the end the transcripts of a folder are completed in the order they came")
  func finishOrder() {
    var decoder = FrameDecoder()
    let names = (0..<20).map { "\(($0 * 7) % 20).jsonl" }
    for name in names { _ = Self.receive("nonsense", .claudeCode(file: name), &decoder) }
    var order: [String] = []
    decoder.finish {
      if case .malformed(let reason) = Self.said($0) {
        order.append(String(reason.prefix { $0 != ":" }))
      }
    }
    #expect(order == names)
  }

  @Test("an unfinished frame of any format, cut anywhere, crashes nothing")
  func cuts() {
    let text = Array("id: é\ndata: [\(Self.event("a")),\n\u{0}{\"x\":\"\\u12".utf8)
    let formats: [FrameFormat] = [.sse, .ndjson, .document, .claudeCode(file: "")]
    for format in formats {
      for end in text.indices {
        var decoder = FrameDecoder()
        decoder.receive(Array(text[..<end]), format: format) { _ in }
        decoder.restart()
        decoder.receive(Array(text[end...]), format: format) { _ in }
        decoder.finish { _ in }
      }
    }
  }
}

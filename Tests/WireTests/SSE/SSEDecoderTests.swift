import Domain
import Testing

@testable import Wire

@Suite struct SSEDecoderTests {
  private func messages(_ text: String) -> [SSEMessage] {
    var decoder = SSEDecoder()
    return decoder.messages(in: Array(text.utf8))
  }

  private func event(_ data: String, type: String = "message", id: String = "") -> SSEMessage {
    .event(type: type, data: data, lastEventID: id)
  }

  @Test("a comment is handed over as a heartbeat, also between data lines")
  func comments() {
    #expect(
      messages(": hi\n\n:\ndata: a\n:mid\ndata: b\n\n")
        == [.comment(" hi"), .comment(""), .comment("mid"), event("a\nb")])
  }

  @Test("a block of an id alone moves the cursor and is no event")
  func idOnly() {
    var decoder = SSEDecoder()
    #expect(decoder.messages(in: Array("id: 7\n\n".utf8)) == [])
    #expect(decoder.lastEventID == Array("7".utf8))
    #expect(decoder.messages(in: Array("data: x\n\n".utf8)) == [event("x", id: "7")])
  }

  @Test("the pending id of a block cut off by the end of the stream is dropped, the last one stays")
  func endOfStream() {
    var decoder = SSEDecoder(lastEventID: Array("1".utf8))
    #expect(decoder.messages(in: Array("id: 2\ndata: lost".utf8)) == [])
    decoder.finish()
    #expect(decoder.lastEventID == Array("1".utf8))
    #expect(decoder.messages(in: Array("\u{FEFF}data: x\n\n".utf8)) == [event("x", id: "1")])
  }

  @Test(
    "a retry is clamped to an hour and never overflows",
    arguments: [
      ("retry: 3600001\n", 3_600_000), ("retry: 99999999999999999999999999\n", 3_600_000),
      ("retry: 0\n", 0), ("retry: 007\n", 7),
    ])
  func retry(text: String, milliseconds: Int) {
    #expect(messages(text) == [.retry(milliseconds: milliseconds)])
  }

  @Test(
    "a line past its bound is reported, its event skipped, and the next event is whole",
    arguments: 1...40)
  func lineBound(size: Int) {
    let stream = Array(
      "id: 1\ndata: ok\n\nid: 2\ndata: \(String(repeating: "x", count: 20))\n: c\nretry: 5\n\nid: 3\ndata: yes\n\n"
        .utf8)
    var decoder = SSEDecoder(maximumLineBytes: 12)
    let got = stride(from: 0, to: stream.count, by: size).flatMap {
      decoder.messages(in: Array(stream[$0..<min($0 + size, stream.count)]))
    }
    let fault = SSEMessage.fault(WireError(kind: .line, offset: 22, bound: 12))
    #expect(got == [event("ok", id: "1"), fault, event("yes", id: "3")])
    #expect(decoder.skippedEvents == 1)
  }

  @Test("what only began like a byte order mark counts towards its line's place", arguments: 1...5)
  func brokenMark(size: Int) {
    let stream: [UInt8] = [0xEF, 0xBB] + Array(repeating: 0x61, count: 20) + [0x0A, 0x0A]
    var decoder = SSEDecoder(maximumLineBytes: 12)
    let messages = stride(from: 0, to: stream.count, by: size).flatMap {
      decoder.messages(in: Array(stream[$0..<min($0 + size, stream.count)]))
    }
    #expect(messages == [.fault(WireError(kind: .line, offset: 0, bound: 12))])
  }

  @Test("event data past its bound is reported and skipped, in any split", arguments: 1...30)
  func eventBound(size: Int) {
    let stream = Array(
      "data: 12345\r\ndata: 6789a\r\ndata: b\r\n\r\ndata: 12345\r\ndata: 6789\r\n\r\n".utf8)
    var decoder = SSEDecoder(maximumEventBytes: 10)
    let got = stride(from: 0, to: stream.count, by: size).flatMap {
      decoder.messages(in: Array(stream[$0..<min($0 + size, stream.count)]))
    }
    let fault = SSEMessage.fault(WireError(kind: .event, offset: 13, bound: 10))
    #expect(got == [fault, event("12345\n6789")])
  }

  @Test("a fault says where, how much, and what to do")
  func faultText() {
    #expect(
      WireError(kind: .line, offset: 22, bound: 12).description
        == "byte 22: line longer than 12 bytes was skipped; "
        + "raise the bound, or have the source send smaller events")
  }

  @Test("no bytes crash the decoder, and any split of them gives the same items")
  func randomSplits() {
    var generator = SplitMix64(seed: 3)
    let seed = Array(
      "\u{FEFF}: c\r\nid: 1\revent: t\ndata: a\r\ndata\n\nretry: 10\n\ndata: é\n\n".utf8)
    for _ in 0..<2_000 {
      let stream = mutated(seed, &generator)
      var whole = SSEDecoder(maximumLineBytes: 9, maximumEventBytes: 3)
      var split = SSEDecoder(maximumLineBytes: 9, maximumEventBytes: 3)
      var pieces: [SSEMessage] = []
      var index = 0
      while index < stream.count {
        let end = min(index + Int.random(in: 1...7, using: &generator), stream.count)
        pieces += split.messages(in: Array(stream[index..<end]))
        index = end
      }
      #expect(whole.messages(in: stream) == pieces)
      #expect(whole.lastEventID == split.lastEventID)
    }
  }

  @Test("an event in one chunk is handed over without a copy")
  func noCopy() {
    let stream = Array("id: 9\nevent: tick\ndata: {}\n\n".utf8)
    stream.withUnsafeBytes { chunk in
      var decoder = SSEDecoder()
      decoder.receive(chunk) { item in
        guard case .event(let event) = item else { return }
        #expect(event.lastEventID.baseAddress == chunk.baseAddress.map { $0 + 4 })
        #expect(event.type.baseAddress == chunk.baseAddress.map { $0 + 13 })
        #expect(event.data.baseAddress == chunk.baseAddress.map { $0 + 24 })
      }
    }
  }
}

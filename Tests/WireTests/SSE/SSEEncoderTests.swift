import Testing

@testable import Wire

@Suite struct SSEEncoderTests {
  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("an event is written with its id, type and a data line for each line")
  func event() {
    let written = text {
      SSEEncoder.appendEvent(id: "7", type: "tick", data: " a\r\nb\rc\n".utf8, to: &$0)
    }
    #expect(written == "id: 7\nevent: tick\ndata:  a\ndata: b\ndata: c\ndata: \n\n")
  }

  @Test("a checked event names the checksum of its id, a LF and its data as read")
  func checkedEvent() {
    #expect(
      text { SSEEncoder.appendCheckedEvent(id: "57-t3h2k1", data: Array("{}".utf8), to: &$0) }
        == "id: 57-t3h2k1\ncrc32c: f00106cf\ndata: {}\n\n")
    let lines = text { SSEEncoder.appendCheckedEvent(data: Array("a\r\nb\rc".utf8), to: &$0) }
    #expect(lines == "crc32c: 10e28e64\ndata: a\ndata: b\ndata: c\n\n")
    #expect(
      lines == text { SSEEncoder.appendCheckedEvent(data: Array("a\nb\nc".utf8), to: &$0) })
  }

  @Test("what a field cannot hold is left out")
  func fieldBytes() {
    let written = text {
      SSEEncoder.appendEvent(id: "a\n\u{0}b", type: "x\ry", data: "".utf8, to: &$0)
    }
    #expect(written == "id: ab\nevent: xy\ndata: \n\n")
  }

  @Test("comments and retries are written as blocks of their own")
  func others() {
    #expect(text { SSEEncoder.appendComment(to: &$0) } == ":\n\n")
    #expect(text { SSEEncoder.appendComment("hi\nho", to: &$0) } == ": hiho\n\n")
    #expect(text { SSEEncoder.appendRetry(milliseconds: 250, to: &$0) } == "retry: 250\n\n")
    #expect(text { SSEEncoder.appendRetry(milliseconds: -1, to: &$0) } == "retry: 0\n\n")
  }

  @Test("the decoder reads back what was written, line ends as LF")
  func roundTrip() {
    var bytes: [UInt8] = []
    SSEEncoder.appendEvent(id: "é", type: "t", data: "\n x: y\n\nz\n".utf8, to: &bytes)
    SSEEncoder.appendEvent(data: "".utf8, to: &bytes)
    var decoder = SSEDecoder()
    #expect(
      decoder.messages(in: bytes) == [
        .event(type: "t", data: "\n x: y\n\nz\n", lastEventID: "é"),
        .event(type: "message", data: "", lastEventID: "é"),
      ])
  }
}

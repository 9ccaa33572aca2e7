import Domain
import Testing

@testable import Wire

@Suite struct NDJSONDecoderTests {
  /// An item that owns its bytes.
  private enum Item: Equatable {
    case line(Int, String)
    case fault(Int, NDJSONFault)
  }

  private func items(
    _ text: String, size: Int = .max, bound: Int = 1 << 20, checksSyntax: Bool = true
  ) -> [Item] {
    var decoder = NDJSONDecoder(maximumLineBytes: bound, checksSyntax: checksSyntax)
    var items: [Item] = []
    let take = { (item: NDJSONItem) in
      switch item {
      case .line(let number, let bytes):
        items.append(.line(number, String(decoding: bytes, as: UTF8.self)))
      case .fault(let number, let reason): items.append(.fault(number, reason))
      }
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: min(size, max(bytes.count, 1))) {
      let end = min(start + min(size, bytes.count), bytes.count)
      bytes[start..<end].withUnsafeBytes { decoder.receive($0, take) }
    }
    decoder.finish(take)
    return items
  }

  @Test(
    "LF and CRLF end lines, blank lines are passed over, the last line needs no end",
    arguments: 1...9)
  func lines(size: Int) {
    #expect(
      items("{}\r\n\n \t\r\n[1]\n\"é\"", size: size)
        == [.line(1, "{}"), .line(4, "[1]"), .line(5, "\"é\"")])
    #expect(items("", size: size) == [])
    #expect(items("1\n", size: size) == [.line(1, "1")])
  }

  @Test("a line that is not JSON is reported with its number and is not the end", arguments: 1...9)
  func badLine(size: Int) {
    let error = JSONError(offset: 4, reason: .expectedCommaOrBrace)
    #expect(
      items("1\n{\"\":1\"\n2\n", size: size).first == .line(1, "1"))
    #expect(
      items("1\n{\"\":[]]\n2\n", size: size)
        == [
          .line(1, "1"), .fault(2, .syntax(JSONError(offset: 6, reason: .expectedCommaOrBrace))),
          .line(3, "2"),
        ])
    #expect(
      NDJSONFault.syntax(error).description
        == "JSON byte 4: a comma or } is expected after a member")
    #expect(items("oops\n", checksSyntax: false) == [.line(1, "oops")])
  }

  @Test("a line past its bound is reported and passed over", arguments: 1...30)
  func longLine(size: Int) {
    let fault = NDJSONFault.bound(WireError(kind: .line, offset: 4, bound: 5))
    #expect(
      items("123\n1234567890\n12345\n123456", size: size, bound: 5)
        == [
          .line(1, "123"), .fault(2, fault), .line(3, "12345"),
          .fault(4, .bound(WireError(kind: .line, offset: 21, bound: 5))),
        ])
  }

  @Test("no bytes crash the decoder, and any split gives the same lines")
  func randomSplits() {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<500 {
      let bytes = mutated(Array("{\"a\":1}\r\n\n[2]\n\"three\"\r\n4".utf8), &generator)
      let text = String(decoding: bytes, as: UTF8.self)
      let size = Int.random(in: 1...9, using: &generator)
      #expect(items(text, bound: 8) == items(text, size: size, bound: 8))
    }
  }
}

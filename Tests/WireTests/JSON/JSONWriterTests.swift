import Domain
import Testing

@testable import Wire

@Suite struct JSONWriterTests {
  private func written(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("commas stand between entries and nowhere else")
  func commas() {
    let value = JSONValue.object([
      .init(name: "a", value: .array([.integer(1), .array([]), .object([]), .null])),
      .init(name: "b", value: .object([.init(name: "c", value: .bool(true))])),
      .init(name: "d", value: .string("")),
    ])
    #expect(written(value) == #"{"a":[1,[],{},null],"b":{"c":true},"d":""}"#)
  }

  @Test("only the quote, the backslash and controls are escaped")
  func escapes() {
    #expect(
      written(.string("\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1F}")) == #""\"\\/\b\t\n\f\r\u0000\u001f""#)
    #expect(written(.string("\u{7F}\u{2028}\u{2029}é火😀")) == "\"\u{7F}\u{2028}\u{2029}é火😀\"")
  }

  @Test(
    "a double is written as the shortest decimal that reads back",
    arguments: [
      (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e100, "1e+100"),
      (.leastNonzeroMagnitude, "5e-324"),
      (0.1 + 0.2, "0.30000000000000004"), (.infinity, "null"), (.nan, "null"),
    ] as [(Double, String)])
  func doubles(value: Double, text: String) {
    #expect(written(.number(value)) == text)
  }

  @Test("any finite double survives writing and reading")
  func roundTrip() throws {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let text = written(.number(value))
      guard case .number(let read) = try JSONValue(parsing: Array(text.utf8)) else {
        Issue.record("\(text) did not read as a number")
        continue
      }
      #expect(read.bitPattern == value.bitPattern)
    }
  }

  @Test("the writer appends to the bytes it is given")
  func appending() {
    var writer = JSONWriter(bytes: Array("data: ".utf8))
    writer.beginArray()
    writer.integer(Int64.min)
    writer.endArray()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "data: [-9223372036854775808]")
  }
}

import Domain
import Testing

@testable import Wire

@Suite struct JSONReaderTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  private func error(_ bytes: [UInt8]) -> JSONError? {
    do throws(JSONError) {
      _ = try JSONValue(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("a tree keeps the order of its members and the last of a repeated name is found")
  func tree() throws {
    let value = try parse(#" {"b":[1,-2.5e1,null,true],"a":"x","b":false,"":{}} "#)
    let expected = JSONValue.object([
      .init(name: "b", value: .array([.integer(1), .number(-25), .null, .bool(true)])),
      .init(name: "a", value: .string("x")),
      .init(name: "b", value: .bool(false)),
      .init(name: "", value: .object([])),
    ])
    #expect(value == expected)
    #expect(value["b"] == .bool(false))
    #expect(value["c"] == nil)
  }

  @Test("names are matched as bytes, not by canonical equivalence")
  func bytewiseNames() throws {
    let value = try parse(#"{"\u00e9":1,"e\u0301":2}"#)
    #expect(value["\u{E9}"] == .integer(1))
    #expect(value["e\u{301}"] == .integer(2))
  }

  @Test(
    "an escape stands for its character",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0000\u001F\u00e9\u20AC""#, "\u{0}\u{1F}\u{E9}\u{20AC}"),
      (#""\uD83D\uDE00 \ud834\udd1e""#, "\u{1F600} \u{1D11E}"),
      (#""\uFFFF\uFEFF""#, "\u{FFFF}\u{FEFF}"),
      (
        #""long enough for the word scan \n مطبخ 火 end""#,
        "long enough for the word scan \n مطبخ 火 end"
      ),
      ("\"\u{2028}\u{7F}\"", "\u{2028}\u{7F}"),
    ])
  func escapes(text: String, value: String) throws {
    #expect(try parse(text) == .string(value))
  }

  @Test(
    "a fault is reported with its byte and its reason",
    arguments: [
      ("", 0, .unexpectedEnd), ("  ", 2, .unexpectedEnd), ("?", 0, .expectedValue),
      ("[1 2]", 3, .expectedCommaOrBracket), ("[1,]", 3, .expectedValue), ("[", 1, .unexpectedEnd),
      ("{\"a\" 1}", 5, .expectedColon), ("{a:1}", 1, .expectedKey), ("{\"a\":1,}", 7, .expectedKey),
      ("{\"a\":1 \"b\":2}", 7, .expectedCommaOrBrace), ("{,}", 1, .expectedKey),
      ("tru", 3, .unexpectedEnd), ("trux", 0, .expectedBool), ("nul!", 0, .expectedNull),
      ("\"abc", 4, .unterminatedString), ("\"\\", 2, .unterminatedString),
      ("\"\\u12", 5, .unterminatedString), ("\"\\x\"", 1, .invalidEscape),
      ("\"\\u12G4\"", 1, .invalidEscape), ("\"a\tb\"", 2, .controlCharacter),
      ("\"\\uD800\"", 1, .loneSurrogate), ("\"\\uDC00\"", 1, .loneSurrogate),
      ("\"\\uD800\\u0041\"", 1, .loneSurrogate), ("01", 1, .invalidNumber),
      ("-", 1, .invalidNumber), ("-01", 2, .invalidNumber), ("1.", 2, .invalidNumber),
      ("1e+", 3, .invalidNumber), (".5", 0, .expectedValue), ("+1", 0, .expectedValue),
      ("1e400", 0, .numberOutOfRange), ("1 2", 2, .trailingBytes), ("{}}", 2, .trailingBytes),
      ("\u{FEFF}{}", 0, .byteOrderMark), ("\u{A0}1", 0, .expectedValue),
    ] as [(String, Int, JSONError.Reason)])
  func faults(text: String, offset: Int, reason: JSONError.Reason) {
    #expect(error(Array(text.utf8)) == JSONError(offset: offset, reason: reason))
  }

  @Test(
    "bytes that are not UTF-8 are rejected where they begin",
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
      [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF],
      [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func malformedUTF8(sequence: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let expected = JSONError(offset: 3, reason: .invalidUTF8)
    #expect(error([quote, 0x61, 0x62] + sequence + [quote]) == expected)
    #expect(error([quote, 0x61, 0x62] + sequence + [0x20, 0x20, 0x20, 0x20, quote]) == expected)
    #expect(error([quote, 0x61, 0x62] + sequence) == expected)
  }

  @Test("nesting is bounded at 128 levels, for reading and for skipping")
  func depth() throws {
    func nested(_ levels: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: levels)
        + Array(repeating: UInt8(ascii: "]"), count: levels)
    }
    #expect(error(nested(128)) == nil)
    #expect(error(nested(129)) == JSONError(offset: 128, reason: .tooDeep))
    #expect(error(nested(1_000_000)) == JSONError(offset: 128, reason: .tooDeep))
    let skipped = nested(1_000_000).withUnsafeBytes { raw in
      Result { () throws(JSONError) in
        var reader = JSONReader(raw, maximumDepth: 3)
        try reader.skipValue()
      }
    }
    #expect(throws: JSONError(offset: 3, reason: .tooDeep)) { try skipped.get() }
  }

  @Test(
    "a number keeps its value to the last bit",
    arguments: [
      ("0", .integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(0x1p63)),
      ("-9223372036854775809", .number(-0x1p63)), ("18446744073709551616", .number(0x1p64)),
      ("0.1", .number(0.1)), ("-0.0", .number(-0.0)), ("1E2", .number(100)),
      ("123456789.123456789", .number(123456789.123456789)), ("1e-400", .number(0)),
      ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
      ("5e-324", .number(.leastNonzeroMagnitude)), ("0.30000000000000004", .number(0.1 + 0.2)),
      ("9007199254740993.0", .number(9007199254740992)),
    ] as [(String, JSONValue)])
  func numbers(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test("the pull walker gives keys and values as slices, and skips what is not wanted")
  func walking() throws {
    let text = Array(#"{"skip":{"a":[1,{"b":"]}"}]},"n":-7,"d":2.5,"f":false,"z":null}"#.utf8)
    try text.withUnsafeBytes { raw in
      var reader = JSONReader(raw)
      try reader.beginObject()
      #expect(try reader.nextKey()?.equals("skip") == true)
      #expect(try String(decoding: reader.skipValue(), as: UTF8.self) == #"{"a":[1,{"b":"]}"}]}"#)
      #expect(try reader.nextKey()?.string == "n")
      #expect(try reader.readInteger() == -7)
      #expect(try reader.nextKey()?.string == "d")
      #expect(try reader.readDouble() == 2.5)
      #expect(try reader.nextKey()?.string == "f")
      #expect(try reader.readBool() == false)
      #expect(try reader.nextKey()?.string == "z")
      try reader.readNull()
      #expect(try reader.nextKey() == nil)
      try reader.finish()
    }
  }

  @Test("asking for the wrong kind is an error at the value")
  func wrongKind() {
    Array("[1.5]".utf8).withUnsafeBytes { raw in
      #expect(throws: JSONError(offset: 0, reason: .expectedObject)) {
        var reader = JSONReader(raw)
        try reader.beginObject()
      }
      #expect(throws: JSONError(offset: 1, reason: .integerOutOfRange)) {
        var reader = JSONReader(raw)
        try reader.beginArray()
        _ = try reader.nextElement()
        _ = try reader.readInteger()
      }
    }
  }

  @Test("no mutation of a text crashes the reader, and what it accepts it writes and reads alike")
  func mutations() throws {
    let seed = Array(
      #"{"a":[1,2.5e-3,"x\u00e9\uD83D\uDE00\n",{"k":null,"t":true}],"ك":"مطبخ","n":-12345678901}"#
        .utf8)
    var generator = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let bytes = mutated(seed, &generator)
      guard let value = try? JSONValue(parsing: bytes) else { continue }
      var writer = JSONWriter()
      writer.value(value)
      #expect(try JSONValue(parsing: writer.bytes) == value)
    }
  }
}

/// A text with one to four bytes changed, removed, repeated or inserted.
func mutated(_ seed: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
  var bytes = seed
  let telling = Array("\"\\{}[]:,.eE+-0u \u{7F}".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xED, 0xF4, 0xFF]
  for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
    let index = Int.random(in: 0..<bytes.count, using: &generator)
    let byte = telling[Int.random(in: 0..<telling.count, using: &generator)]
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: bytes[index] = byte
    case 1: bytes.remove(at: index)
    case 2: bytes.insert(byte, at: index)
    case 3: bytes.removeSubrange(index...)
    default: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
  }
  return bytes
}

/// Writes JSON (RFC 8259) into bytes, without white space, the same bytes for the same calls.
///
/// Commas are the writer's own affair; that names and values alternate inside an object is the
/// caller's.
package struct JSONWriter {
  /// What has been written. Take it when done, or put a buffer here to append to it.
  package var bytes: [UInt8]
  private var needsComma = false

  package init(bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// Opens an object; its members follow as a key and a value each.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  /// Closes the innermost object.
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  /// Opens an array; its elements follow.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  /// Closes the innermost array.
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A member name; its value must follow.
  package mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// The value `null`.
  package mutating func null() { word("null") }
  /// The value `true` or `false`.
  package mutating func bool(_ value: Bool) { word(value ? "true" : "false") }

  /// A whole number of any width.
  package mutating func integer(_ value: some BinaryInteger) { word(String(value)) }

  /// The shortest decimal that reads back as the same double. JSON has no infinity and no NaN: they
  /// are written as null.
  package mutating func number(_ value: Double) {
    word(value.isFinite ? value.description : "null")
  }

  /// A string. Only what must be escaped is: the quote, the backslash, controls below U+0020.
  package mutating func string(_ value: String) {
    separate()
    appendQuoted(value)
    needsComma = true
  }

  /// A tree, members in their order.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .integer(let integer): self.integer(integer)
    case .number(let number): self.number(number)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }

  private mutating func word(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func appendQuoted(_ text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { Self.append(escaped: UnsafeRawBufferPointer($0), to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends text, which must be UTF-8, as it stands between the quotes of a string.
  package static func append(escaped text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    var start = 0
    for index in 0..<text.count where isEscaped(text[index]) {
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<index]))
      appendEscape(text[index], to: &bytes)
      start = index &+ 1
    }
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start...]))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits: StaticString = "0123456789abcdef"
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits.utf8Start[Int(byte >> 4)])
      bytes.append(digits.utf8Start[Int(byte & 15)])
    }
  }
}

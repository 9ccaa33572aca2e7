// Reading the values of header fields (RFC 9110 section 5.6), by bytes: what a character is to
// Swift is not what it is to HTTP.

/// The handshake cannot go on: what the peer did, to follow "the server …".
struct HandshakeFault: Error, Equatable {
  let words: String

  init(_ words: String) {
    self.words = words
  }
}

/// One extension of `Sec-WebSocket-Extensions` (RFC 6455 section 9.1).
struct WebSocketExtension: Equatable {
  struct Parameter: Equatable {
    let name: String
    /// What follows the equals sign, without quotes.
    let value: String?
  }

  let name: String
  var parameters: [Parameter] = []

  /// Reads all values of the field; nil where one does not follow the grammar.
  static func list(_ values: [String]) -> [WebSocketExtension]? {
    var list: [WebSocketExtension] = []
    for value in values {
      var reader = FieldReader(value)
      repeat {
        // Empty elements are allowed (RFC 9110 section 5.6.1.2).
        if reader.isAtElementEnd { continue }
        guard let one = reader.element() else { return nil }
        list.append(one)
      } while reader.take(",")
      guard reader.isAtEnd else { return nil }
    }
    return list
  }
}

/// The elements of a comma-separated list of tokens, without blanks around them and empty ones.
func listElements(_ values: [String]) -> [String] {
  values.flatMap { value in
    value.utf8.split(separator: UInt8(ascii: ",")).map {
      String(decoding: trimmed($0), as: UTF8.self)
    }
  }.filter { !$0.isEmpty }
}

/// Without the blanks and tabs around it.
func trimmed<Bytes: BidirectionalCollection>(_ bytes: Bytes) -> Bytes.SubSequence
where Bytes.Element == UInt8 {
  let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
  guard let first = bytes.firstIndex(where: { !isBlank($0) }),
    let last = bytes.lastIndex(where: { !isBlank($0) })
  else { return bytes.prefix(0) }
  return bytes[first...last]
}

/// Whether a byte may stand in a token (RFC 9110 section 5.6.2).
func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
  case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
    UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"),
    UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"),
    UInt8(ascii: "~"):
    true
  default: false
  }
}

private struct FieldReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ value: String) {
    bytes = Array(value.utf8)
    skipBlanks()
  }

  var isAtEnd: Bool { place == bytes.count }
  var isAtElementEnd: Bool { isAtEnd || bytes[place] == UInt8(ascii: ",") }

  mutating func element() -> WebSocketExtension? {
    guard let name = token() else { return nil }
    var one = WebSocketExtension(name: name)
    while take(";") {
      guard let name = token() else { return nil }
      var value: String?
      if take("=") {
        guard let found = token() ?? quoted() else { return nil }
        value = found
      }
      one.parameters.append(WebSocketExtension.Parameter(name: name, value: value))
    }
    return isAtElementEnd ? one : nil
  }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
    place += 1
    skipBlanks()
    return true
  }

  private mutating func token() -> String? {
    let end = bytes[place...].firstIndex { !isTokenByte($0) } ?? bytes.count
    guard end > place else { return nil }
    defer {
      place = end
      skipBlanks()
    }
    return String(decoding: bytes[place..<end], as: UTF8.self)
  }

  /// A quoted string; unquoted it must be a token (RFC 6455 section 9.1).
  private mutating func quoted() -> String? {
    guard take("\"") else { return nil }
    var value: [UInt8] = []
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\") { place += 1 }
      guard place < bytes.count, isTokenByte(bytes[place]) else { return nil }
      value.append(bytes[place])
      place += 1
    }
    guard take("\""), !value.isEmpty else { return nil }
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
  }
}

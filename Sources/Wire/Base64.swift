/// Base64 (RFC 4648 section 4): written with padding, read strictly but for missing padding.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of bytes, padded to a multiple of four characters.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for place in 0...group.count {
        text.append(alphabet[Int(word >> UInt32(18 - 6 * place) & 63)])
      }
      for _ in group.count..<3 { text.append(UInt8(ascii: "=")) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `text` stands for, or nil when a character is none of the alphabet, the padding
  /// is misplaced, or the length is impossible.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 2)
    var group: UInt32 = 0
    var digits = 0
    var padding = 0
    for character in text {
      guard character != UInt8(ascii: "=") else {
        padding += 1
        continue
      }
      guard padding == 0, let digit = digit(character) else { return nil }
      group = group << 6 | digit
      digits += 1
      if digits % 4 == 0 { bytes.append(contentsOf: last(3, of: group)) }
    }
    guard padding == 0 || (digits + padding) % 4 == 0 && padding <= 2 else { return nil }
    switch digits % 4 {
    case 0: return bytes
    case 2: bytes.append(contentsOf: last(1, of: group >> 4))
    case 3: bytes.append(contentsOf: last(2, of: group >> 2))
    default: return nil
    }
    return bytes
  }

  private static func last(_ count: Int, of group: UInt32) -> some Sequence<UInt8> {
    (0..<count).lazy.map { UInt8(truncatingIfNeeded: group >> UInt32(8 * (count - 1 - $0))) }
  }

  private static func digit(_ character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

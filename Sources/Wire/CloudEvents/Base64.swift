/// Base64 (RFC 4648 section 4), read strictly but for missing padding.
enum Base64 {
  /// The bytes that `text` stands for, or nil when a character is none of the alphabet, the padding
  /// is misplaced, or the length is impossible.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
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

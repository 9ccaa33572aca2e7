// Base64 (RFC 4648 section 4) for the rare frame that is not UTF-8, such as one cut inside a
// character.

/// Base64 text of bytes.
enum Base64Text {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var word: UInt32 = 0
      for byte in group { word = word << 8 | UInt32(byte) }
      word <<= UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        let isPadding = place > group.count
        let digit = Int(word >> UInt32(18 - 6 * place) & 63)
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[digit])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text; nil when it is not base64 or its padding is wrong.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let digits = text.prefix { $0 != UInt8(ascii: "=") }
    guard text.count - digits.count <= 2, text.dropFirst(digits.count).allSatisfy({ $0 == 0x3D })
    else { return nil }
    var bytes: [UInt8] = []
    var word: UInt32 = 0
    for (index, character) in digits.enumerated() {
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      word = word << 6 | UInt32(digit)
      switch index % 4 {
      case 1: bytes.append(UInt8(truncatingIfNeeded: word >> 4))
      case 2: bytes.append(UInt8(truncatingIfNeeded: word >> 2))
      case 3: bytes.append(UInt8(truncatingIfNeeded: word))
      default: break
      }
    }
    return bytes
  }
}

/// Base64 (RFC 4648 section 4): written with padding, read strictly but for missing padding.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of bytes, padded to a multiple of four characters.
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    bytes.withUnsafeBytes { append($0, to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the text of bytes.
  package static func append(_ bytes: UnsafeRawBufferPointer, to text: inout [UInt8]) {
    text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4)
    alphabet.withUnsafeBufferPointer { alphabet in
      var place = 0
      while place < bytes.count {
        let count = min(3, bytes.count - place)
        var word = UInt32(bytes[place]) << 16
        if count > 1 { word |= UInt32(bytes[place + 1]) << 8 }
        if count > 2 { word |= UInt32(bytes[place + 2]) }
        text.append(alphabet[Int(word >> 18 & 63)])
        text.append(alphabet[Int(word >> 12 & 63)])
        text.append(count > 1 ? alphabet[Int(word >> 6 & 63)] : UInt8(ascii: "="))
        text.append(count > 2 ? alphabet[Int(word & 63)] : UInt8(ascii: "="))
        place += count
      }
    }
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

  /// The bytes that a text in memory stands for, as `decode` of a collection has it: whole groups of
  /// four by a table, the rest strictly.
  package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    let whole = max(0, text.count - 1) / 4
    guard let tail = decode(text[(whole * 4)...]) else { return nil }
    var isGood = true
    let bytes = [UInt8](unsafeUninitializedCapacity: whole * 3 + tail.count) { room, count in
      digits.withUnsafeBufferPointer { digits in
        for group in 0..<whole {
          let place = group &* 4
          let first = digits[Int(text[place])], second = digits[Int(text[place &+ 1])]
          let third = digits[Int(text[place &+ 2])], fourth = digits[Int(text[place &+ 3])]
          if (first | second | third | fourth) & 0x80 != 0 { isGood = false }
          let word =
            UInt32(first) << 18 | UInt32(second) << 12 | UInt32(third) << 6 | UInt32(fourth)
          room[count] = UInt8(truncatingIfNeeded: word >> 16)
          room[count &+ 1] = UInt8(truncatingIfNeeded: word >> 8)
          room[count &+ 2] = UInt8(truncatingIfNeeded: word)
          count &+= 3
        }
      }
      for byte in tail {
        room[count] = byte
        count &+= 1
      }
    }
    return isGood ? bytes : nil
  }

  /// The value of each character, 0x80 for none.
  private static let digits: [UInt8] = (0...255).map { digit($0).map(UInt8.init) ?? 0x80 }

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

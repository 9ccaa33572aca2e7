/// The inside of one JSON string, as it stands in the text: already checked, not yet unescaped.
///
/// It refers to the reader's buffer and is valid only while that is.
package struct JSONString {
  /// The bytes between the quotes, valid UTF-8, escapes untouched.
  package let bytes: UnsafeRawBufferPointer
  /// Whether `bytes` holds an escape and so differs from the string's value.
  package let isEscaped: Bool

  @inline(__always)
  init(bytes: UnsafeRawBufferPointer, isEscaped: Bool) {
    self.bytes = bytes
    self.isEscaped = isEscaped
  }

  /// The string's value.
  @inline(__always)
  package var string: String {
    guard !isEscaped else { return unescapedString }
    // The reader checked the bytes already, so the string is copied without a second check.
    let span = bytes.assumingMemoryBound(to: UInt8.self).span
    return String(copying: UTF8Span(unchecked: span))
  }

  /// Whether the value is exactly these bytes, unescaped.
  @inline(__always)
  package func equals(_ word: StaticString) -> Bool {
    let other = UnsafeRawBufferPointer(word)
    return isEscaped ? withUnescapedBytes { $0.isSame(as: other) } : bytes.isSame(as: other)
  }

  /// Hands over the value's bytes, unescaped; without a copy where no escape occurs.
  @inline(__always)
  package func withUnescapedBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard isEscaped else { return try body(bytes) }
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    appendUnescaped { plain.append($0) }
    return try plain.withRawBytes(body)
  }

  /// The value's bytes after the first `start` bytes of the text, which must not end inside an
  /// escape.
  package func unescapedBytes(from start: Int = 0) -> [UInt8] {
    let raw = UnsafeRawBufferPointer(rebasing: bytes[min(max(0, start), bytes.count)...])
    guard isEscaped else { return Array(raw) }
    return [UInt8](unsafeUninitializedCapacity: raw.count) { room, count in
      var index = 0
      while index < raw.count {
        let byte = raw[index]
        if byte != UInt8(ascii: "\\") {
          room[count] = byte
          count &+= 1
          index &+= 1
        } else if index + 1 < raw.count, let plain = JSONEscape.byte(for: raw[index + 1]) {
          room[count] = plain
          count &+= 1
          index &+= 2
        } else {
          let (scalar, length) = JSONEscape.decode(raw, at: index)
          index &+= length
          for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
          where count < room.count {
            room[count] = unit
            count &+= 1
          }
        }
      }
    }
  }

  private var unescapedString: String {
    // An escape is never shorter than what it stands for, so the raw length is room enough.
    String(unsafeUninitializedCapacity: bytes.count) { room in
      var count = 0
      appendUnescaped { byte in
        room[count] = byte
        count += 1
      }
      return count
    }
  }

  private func appendUnescaped(_ append: (UInt8) -> Void) {
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        append(bytes[index])
        index += 1
        continue
      }
      let (scalar, length) = JSONEscape.decode(bytes, at: index)
      UTF8.encode(scalar)?.forEach(append)
      index += length
    }
  }
}

/// The escapes of RFC 8259 section 7.
enum JSONEscape {
  /// What a one-letter escape stands for, or nil when the letter is none.
  static func byte(for letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// The code unit of four hexadecimal digits, of which all four must be readable.
  static func codeUnit(_ digits: UnsafeRawPointer) -> UInt16? {
    var unit: UInt16 = 0
    for index in 0..<4 {
      let byte = digits.load(fromByteOffset: index, as: UInt8.self)
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// The scalar that the escape at `index` stands for, and the escape's bytes. The escape was checked
  /// by the reader; should it be broken all the same, U+FFFD stands for one byte.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, at index: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    guard index + 1 < bytes.count else { return ("\u{FFFD}", 1) }
    if let byte = byte(for: bytes[index + 1]) { return (Unicode.Scalar(byte), 2) }
    guard let unit = unit(in: bytes, at: index) else { return ("\u{FFFD}", 1) }
    if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
    guard let trail = self.unit(in: bytes, at: index + 6) else { return ("\u{FFFD}", 6) }
    let high = (UInt32(unit) &- 0xD800) &<< 10
    let value = 0x10000 &+ high &+ (UInt32(trail) &- 0xDC00)
    return (Unicode.Scalar(value) ?? "\u{FFFD}", 12)
  }

  private static func unit(in bytes: UnsafeRawBufferPointer, at index: Int) -> UInt16? {
    guard index + 6 <= bytes.count, let base = bytes.baseAddress else { return nil }
    return codeUnit(base + index + 2)
  }
}

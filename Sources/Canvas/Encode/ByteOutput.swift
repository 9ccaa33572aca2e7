// Building control sequences (ECMA-48) in a byte buffer.
extension [UInt8] {
  mutating func append(ascii text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// The decimal digits of `number`; nothing below 0.
  mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    if number >= 0 { append(0x30 + UInt8(truncatingIfNeeded: number % 10)) }
  }

  /// CSI, the number unless it is the default 1, and the final byte.
  mutating func append(csi count: Int, _ final: Character) {
    append(ascii: "\u{1B}[")
    if count != 1 { append(decimal: count) }
    append(final.asciiValue ?? 0)
  }

  mutating func append(scalar: Unicode.Scalar) {
    if scalar.isASCII {
      append(UInt8(truncatingIfNeeded: scalar.value))
    } else {
      append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
}

/// The lengths of what is appended above, to choose the shortest before writing it.
enum ByteCost {
  static func decimal(_ number: Int) -> Int {
    number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 4
  }

  static func csi(_ count: Int) -> Int {
    count == 1 ? 3 : 3 + decimal(count)
  }

  static func glyph(_ value: UInt32) -> Int {
    value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x1_0000 ? 3 : 4
  }
}

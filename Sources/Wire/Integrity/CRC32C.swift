/// The CRC-32C (Castagnoli) of RFC 3720 section 12.1, over bytes given in any pieces.
///
/// Eight bytes a step with eight tables (slicing by 8), for it runs over every byte of a feed.
package struct CRC32C: Sendable {
  private var remainder: UInt32 = .max

  /// The checksum of nothing yet.
  package init() {}

  /// The checksum of some bytes.
  package init(_ bytes: UnsafeRawBufferPointer) {
    append(bytes)
  }

  /// The checksum of everything appended.
  package var value: UInt32 { ~remainder }

  /// Goes on with more bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    remainder = Self.tables.withUnsafeBufferPointer { Self.advance(remainder, bytes, $0) }
  }

  /// Goes on with one byte.
  package mutating func append(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { append($0) }
  }

  private static func advance(
    _ start: UInt32, _ bytes: UnsafeRawBufferPointer, _ tables: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    var remainder = start
    var place = 0
    let whole = bytes.count & ~7
    while place < whole {
      let low = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      let high = bytes.loadUnaligned(fromByteOffset: place &+ 4, as: UInt32.self)
      let first = UInt32(littleEndian: low) ^ remainder
      let second = UInt32(littleEndian: high)
      remainder =
        entry(tables, 7, first) ^ entry(tables, 6, first &>> 8)
        ^ entry(tables, 5, first &>> 16) ^ entry(tables, 4, first &>> 24)
      remainder ^=
        entry(tables, 3, second) ^ entry(tables, 2, second &>> 8)
        ^ entry(tables, 1, second &>> 16) ^ entry(tables, 0, second &>> 24)
      place &+= 8
    }
    while place < bytes.count {
      remainder = entry(tables, 0, remainder ^ UInt32(bytes[place])) ^ (remainder &>> 8)
      place &+= 1
    }
    return remainder
  }

  /// The entry of a table for the lowest byte of a word.
  @inline(__always)
  private static func entry(
    _ tables: UnsafeBufferPointer<UInt32>, _ table: Int, _ word: UInt32
  ) -> UInt32 {
    tables[table &* 256 &+ Int(word & 0xFF)]
  }

  /// The eight tables, one after another.
  private static let tables: [UInt32] = {
    let polynomial: UInt32 = 0x82F6_3B78
    var tables = (0..<256).map { byte -> UInt32 in
      (0..<8).reduce(UInt32(byte)) { word, _ in (word >> 1) ^ (word & 1 == 1 ? polynomial : 0) }
    }
    for index in 256..<2_048 {
      let before = tables[index - 256]
      tables.append(tables[Int(before & 0xFF)] ^ (before >> 8))
    }
    return tables
  }()
}

extension CRC32C {
  /// The checksum as eight lower-case hexadecimal digits.
  package var digits: [UInt8] {
    (0..<8).map { place in
      let nibble = UInt8(truncatingIfNeeded: value >> (28 - 4 * place)) & 0xF
      return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
  }

  /// Whether a text is this checksum as eight lower-case hexadecimal digits.
  package func isWritten(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count == 8 else { return false }
    var number: UInt32 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = number << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"):
        number = number << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      default: return false
      }
    }
    return number == value
  }
}

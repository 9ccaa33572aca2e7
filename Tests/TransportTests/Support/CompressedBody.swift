/// Bodies in content codings, made by hand so that tests need no compressor.
enum CompressedBody {
  /// The head of a gzip member (RFC 1952), whose blocks follow.
  static let gzipHead: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

  /// A block of DEFLATE that stores its bytes (RFC 1951 section 3.2.4).
  static func stored(_ text: String, isLast: Bool = false) -> [UInt8] {
    let bytes = Array(text.utf8)
    let length = UInt16(clamping: bytes.count)
    let low = UInt8(truncatingIfNeeded: length)
    let high = UInt8(length >> 8)
    return [isLast ? 1 : 0, low, high, ~low, ~high] + bytes
  }

  /// A block that inflates to `count` times 258 bytes and one: a byte, then copies of it, in fixed
  /// codes (section 3.2.6).
  static func bomb(of byte: UInt8, times count: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.write(0b010, count: 3)
    // Literals up to 143 are 0x30 more, in 8 bits, the highest first.
    bits.writeReversed(UInt32(byte) + 0x30, count: 8)
    for _ in 0..<count {
      // Length 258 is code 285, distance 1 is code 0.
      bits.writeReversed(0b1100_0101, count: 8)
      bits.writeReversed(0, count: 5)
    }
    return bits.bytes
  }
}

private struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var used = 0

  mutating func write(_ value: UInt32, count: Int) {
    for place in 0..<count { append(value >> UInt32(place) & 1 == 1) }
  }

  mutating func writeReversed(_ value: UInt32, count: Int) {
    for place in (0..<count).reversed() { append(value >> UInt32(place) & 1 == 1) }
  }

  private mutating func append(_ bit: Bool) {
    if used % 8 == 0 { bytes.append(0) }
    if bit { bytes[bytes.count - 1] |= 1 << UInt8(used % 8) }
    used += 1
  }
}

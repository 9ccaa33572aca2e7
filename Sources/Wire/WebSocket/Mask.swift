/// Masking (RFC 6455 section 5.3): each byte XOR a byte of the key in turn; the same operation both
/// ways.
///
/// - Parameters:
///   - key: as on the wire, first byte lowest.
///   - phase: how many bytes of the payload came before.
func mask(_ bytes: UnsafeMutableRawBufferPointer, with key: UInt32, phase: Int) {
  let turned = key >> UInt32(8 * (phase & 3)) | key << UInt32((32 - 8 * (phase & 3)) & 31)
  let rotated = phase & 3 == 0 ? key : turned
  let wide = UInt64(rotated) << 32 | UInt64(rotated)
  var place = 0
  while place + 8 <= bytes.count {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    bytes.storeBytes(of: (word ^ wide).littleEndian, toByteOffset: place, as: UInt64.self)
    place += 8
  }
  while place < bytes.count {
    bytes[place] ^= UInt8(truncatingIfNeeded: rotated >> UInt32(8 * (place & 3)))
    place += 1
  }
}

/// Compresses messages for permessage-deflate (RFC 7692 section 7.2.1).
struct MessageDeflater: ~Copyable, Sendable {
  private var deflater: Deflater
  private let keepsContext: Bool

  /// Nil for a window of 8 bits, which zlib cannot keep to: then messages go uncompressed.
  init?(windowBits: Int, keepsContext: Bool) {
    guard windowBits >= 9 else { return nil }
    deflater = Deflater(windowBits: windowBits)
    self.keepsContext = keepsContext
  }

  /// A message compressed; nil where there is no memory for it.
  mutating func compress(_ message: UnsafeRawBufferPointer) -> [UInt8]? {
    // A flush without anything to flush writes nothing at all.
    guard !message.isEmpty else { return [0x00] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(message.count / 2 + 16)
    guard deflater.flush(message, to: &bytes), bytes.count >= 4 else { return nil }
    bytes.removeLast(4)
    if !keepsContext { deflater.restart() }
    return bytes
  }
}

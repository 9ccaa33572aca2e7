import CZlib

/// A raw DEFLATE encoder (RFC 1951): one zlib stream, owned by whoever owns this value.
///
/// Its memory is zlib's: 4 times the window and 128 KiB, so up to 256 KiB.
// Sendable by ownership: the stream is reachable through this one value, which cannot be copied.
struct Deflater: ~Copyable, @unchecked Sendable {
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool
  private static let level: Int32 = 6
  private static let memoryLevel: Int32 = 8

  /// An encoder whose window has 2 to the power of `windowBits` bytes, 9 to 15: zlib has no raw
  /// encoder for 8.
  init(windowBits: Int) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let bits = Int32(min(max(windowBits, 9), 15))
    isReady = czlib_deflate_init(stream, Self.level, -bits, Self.memoryLevel) == Z_OK
  }

  deinit {
    if isReady { deflateEnd(stream) }
    stream.deallocate()
  }

  /// Appends `input` compressed and flushed to a byte boundary, so that all of it can be read back;
  /// false where there is no memory.
  mutating func flush(_ input: UnsafeRawBufferPointer, to bytes: inout [UInt8]) -> Bool {
    guard isReady, input.count <= Int(UInt32.max) else { return false }
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    return withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { scratch in
      repeat {
        stream.pointee.next_out = scratch.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(scratch.count)
        guard deflate(stream, Z_SYNC_FLUSH) != Z_STREAM_ERROR else { return false }
        bytes.append(contentsOf: scratch[..<(scratch.count - Int(stream.pointee.avail_out))])
      } while stream.pointee.avail_out == 0
      return true
    }
  }

  /// Forgets what was compressed so far.
  mutating func restart() {
    if isReady { deflateReset(stream) }
  }
}

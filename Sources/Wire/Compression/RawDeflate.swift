import CZlib

/// Whole byte strings as raw DEFLATE (RFC 1951) and back.
package enum RawDeflate {
  /// Compresses quickly rather than tightly; nil where there is no memory.
  package static func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard czlib_deflate_init(&stream, 1, -15, 8) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.count)))
    guard bytes.count <= Int(UInt32.max), bound <= Int(UInt32.max) else { return nil }
    var isWhole = false
    let output = bytes.withUnsafeBytes { input in
      [UInt8](unsafeUninitializedCapacity: bound) { room, count in
        stream.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(input.count)
        stream.next_out = room.baseAddress
        stream.avail_out = UInt32(bound)
        isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = bound - Int(stream.avail_out)
      }
    }
    return isWhole ? output : nil
  }

  /// Inflates what must come to exactly `size` bytes; nil where it does not.
  package static func inflated(_ bytes: [UInt8], size: Int) -> [UInt8]? {
    // DEFLATE makes at most 1,032 bytes of one: no memory is taken on a stranger's word.
    guard size >= 0, size <= (bytes.count &+ 1) &* 1_032 else { return nil }
    var inflater = Inflater(.raw(windowBits: 15))
    var isWhole = false
    let output = bytes.withUnsafeBytes { input in
      // One byte more than expected, so that what is longer shows.
      [UInt8](unsafeUninitializedCapacity: size + 1) { room, count in
        let step = inflater.inflate(input, into: UnsafeMutableRawBufferPointer(room))
        count = step.produced
        isWhole =
          step.status == .ended && step.produced == size && step.consumed == input.count
      }
    }
    return isWhole ? output : nil
  }
}

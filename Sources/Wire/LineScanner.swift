#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Finds line ends in one chunk with `memchr`, the fastest scan there is.
///
/// The next CR is remembered, so that a chunk without any is searched for it once, not once a line.
package struct LineScanner {
  let end: UnsafePointer<UInt8>
  private var carriageReturn: UnsafePointer<UInt8>

  /// A scanner of a chunk from its start.
  @inline(__always)
  package init(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    self.end = end
    carriageReturn = firstByte(0x0D, from: start, to: end) ?? end
  }

  /// The first CR or LF from `place` on, or nil where the chunk ends before one.
  @inline(__always)
  package mutating func lineEnd(from place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    if carriageReturn < place { carriageReturn = firstByte(0x0D, from: place, to: end) ?? end }
    if place < end, place[0] == 0x0A { return place }
    if let lineFeed = firstByte(0x0A, from: place, to: carriageReturn) { return lineFeed }
    return carriageReturn < end ? carriageReturn : nil
  }
}

/// The first place of `byte` in a range of memory, or nil.
@inline(__always)
package func firstByte(
  _ byte: UInt8, from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>
) -> UnsafePointer<UInt8>? {
  guard start < end, let found = memchr(start, Int32(byte), end - start) else { return nil }
  return UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
}

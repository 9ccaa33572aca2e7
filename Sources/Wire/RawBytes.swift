#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension UnsafeRawBufferPointer {
  /// Whether both hold the same bytes.
  @inline(__always)
  func isSame(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let mine = baseAddress, let others = other.baseAddress else { return count == 0 }
    return memcmp(mine, others, count) == 0
  }

  /// The bytes of a literal.
  @inline(__always)
  init(_ word: StaticString) {
    self.init(start: word.utf8Start, count: word.utf8CodeUnitCount)
  }
}

extension [UInt8] {
  /// Hands over the bytes; unlike `withUnsafeBytes` it keeps the type of what `body` throws.
  @inline(__always)
  func withRawBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { (typed) throws(Failure) in
      try body(UnsafeRawBufferPointer(typed))
    }
  }
}

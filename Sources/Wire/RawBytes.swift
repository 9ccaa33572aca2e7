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

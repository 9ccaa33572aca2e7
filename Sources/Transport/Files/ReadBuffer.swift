import Glibc

/// The memory reads go into: 256 KiB, the most that is handed on at once.
final class ReadBuffer {
  private let memory = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 256 << 10, alignment: 16)

  deinit { memory.deallocate() }

  /// What a read gave.
  enum Outcome {
    case bytes([UInt8])
    case end
    /// Nothing now; it may be tried again.
    case nothing
    case failed(Int32)
  }

  /// Reads what is there, at an offset of a file or, without one, from a stream.
  func read(_ descriptor: Int32, at offset: Int? = nil) -> Outcome {
    let count =
      offset.map { pread(descriptor, memory.baseAddress, memory.count, $0) }
      ?? Glibc.read(descriptor, memory.baseAddress, memory.count)
    if count > 0 { return .bytes([UInt8](memory[..<count])) }
    if count == 0 { return .end }
    return errno == EINTR || errno == EAGAIN ? .nothing : .failed(errno)
  }
}

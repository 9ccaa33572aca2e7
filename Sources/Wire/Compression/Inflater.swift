import CZlib

/// A DEFLATE decoder (RFC 1951, 1950, 1952): one zlib stream, owned by whoever owns this value.
///
/// Its memory is zlib's: at most 32 KiB of window and 10 KiB of tables, whatever the input.
// Sendable by ownership: the stream is reachable through this one value, which cannot be copied.
struct Inflater: ~Copyable, @unchecked Sendable {
  /// What surrounds the compressed data.
  enum Format {
    /// Nothing; the window has 2 to the power of `windowBits` bytes, 8 to 15.
    case raw(windowBits: Int)
    case zlib
    case gzip
  }

  /// How a step ended.
  enum Status: Equatable {
    /// The input is used up or the output is full.
    case open
    /// The compressed data ended; what is left of the input is not part of it.
    case ended
    /// The input is no such data, and why.
    case damaged(String)
  }

  /// What a step did.
  struct Step {
    let consumed: Int
    let produced: Int
    let status: Status
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init(_ format: Format) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let windowBits =
      switch format {
      case .raw(let bits): -Int32(min(max(bits, 8), 15))
      case .zlib: Int32(15)
      case .gzip: Int32(15 + 16)
      }
    isReady = czlib_inflate_init(stream, windowBits) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deallocate()
  }

  /// Inflates as much of `input` as fits into `output`.
  mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Step {
    guard isReady else { return damaged("no memory to inflate with") }
    let inputCount = min(input.count, 1 << 30)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(inputCount)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(min(output.count, 1 << 30))
    let outputCount = Int(stream.pointee.avail_out)
    let code = CZlib.inflate(stream, Z_SYNC_FLUSH)
    let status: Status
    switch code {
    case Z_OK, Z_BUF_ERROR: status = .open
    case Z_STREAM_END: status = .ended
    case Z_NEED_DICT: status = .damaged("it needs a dictionary we do not have")
    case Z_MEM_ERROR: status = .damaged("no memory to inflate with")
    default:
      status = .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "unknown damage")
    }
    return Step(
      consumed: inputCount - Int(stream.pointee.avail_in),
      produced: outputCount - Int(stream.pointee.avail_out), status: status)
  }

  /// Begins a new stream; its window is empty unless it is kept.
  mutating func restart(keepingWindow: Bool) {
    guard isReady else { return }
    _ = keepingWindow ? inflateResetKeep(stream) : inflateReset(stream)
  }

  private func damaged(_ reason: String) -> Step {
    Step(consumed: 0, produced: 0, status: .damaged(reason))
  }
}

/// Decodes a content coding (RFC 9110 section 8.4) of a body that comes in chunks.
///
/// Give it a chunk, then take slices until there is none: a slice has at most 64 KiB, so that a
/// small body that inflates to gigabytes never grows memory, and its reader can stop at its bound.
package struct ContentInflater: ~Copyable, Sendable {
  /// Most bytes in a slice.
  package static let maximumSlice = 64 << 10

  /// Why a body cannot be read.
  package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// One line that says what is wrong.
    package let description: String
  }

  private enum Format {
    case gzip
    /// By the standard zlib's format; some servers send raw DEFLATE under the same name.
    case deflate
  }

  private enum Phase {
    case start
    case inside
    /// A whole stream was read; another may follow it (RFC 1952 section 2.2).
    case betweenMembers
  }

  private let format: Format
  private var inflater: Inflater?
  private var phase = Phase.start
  private var input: [UInt8] = []
  private var offset = 0

  /// A decoder for a value of `Content-Encoding`; nil where it is none of gzip, x-gzip and deflate.
  package init?(coding: String) {
    switch coding.lowercased() {
    case "gzip", "x-gzip": format = .gzip
    case "deflate": format = .deflate
    default: return nil
    }
  }

  /// Takes the next chunk of the body. Take all slices of one chunk before giving another: what is
  /// not taken is kept.
  package mutating func receive(_ chunk: [UInt8]) {
    if offset == input.count {
      input = chunk
    } else {
      input.removeFirst(offset)
      input.append(contentsOf: chunk)
    }
    offset = 0
  }

  /// The next inflated bytes, at most 64 KiB; nil when another chunk is needed.
  package mutating func next() throws(Failure) -> [UInt8]? {
    while prepare() {
      let (bytes, step) = inflate()
      offset += step.consumed
      switch step.status {
      case .damaged(let reason): throw Failure(description: "the compressed body is bad: \(reason)")
      case .ended: phase = .betweenMembers
      case .open: break
      }
      if !bytes.isEmpty { return bytes }
      if step.consumed == 0, step.status == .open { return nil }
    }
    return nil
  }

  /// Call at the end of the body: throws where it was cut off.
  package func finish() throws(Failure) {
    switch phase {
    case .betweenMembers where offset == input.count: return
    case .start where offset == input.count: return
    case .start, .inside, .betweenMembers:
      throw Failure(description: "the compressed body is cut off")
    }
  }

  /// Gets a stream ready for what is to be read; false where more bytes are needed for that.
  private mutating func prepare() -> Bool {
    switch phase {
    case .inside: return true
    case .betweenMembers:
      guard offset < input.count else { return false }
      inflater?.restart(keepingWindow: false)
    case .start:
      let least = format == .gzip ? 1 : 2
      guard input.count - offset >= least else { return false }
      inflater = Inflater(detectedFormat)
    }
    phase = .inside
    return true
  }

  private var detectedFormat: Inflater.Format {
    guard format == .deflate else { return .gzip }
    let first = Int(input[offset])
    let header = first << 8 | Int(input[offset + 1])
    return first & 0x0F == 8 && header % 31 == 0 ? .zlib : .raw(windowBits: 15)
  }

  private mutating func inflate() -> (bytes: [UInt8], step: Inflater.Step) {
    let chunk = input
    var last = Inflater.Step(consumed: 0, produced: 0, status: .open)
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.maximumSlice) { output, count in
      chunk.withUnsafeBytes { raw in
        let rest = UnsafeRawBufferPointer(rebasing: raw[offset...])
        last = inflater?.inflate(rest, into: UnsafeMutableRawBufferPointer(output)) ?? last
      }
      count = last.produced
    }
    return (bytes, last)
  }
}

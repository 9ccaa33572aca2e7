/// Inflates messages of permessage-deflate (RFC 7692 section 7.2.2) as their bytes come.
struct MessageInflater: ~Copyable, @unchecked Sendable {
  private var inflater: Inflater
  private let keepsContext: Bool
  // Sendable by ownership: reachable through this one value, which cannot be copied.
  private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)

  /// The empty stored block that a sender leaves out at the end of each message.
  private static let tail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

  /// - Parameters:
  ///   - windowBits: the sender's window. A sender that agreed to 8 is given 9, since zlib's
  ///     encoder of that name uses 9.
  ///   - keepsContext: whether messages refer to earlier ones.
  init(windowBits: Int, keepsContext: Bool) {
    inflater = Inflater(.raw(windowBits: max(windowBits, 9)))
    self.keepsContext = keepsContext
  }

  deinit { scratch.deallocate() }

  /// Inflates the next part of a message and hands over what comes out, piece by piece, until a
  /// piece is not taken. Returns what is wrong with the data, nil where nothing is.
  mutating func inflate(
    _ bytes: UnsafeRawBufferPointer, _ each: (UnsafeRawBufferPointer) -> Bool
  ) -> String? {
    var rest = bytes
    while true {
      let step = inflater.inflate(rest, into: scratch)
      rest = UnsafeRawBufferPointer(rebasing: rest[step.consumed...])
      if step.produced > 0 {
        guard each(UnsafeRawBufferPointer(rebasing: scratch[..<step.produced])) else { return nil }
      }
      switch step.status {
      case .damaged(let reason): return reason
      // A final block may end inside a message (section 7.2.3.4).
      case .ended: inflater.restart(keepingWindow: true)
      case .open where step.consumed == 0 && step.produced == 0: return nil
      case .open: break
      }
      if rest.isEmpty, step.produced < scratch.count { return nil }
    }
  }

  /// Ends a message.
  mutating func finish(_ each: (UnsafeRawBufferPointer) -> Bool) -> String? {
    let fault = Self.tail.withUnsafeBytes { inflate($0, each) }
    if !keepsContext { inflater.restart(keepingWindow: false) }
    return fault
  }
}

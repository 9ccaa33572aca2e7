/// A stream of bytes that is redacted part by part: the blocks of an event stream, or lines. What has
/// come of a part is held back until the rest has, for a secret may go on in the next piece. So each
/// part is whole with the same piece as without.
struct HeldParts: Sendable {
  /// The most that is held back: what decoders take for one event, and its other lines.
  static let bound = 16 << 20 + 64 << 10

  private var ends: PartEnds
  private var held: [UInt8] = []
  /// Whether no part has ended yet.
  private var isFirst = true
  /// Beyond the bound: up to its end the part is not passed on, but for its length.
  private var isTooLong = false
  private let bound: Int

  init(_ ends: PartEnds, bound: Int = HeldParts.bound) {
    self.ends = ends
    self.bound = bound
  }

  /// Takes a piece and gives back what is whole with it; empty where nothing is.
  mutating func receive(_ bytes: [UInt8], _ finder: SecretFinder) -> [UInt8] {
    var output: [UInt8] = []
    // What lies between `passed` and `start` is whole and unchanged, and not in the output yet.
    var passed = 0, start = 0
    bytes.withUnsafeBytes { raw in
      var ends = ends
      let isBlocks = ends.isBlocks
      ends.find(in: raw) { end in
        let part = UnsafeRawBufferPointer(rebasing: raw[start..<end])
        if held.isEmpty, !isTooLong {
          if let redacted = redacted(part, isBlocks, finder) {
            output.append(contentsOf: raw[passed..<start])
            output.append(contentsOf: redacted)
            passed = end
          }
        } else {
          output.append(contentsOf: takeEnd(part, finder))
          passed = end
        }
        start = end
        isFirst = false
      }
      self.ends = ends
      if passed > 0 || start < raw.count { output.append(contentsOf: raw[passed..<start]) }
      if start < raw.count {
        let rest = UnsafeRawBufferPointer(rebasing: raw[start...])
        output.append(contentsOf: hold(rest, finder))
      }
    }
    return passed == 0 && start == bytes.count ? bytes : output
  }

  /// Gives back what is held, and begins anew.
  mutating func finish(_ finder: SecretFinder) -> [UInt8] {
    defer { self = HeldParts(ends.restarted, bound: bound) }
    return redactedHeld(finder)
  }

  private mutating func takeEnd(
    _ part: UnsafeRawBufferPointer, _ finder: SecretFinder
  ) -> [UInt8] {
    guard !isTooLong else {
      isTooLong = false
      return Self.blanked(part)
    }
    held.append(contentsOf: part)
    defer { held = [] }
    return redactedHeld(finder)
  }

  private mutating func hold(
    _ rest: UnsafeRawBufferPointer, _ finder: SecretFinder
  ) -> [UInt8] {
    guard !isTooLong else { return Self.blanked(rest) }
    held.append(contentsOf: rest)
    guard held.count > bound else { return [] }
    isTooLong = true
    defer { held = [] }
    return redactedHeld(finder)
  }

  private func redactedHeld(_ finder: SecretFinder) -> [UInt8] {
    held.withUnsafeBytes { redacted($0, ends.isBlocks, finder) } ?? held
  }

  private func redacted(
    _ part: UnsafeRawBufferPointer, _ isBlock: Bool, _ finder: SecretFinder
  ) -> [UInt8]? {
    if isBlock { return finder.redacted(block: part, isFirst: isFirst) }
    // The end of a line is no part of a secret that has no end of its own.
    guard part.last == 0x0A else { return finder.redacted(part) }
    return finder.redacted(UnsafeRawBufferPointer(rebasing: part.dropLast())).map { $0 + [0x0A] }
  }

  /// As many bytes with the same line ends that tell nothing.
  private static func blanked(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    bytes.map { $0 == 0x0A || $0 == 0x0D ? $0 : UInt8(ascii: "x") }
  }
}

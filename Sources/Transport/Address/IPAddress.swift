/// An IPv4 or IPv6 address, as bytes in network order. Pure: nothing is looked up.
struct IPAddress: Hashable, Sendable {
  /// 4 or 16 of them.
  let bytes: [UInt8]

  /// Reads dotted decimal (RFC 6943 section 3.1.1, strictly four numbers) or an IPv6 address
  /// (RFC 4291 section 2.2), without brackets and zone.
  init?(_ text: some StringProtocol) {
    guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else {
      return nil
    }
    self.bytes = bytes
  }

  /// Whether the first `length` bits are those of `network`.
  func isIn(_ network: IPAddress, prefixLength length: Int) -> Bool {
    guard bytes.count == network.bytes.count else { return false }
    return zip(bytes, network.bytes).enumerated().allSatisfy { index, pair in
      let bits = min(max(length - 8 * index, 0), 8)
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      return (pair.0 ^ pair.1) & mask == 0
    }
  }

  private static func version4(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } && part.utf8.count <= 3
        ? UInt8(part) : nil
    }
    return numbers.count == 4 ? numbers : nil
  }

  private static func version6(_ text: some StringProtocol) -> [UInt8]? {
    let gap = text.firstRange(of: "::")
    guard let gap else { return groups(text, isLast: true).flatMap { $0.count == 16 ? $0 : nil } }
    guard let head = groups(text[..<gap.lowerBound], isLast: false),
      let tail = groups(text[gap.upperBound...], isLast: true),
      head.count + tail.count <= 14
    else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// Groups between colons; the last of an address may be dotted decimal.
  private static func groups(_ text: some StringProtocol, isLast: Bool) -> [UInt8]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 8 else { return nil }
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if isLast, index == parts.count - 1, part.contains(".") {
        guard let last = version4(part) else { return nil }
        return bytes + last
      }
      guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal),
        let group = UInt16(part, radix: 16)
      else { return nil }
      bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
    }
    return bytes
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}

/// Signs that have a mirror image, as text from right to left shows them (UAX #9 rule L4).
enum Brackets {
  private static let pairs: [(UInt32, UInt32)] = [
    (0x28, 0x29), (0x5B, 0x5D), (0x7B, 0x7D), (0x0F3A, 0x0F3B), (0x0F3C, 0x0F3D),
    (0x2045, 0x2046), (0x207D, 0x207E), (0x208D, 0x208E), (0x2329, 0x232A), (0x2768, 0x2769),
    (0x27E6, 0x27E7), (0x27E8, 0x27E9), (0x27EA, 0x27EB), (0x3008, 0x3009), (0x300A, 0x300B),
    (0x300C, 0x300D), (0x300E, 0x300F), (0x3010, 0x3011), (0x3014, 0x3015), (0xFF08, 0xFF09),
    (0xFF3B, 0xFF3D), (0xFF5B, 0xFF5D),
  ]
  /// Mirrored without being brackets.
  private static let others: [(UInt32, UInt32)] = [
    (0x3C, 0x3E), (0xAB, 0xBB), (0x2039, 0x203A), (0x2264, 0x2265), (0x226A, 0x226B),
  ]
  private static let closings = Dictionary(
    pairs.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
  private static let images = Dictionary(
    (pairs + others).flatMap { [($0.0, $0.1), ($0.1, $0.0)] },
    uniquingKeysWith: { first, _ in first })

  /// The bracket that closes an opening one; nil for anything else.
  static func closing(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    closings[scalar.value].flatMap(Unicode.Scalar.init)
  }

  /// The mirror image of a sign; nil when it has none.
  static func image(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    images[scalar.value].flatMap(Unicode.Scalar.init)
  }
}

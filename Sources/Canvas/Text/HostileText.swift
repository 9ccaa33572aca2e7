/// Characters that would steer a terminal, or reorder the text around them, instead of being shown.
///
/// A grid never holds one: data is shown, never obeyed. C0 becomes its Control Picture; DEL, C1,
/// the bidirectional controls and the line and paragraph separators become U+FFFD.
enum HostileText {
  static let replacement: Unicode.Scalar = "\u{FFFD}"

  static func isHostile(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// What is drawn in place of `scalar`.
  static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard isHostile(scalar.value) else { return scalar }
    guard scalar.value < 0x20 else { return replacement }
    return Unicode.Scalar(0x2400 + scalar.value) ?? replacement
  }
}

/// Characters that would steer a terminal, or reorder the text around them, instead of being shown.
///
/// A grid never holds one: data is shown, never obeyed. C0 becomes its Control Picture; DEL, C1,
/// the bidirectional controls and the line and paragraph separators become U+FFFD.
package enum HostileText {
  static let replacement: Unicode.Scalar = "\u{FFFD}"

  static func isHostile(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Text for a line of a terminal outside a grid: each hostile character is written as JSON does,
  /// `\u001b`, so that inside JSON it still means the same. Line feeds stay where asked for.
  package static func escaped(_ text: String, keepsLineFeeds: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: { isHostile($0.value) }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isHostile(scalar.value), scalar != "\n" || !keepsLineFeeds else {
        shown.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16)
      let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
      shown.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
    }
    return String(shown)
  }

  /// What is drawn in place of `scalar`.
  static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard isHostile(scalar.value) else { return scalar }
    guard scalar.value < 0x20 else { return replacement }
    return Unicode.Scalar(0x2400 + scalar.value) ?? replacement
  }
}

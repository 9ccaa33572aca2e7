/// Braille patterns as columns of dots: U+2800 plus a bit for each dot.
enum Braille {
  /// The bits of the left column with its lowest `count` dots set.
  static func left(_ count: Int) -> UInt32 {
    [0, 0x40, 0x44, 0x46, 0x47][min(4, max(0, count))]
  }

  /// The bits of the right column with its lowest `count` dots set.
  static func right(_ count: Int) -> UInt32 {
    [0, 0x80, 0xA0, 0xB0, 0xB8][min(4, max(0, count))]
  }

  /// The pattern of these dots; a space for none, which fonts without braille can show.
  static func glyph(_ dots: UInt32) -> Character {
    guard dots & 0xFF != 0, let scalar = Unicode.Scalar(0x2800 + (dots & 0xFF)) else { return " " }
    return Character(scalar)
  }
}

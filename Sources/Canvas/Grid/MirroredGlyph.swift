/// What a glyph of a frame, graph or mark becomes on a grid whose lines begin at the right.
package enum MirroredGlyph {
  private static let pairs: [(Character, Character)] = [
    ("┌", "┐"), ("└", "┘"), ("├", "┤"), ("╭", "╮"), ("╰", "╯"), ("┏", "┓"), ("┗", "┛"), ("┣", "┫"),
    ("╱", "╲"), ("▌", "▐"), ("▏", "▕"), ("▖", "▗"), ("▘", "▝"), ("▙", "▟"), ("▛", "▜"), ("▚", "▞"),
    ("◀", "▶"), ("◂", "▸"), ("◁", "▷"), ("←", "→"), ("«", "»"), ("‹", "›"), ("<", ">"), ("(", ")"),
    ("[", "]"), ("{", "}"), ("╶", "╴"), ("❮", "❯"), ("⟨", "⟩"),
  ]
  private static let images = Dictionary(
    pairs.flatMap { [($0.0, $0.1), ($0.1, $0.0)] }, uniquingKeysWith: { first, _ in first })

  /// The mirror image of a glyph; the glyph itself where it has none.
  package static func of(_ glyph: Character) -> Character {
    if let image = images[glyph] { return image }
    guard let scalar = glyph.unicodeScalars.first, (0x2800..<0x2900).contains(scalar.value) else {
      return glyph
    }
    return braille(scalar.value - 0x2800)
  }

  /// The dots of the left column and those of the right one change places.
  private static func braille(_ dots: UInt32) -> Character {
    let left = (dots & 0x07) << 3 | (dots & 0x40) << 1
    let right = (dots & 0x38) >> 3 | (dots & 0x80) >> 1
    return Unicode.Scalar(0x2800 + (left | right)).map(Character.init) ?? "\u{2800}"
  }
}

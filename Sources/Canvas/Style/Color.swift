/// A colour of a cell's glyph or background.
package enum Color: Hashable, Sendable {
  /// Whatever the terminal uses when nothing is said.
  case terminalDefault
  /// An entry of the terminal's palette; 0–15 are the ANSI colours, 16–255 the xterm cube and greys.
  case indexed(UInt8)
  /// Red, green, blue in sRGB.
  case rgb(UInt8, UInt8, UInt8)
}

// The form a cell stores: a tag in the top byte, so that equal colours are equal words.
extension Color {
  var packed: UInt32 {
    switch self {
    case .terminalDefault: 0
    case .indexed(let index): 0x0100_0000 | UInt32(index)
    case .rgb(let red, let green, let blue):
      0x0200_0000 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }
  }

  init(packed: UInt32) {
    switch packed >> 24 {
    case 1: self = .indexed(UInt8(truncatingIfNeeded: packed))
    case 2:
      self = .rgb(
        UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 8),
        UInt8(truncatingIfNeeded: packed))
    default: self = .terminalDefault
    }
  }
}

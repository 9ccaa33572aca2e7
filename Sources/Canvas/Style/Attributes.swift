/// What a terminal can do to a glyph besides colouring it.
package struct Attributes: OptionSet, Hashable, Sendable {
  /// A bit for each attribute.
  package let rawValue: UInt8

  /// The attributes with these bits; bits of none are kept but never shown.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier strokes.
  package static let bold = Attributes(rawValue: 1)
  /// Fainter than the glyph colour.
  package static let dim = Attributes(rawValue: 2)
  /// Slanted.
  package static let italic = Attributes(rawValue: 4)
  /// A line below, also below blanks.
  package static let underline = Attributes(rawValue: 8)
  /// Glyph and background colours swapped.
  package static let reverse = Attributes(rawValue: 16)
  /// A line through the middle, also through blanks.
  package static let strikethrough = Attributes(rawValue: 32)

  /// Those that show even where the glyph is a blank.
  static let visibleOnBlanks: Attributes = [.underline, .reverse, .strikethrough]

  /// Every attribute with its name, in the order goldens list them.
  static let named: [(attribute: Attributes, name: String)] = [
    (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
    (.reverse, "reverse"), (.strikethrough, "strikethrough"),
  ]
}

/// One cell of a grid, unpacked for reading.
package struct Cell: Hashable, Sendable {
  /// One grapheme cluster; empty for the second column of a wide one.
  package var glyph: String
  /// 1 or 2 columns, or 0 for the second column of a wide glyph.
  package var width: Int
  /// How the glyph looks.
  package var style: Style

  /// A cell to compare with what a grid holds.
  package init(glyph: String, width: Int, style: Style) {
    self.glyph = glyph
    self.width = width
    self.style = style
  }
}

/// A grid as text: a line a row, without styles and trailing blanks.
package enum PlainText {
  /// A line feed ends each row, the last one too.
  package static func render(_ grid: Grid) -> String {
    var text = ""
    for y in 0..<grid.size.height {
      let row = grid.row(y)
      let end = row.lastIndex { !$0.isBlank } ?? row.startIndex - 1
      for cell in row[..<(end + 1)] { grid.appendGlyph(of: cell, to: &text) }
      text += "\n"
    }
    return text
  }
}

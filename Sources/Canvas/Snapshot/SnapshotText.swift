/// The golden form of a grid, made to be read and compared line by line:
///
///     podium-snapshot 1 6x1
///     glyphs
///     │ok    │
///     styles
///     │aa....│
///     legend
///     a fg=2 bold
///
/// Rows stand between bars so that trailing blanks show. `styles` has a letter a column; letters
/// are given in order of first appearance. Where two neighbouring glyphs would join into one
/// cluster, a ZERO WIDTH SPACE keeps them apart.
package enum SnapshotText {
  static let magic = "podium-snapshot 1 "
  static let bar: Character = "│"

  /// Writes `grid`; equal grids give equal text.
  package static func render(_ grid: Grid) -> String {
    var legend = StyleLegend()
    var text = "\(magic)\(grid.size.width)x\(grid.size.height)\nglyphs\n"
    for y in 0..<grid.size.height {
      text += glyphRow(grid, y)
      text += "\n"
    }
    text += "styles\n"
    for y in 0..<grid.size.height {
      text.append(bar)
      for cell in grid.row(y) { text.unicodeScalars.append(legend.letter(for: cell.style)) }
      text += "\(bar)\n"
    }
    text += "legend\n"
    for entry in legend.entries { text += "\(entry.letter) \(StyleWords.text(entry.style))\n" }
    return text
  }

  static func glyphRow(_ grid: Grid, _ y: Int) -> String {
    var text = String(bar)
    var previous = text
    for cell in grid.row(y) where !cell.isContinuation {
      let glyph = grid.glyph(of: cell)
      appendApart(glyph, after: previous, simple: SimpleScalars.contains(cell.glyph), to: &text)
      previous = glyph
    }
    appendApart(String(bar), after: previous, simple: false, to: &text)
    return text
  }

  private static func appendApart(
    _ glyph: String, after previous: String, simple: Bool, to text: inout String
  ) {
    let mayJoin =
      !simple || previous.unicodeScalars.contains { !SimpleScalars.contains($0.value) }
    if mayJoin, (previous + glyph).count < 2 { text += "\u{200B}" }
    text += glyph
  }
}

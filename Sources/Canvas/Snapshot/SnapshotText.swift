/// The golden form of a grid, made to be read and compared line by line:
///
///     podium-snapshot 2 6x1
///     case lamp.6x1
///     glyphs
///     │ok    │
///     styles
///     │CC....│
///     legend
///     C fg=2 bold
///     end
///
/// Rows stand between bars so that trailing blanks show. `styles` has a letter a column; a style
/// has the same letter in most files (`StyleLegend`), so that a new one changes few lines. The last
/// line tells a whole file from one that was cut off. Where two neighbouring glyphs would join into
/// one cluster, a ZERO WIDTH SPACE keeps them apart. Version 1 had no `case` and no `end`, and is
/// still read.
package enum SnapshotText {
  static let magic = beginning
  /// What every golden begins with, whatever its version.
  package static let beginning = "podium-snapshot "
  static let newestVersion = 2
  static let caseWord = "case "
  static let bar: Character = "│"

  /// Writes a golden; equal ones give equal text. Of the name, what is no printable character is
  /// escaped.
  package static func render(_ golden: Golden) -> String {
    let grid = golden.grid
    let legend = StyleLegend(of: grid)
    var text = "\(magic)\(newestVersion) \(grid.size.width)x\(grid.size.height)\n"
    text += "\(caseWord)\(HostileText.escaped(golden.name))\nglyphs\n"
    for y in 0..<grid.size.height {
      text += glyphRow(grid, y)
      text += "\n"
    }
    text += "styles\n"
    for y in 0..<grid.size.height {
      text.append(bar)
      for cell in grid.row(y) { text.unicodeScalars.append(legend.letter(of: cell.style)) }
      text += "\(bar)\n"
    }
    text += "legend\n"
    for entry in legend.entries { text += "\(entry.letter) \(entry.words)\n" }
    return text + "end\n"
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

/// A grid as a self-contained SVG picture. Text runs have explicit positions and lengths, so that
/// columns line up in any monospaced font; frames, blocks and braille are shapes.
package enum SVGImage {
  /// `cell` is the size of a cell in pixels; `title` is read by screen readers.
  package static func render(
    _ grid: Grid, colors: ExportColors = .dark, cell: Size = Size(width: 9, height: 18),
    title: String = ""
  ) -> String {
    let cell = bounded(cell)
    var svg = head(of: grid.size, colors: colors, cell: cell, title: title)
    for y in 0..<grid.size.height {
      var row = SVGRow(grid: grid, y: y, colors: colors, cell: cell)
      row.draw()
      svg += row.markup
    }
    return svg + "</svg>\n"
  }

  /// A cell size that leaves room for shapes and does not run over.
  static func bounded(_ cell: Size) -> Size {
    Size(width: min(max(4, cell.width), 256), height: min(max(8, cell.height), 256))
  }

  /// What comes before the rows.
  static func head(of size: Size, colors: ExportColors, cell: Size, title: String) -> String {
    let (width, height) = (size.width * cell.width, size.height * cell.height)
    var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\""
    svg += " viewBox=\"0 0 \(width) \(height)\" role=\"img\">\n"
    if !title.isEmpty { svg += "<title>\(Markup.escaped(title))</title>\n" }
    // Most monospaced fonts advance 0.6 em, so the given lengths hardly stretch a glyph.
    let size = Double(cell.width * 10) / 6
    svg += "<style>text{font-family:ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,"
    svg += "\"Liberation Mono\",monospace;font-size:\(size)px;white-space:pre}</style>\n"
    svg += "<rect width=\"100%\" height=\"100%\""
    svg += " fill=\"\(ExportColors.hex(colors.background))\"/>\n"
    return svg
  }
}

/// Rows of grids as HTML: text in spans, a class for each style that occurs.
struct HTMLRows {
  private let colors: ExportColors
  private var classes: [Style: Int] = [:]
  /// The CSS rules of the styles so far.
  private(set) var rules: String

  /// No rows yet. Rows are a whole number of pixels high, about as high as monospaced fonts draw
  /// backgrounds: no seam shows between them, and nothing that hangs below a line is covered.
  init(colors: ExportColors) {
    self.colors = colors
    rules = """
      body{margin:0;background:\(ExportColors.hex(colors.background))}
      pre{margin:0;direction:ltr;unicode-bidi:bidi-override;\
      color:\(ExportColors.hex(colors.foreground));font-size:16px;line-height:19px;\
      font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace}
      b{display:inline-block;width:2ch;font-weight:inherit}

      """
  }

  /// The markup of a row, without a line end.
  mutating func markup(_ y: Int, of grid: Grid) -> String {
    var markup = ""
    var current = Style.default
    for cell in grid.row(y) where !cell.isContinuation {
      if cell.style != current {
        if current != .default { markup += "</span>" }
        current = cell.style
        if current != .default { markup += "<span class=\"s\(number(of: current))\">" }
      }
      markup += Self.markup(cell, in: grid)
    }
    return current == .default ? markup : markup + "</span>"
  }

  private mutating func number(of style: Style) -> Int {
    if let known = classes[style] { return known }
    let number = classes.count
    classes[style] = number
    rules += rule(number, style)
    return number
  }

  /// A wide glyph gets a box of two columns, as fonts differ in the advance of such glyphs.
  private static func markup(_ cell: PackedCell, in grid: Grid) -> String {
    let text = Markup.escaped(grid.glyph(of: cell))
    return cell.width == 2 ? "<b>\(text)</b>" : text
  }

  private func rule(_ number: Int, _ style: Style) -> String {
    let (front, back) = colors.painted(style)
    var rule = ".s\(number){color:\(ExportColors.hex(front))"
    if back != colors.background { rule += ";background:\(ExportColors.hex(back))" }
    if style.attributes.contains(.bold) { rule += ";font-weight:bold" }
    if style.attributes.contains(.italic) { rule += ";font-style:italic" }
    let lines = [
      style.attributes.contains(.underline) ? "underline" : nil,
      style.attributes.contains(.strikethrough) ? "line-through" : nil,
    ].compactMap { $0 }
    if !lines.isEmpty { rule += ";text-decoration:" + lines.joined(separator: " ") }
    return rule + "}\n"
  }
}

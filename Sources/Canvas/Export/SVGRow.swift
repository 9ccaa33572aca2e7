/// One row of the picture: backgrounds first, then shapes, text and lines over them.
struct SVGRow {
  private let grid: Grid
  private let y: Int
  private let colors: ExportColors
  private let cell: Size
  private let row: ArraySlice<PackedCell>
  /// Backgrounds, a line each, and what lies over them.
  private(set) var backgrounds = "", foreground = ""

  var markup: String { backgrounds + foreground }

  init(grid: Grid, y: Int, colors: ExportColors, cell: Size) {
    (self.grid, self.y, self.colors, self.cell) = (grid, y, colors, cell)
    row = grid.row(y)
  }

  private var top: Int { y * cell.height }

  mutating func draw() {
    for run in runs(where: { colors.painted($0.style).background }) { drawBackground(run) }
    for run in runs(where: \.style) {
      drawShapes(run)
      drawText(run)
      drawLines(run)
    }
  }

  /// Columns next to each other for which `key` is the same.
  private func runs<Key: Equatable>(where key: (PackedCell) -> Key) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for x in 0..<row.count {
      let isLast = x + 1 == row.count
      guard isLast || key(self[x]) != key(self[x + 1]) else { continue }
      runs.append(start..<x + 1)
      start = x + 1
    }
    return runs
  }

  private subscript(x: Int) -> PackedCell { row[row.startIndex + x] }

  private func rect(_ run: Range<Int>, top: Int, height: Int, fill: Color) -> String {
    "<rect x=\"\(run.lowerBound * cell.width)\" y=\"\(top)\" width=\"\(run.count * cell.width)\""
      + " height=\"\(height)\" fill=\"\(ExportColors.hex(fill))\"/>\n"
  }

  private mutating func drawBackground(_ run: Range<Int>) {
    let background = colors.painted(self[run.lowerBound].style).background
    guard background != colors.background else { return }
    backgrounds += rect(run, top: top, height: cell.height, fill: background)
  }

  /// Underline and strikethrough run on over blanks.
  private mutating func drawLines(_ run: Range<Int>) {
    let style = self[run.lowerBound].style
    let fill = colors.painted(style).foreground
    let thick = max(1, cell.height / 18)
    if style.attributes.contains(.underline) {
      foreground += rect(run, top: top + cell.height - 2 * thick, height: thick, fill: fill)
    }
    if style.attributes.contains(.strikethrough) {
      foreground += rect(run, top: top + cell.height / 2, height: thick, fill: fill)
    }
  }

  private mutating func drawShapes(_ run: Range<Int>) {
    var fills: [Double: String] = [:]
    var strokes = ""
    for x in run {
      let place = (x: x * cell.width, y: top)
      let shape = CellShape(glyph: self[x].glyph, x: place.x, y: place.y, cell: cell)
      guard let shape else { continue }
      if !shape.fills.isEmpty { fills[shape.opacity, default: ""] += shape.fills }
      strokes += shape.strokes
    }
    let (front, back) = colors.painted(self[run.lowerBound].style)
    for (opacity, data) in fills.sorted(by: { $0.key < $1.key }) {
      let fill = ExportColors.hex(back.blended(with: front, fraction: opacity))
      foreground += "<path fill=\"\(fill)\" shape-rendering=\"crispEdges\" d=\"\(data)\"/>\n"
    }
    guard !strokes.isEmpty else { return }
    foreground += "<path fill=\"none\" stroke=\"\(ExportColors.hex(front))\""
    foreground += " stroke-width=\"\(max(1, cell.width / 8))\" d=\"\(strokes)\"/>\n"
  }

  /// Text in pieces: a piece ends at blanks and shapes, and anything beyond ASCII is one by
  /// itself, because a fallback font may have another advance.
  private mutating func drawText(_ run: Range<Int>) {
    var start: Int?
    for x in run {
      let isWord = (0x21..<0x7F).contains(self[x].glyph)
      if isWord, start == nil { start = x }
      if !isWord, let begun = start {
        drawPiece(begun..<x)
        start = nil
      }
      if !isWord, isText(self[x]) { drawPiece(x..<x + max(1, Int(self[x].width))) }
    }
    if let start { drawPiece(start..<run.upperBound) }
  }

  private func isText(_ cell: PackedCell) -> Bool {
    !cell.isContinuation && !cell.isBlank
      && CellShape(glyph: cell.glyph, x: 0, y: 0, cell: self.cell) == nil
  }

  private mutating func drawPiece(_ columns: Range<Int>) {
    let style = self[columns.lowerBound].style
    var text = ""
    for x in columns { grid.appendGlyph(of: self[x], to: &text) }
    let baseline = top + cell.height - cell.height * 5 / 18
    foreground += "<text x=\"\(columns.lowerBound * cell.width)\" y=\"\(baseline)\""
    foreground += " textLength=\"\(columns.count * cell.width)\" lengthAdjust=\"spacingAndGlyphs\""
    foreground += " fill=\"\(ExportColors.hex(colors.painted(style).foreground))\""
    if style.attributes.contains(.bold) { foreground += " font-weight=\"bold\"" }
    if style.attributes.contains(.italic) { foreground += " font-style=\"italic\"" }
    foreground += ">\(Markup.escaped(text))</text>\n"
  }
}

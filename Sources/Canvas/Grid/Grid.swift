/// The cells of a screen, or of a part of one: everything is drawn into a grid, and encoders and
/// exporters read it.
///
/// Laws: a wide glyph always has its second column beside it, a lone half is never left; no cell
/// holds a character that would steer a terminal (`HostileText`). Coordinates outside are ignored
/// when writing and read as blanks.
///
/// On a grid whose lines begin at the right everything is drawn as on any other, from x = 0 on, and
/// stands mirrored: x counts from the right edge, frames and graphs turn around, and only text is
/// written in its own direction. What is read back, and every encoder, counts from the left.
package struct Grid: Sendable {
  /// Columns and rows; fixed for the life of a grid.
  package let size: Size
  /// The glyphs this grid may hold; drawing helpers choose theirs by it.
  package let charset: Charset
  /// The side at which lines begin; at the right, drawing is mirrored.
  package let direction: TextDirection
  /// Whether text is put in visual order and Arabic letters are joined (`BidiText`); false where
  /// the terminal does so itself.
  package let arrangesText: Bool
  var cells: [PackedCell]
  var clusters = ClusterTable()

  /// The most cells along one side; larger sizes are clamped.
  package static let maximumSide = 4096

  /// A grid of blanks.
  package init(
    size: Size, style: Style = .default, charset: Charset = .unicode,
    direction: TextDirection = .leftToRight, arrangesText: Bool = true
  ) {
    self.size = Size(
      width: min(size.width, Self.maximumSide), height: min(size.height, Self.maximumSide))
    self.charset = charset
    self.direction = direction
    self.arrangesText = arrangesText
    cells = Array(
      repeating: PackedCell(blank: style), count: self.size.width * self.size.height)
  }

  /// All cells.
  package var bounds: Rect { Rect(size: size) }

  /// The cell in column `x` of row `y`; a default blank outside.
  package func cell(_ x: Int, _ y: Int) -> Cell {
    guard bounds.contains(Point(x: x, y: y)) else {
      return Cell(glyph: " ", width: 1, style: .default)
    }
    let packed = cells[y * size.width + x]
    return Cell(glyph: glyph(of: packed), width: Int(packed.width), style: packed.style)
  }

  package subscript(x: Int, y: Int) -> Cell { cell(x, y) }

  /// The text of row `y`, blanks included; empty outside.
  package func rowText(_ y: Int) -> String {
    guard y >= 0, y < size.height else { return "" }
    var text = ""
    for cell in row(y) { appendGlyph(of: cell, to: &text) }
    return text
  }

  /// Where a rectangle as it is drawn lies, counted from the left.
  func placed(_ rect: Rect) -> Rect {
    guard direction == .rightToLeft else { return rect }
    return Rect(
      x: size.width &- rect.minX &- rect.width, y: rect.minY, width: rect.width,
      height: rect.height)
  }

  func row(_ y: Int) -> ArraySlice<PackedCell> {
    cells[y * size.width..<(y + 1) * size.width]
  }

  func glyph(of cell: PackedCell) -> String {
    var text = ""
    appendGlyph(of: cell, to: &text)
    return text
  }

  func appendGlyph(of cell: PackedCell, to text: inout String) {
    if cell.isContinuation { return }
    if cell.isCluster {
      text += clusters[cell.glyph]
    } else if let scalar = Unicode.Scalar(cell.glyph) {
      text.unicodeScalars.append(scalar)
    }
  }
}

extension Grid: Equatable {
  /// Equal when every cell shows the same glyph in the same style.
  package static func == (one: Grid, other: Grid) -> Bool {
    guard one.size == other.size else { return false }
    if one.clusters == other.clusters { return one.cells == other.cells }
    return one.cells == one.clusters.translated(other.cells, from: other.clusters)
  }
}

extension ClusterTable {
  /// `cells` of a grid with table `source`, with this table's numbers; clusters unknown here get a
  /// number that no cell of this table's grid has.
  func translated(_ cells: [PackedCell], from source: ClusterTable) -> [PackedCell] {
    var numbering = self
    let codes = source.clusters.map { numbering.intern($0) }
    return cells.map { cell in
      guard cell.isCluster else { return cell }
      var translated = cell
      translated.glyph = codes[Int(cell.glyph & ~PackedCell.clusterFlag)]
      return translated
    }
  }
}

// Filling, restyling and copying rectangles.
extension Grid {
  /// Sets every cell of `rect` to `glyph` (one column wide; anything else becomes a blank).
  package mutating func fill(_ rect: Rect, style: Style, glyph: Character = " ") {
    let area = placed(rect).intersection(bounds)
    if area == bounds { clusters.removeAll() }
    let shown = direction == .rightToLeft ? MirroredGlyph.of(glyph) : glyph
    let cell = packed(shown, style: style)
    for y in area.minY..<area.maxY where !area.isEmpty {
      open(Span(row: y, low: area.minX, high: area.maxX))
      let base = y * size.width
      for index in base + area.minX..<base + area.maxX { cells[index] = cell }
    }
  }

  /// Changes the style of every cell of `rect`, glyphs untouched. A wide glyph takes the style of
  /// its first column.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = placed(rect).intersection(bounds)
    for y in area.minY..<area.maxY where !area.isEmpty {
      for x in area.minX..<area.maxX { restyle(x: x, y: y, change) }
    }
  }

  private mutating func restyle(x: Int, y: Int, _ change: (inout Style) -> Void) {
    let index = y * size.width + x
    if cells[index].isContinuation {
      guard x > 0 else { return }
      // The first column may lie outside the rectangle; both halves keep one style.
      cells[index].style = cells[index - 1].style
      return
    }
    change(&cells[index].style)
    if cells[index].width == 2 { cells[index + 1].style = cells[index].style }
  }

  /// Copies the top left part of `source` that fits into `rect`, over what is there.
  package mutating func copy(from source: Grid, _ rect: Rect) {
    copy(from: source, part: source.bounds, to: rect)
  }

  /// Copies `part` of `source` to the top left of `rect`, cut where either ends. Wide glyphs cut
  /// in two become blanks. What is copied is not mirrored, only its place.
  package mutating func copy(from source: Grid, part: Rect, to rect: Rect) {
    let from = part.intersection(source.bounds)
    let whole = Rect(origin: rect.origin, size: from.size).intersection(rect)
    let target = placed(whole)
    let area = target.intersection(bounds)
    guard !area.isEmpty else { return }
    let dx = from.minX - target.minX
    let dy = from.minY - target.minY
    for y in area.minY..<area.maxY {
      open(Span(row: y, low: area.minX, high: area.maxX))
      for x in area.minX..<area.maxX {
        let cell = source.cells[(y + dy) * source.size.width + x + dx]
        cells[y * size.width + x] = adopted(cell, from: source)
      }
      mendEdges(row: y, from: area.minX, to: area.maxX)
    }
  }

  private mutating func adopted(_ cell: PackedCell, from source: Grid) -> PackedCell {
    guard cell.isCluster else { return cell }
    var adopted = cell
    adopted.glyph = intern(source.clusters[cell.glyph])
    return adopted
  }

  /// Blanks the halves of wide glyphs that a copy cut off at its first and last column.
  private mutating func mendEdges(row: Int, from low: Int, to high: Int) {
    let base = row * size.width
    if cells[base + low].isContinuation { cells[base + low] = cells[base + low].blanked }
    if cells[base + high - 1].width == 2 {
      cells[base + high - 1] = cells[base + high - 1].blanked
    }
  }

  /// A cell of one column that shows `glyph`, or a blank where it takes none or two.
  mutating func packed(_ glyph: Character, style: Style) -> PackedCell {
    var cell = PackedCell(blank: style)
    guard TextWidth.columns(of: glyph) == 1 else { return cell }
    let scalars = glyph.unicodeScalars
    let first = scalars[scalars.startIndex]
    let isSingle = scalars.index(after: scalars.startIndex) == scalars.endIndex
    cell.glyph =
      isSingle || charset == .ascii
      ? charset.drawn(first).value : intern(String(glyph))
    return cell
  }
}

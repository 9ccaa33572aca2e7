// Drawing the changed cells of a row, from left to right.
extension FrameEncoder {
  mutating func paint(_ row: Row, into out: inout [UInt8]) {
    var x = 0
    while x < row.width {
      if row.isChanged(x) {
        x = paintCell(row, at: x, into: &out)
      } else {
        x += 1
      }
    }
  }

  /// Draws at least the cell at `x` and returns the next column to look at.
  private mutating func paintCell(_ row: Row, at x: Int, into out: inout [UInt8]) -> Int {
    let cell = row[x]
    if let end = erase(row, from: x, into: &out) { return end }
    // The second column of a wide glyph is drawn with the first, which has changed with it.
    if cell.isContinuation { return x + 1 }
    approach(row, x: x, into: &out)
    style.set(for: cell, into: &out)
    if cell.isDelicate { return drawDelicate(row, at: x, into: &out) }
    guard let scalar = Unicode.Scalar(cell.glyph) else { return x + 1 }
    out.append(scalar: scalar)
    let drawn = x + max(1, Int(cell.width))
    let end = features.repeatsCharacters ? repeated(row, after: drawn, into: &out) : drawn
    cursor.advance(to: end, y: row.y, width: row.width)
    return end
  }

  /// Places the cursor at `x`, by drawing the unchanged cells before it once more when that is
  /// shorter than a move.
  private mutating func approach(_ row: Row, x: Int, into out: inout [UInt8]) {
    if case .at(let column, row.y) = cursor.place, column < x {
      let limit = CursorEncoder.cost(from: column, to: x)
      if let bytes = redrawCost(row, from: column, to: x, limit: limit), bytes <= limit {
        for index in column..<x {
          if let scalar = Unicode.Scalar(row[index].glyph) { out.append(scalar: scalar) }
        }
        return cursor.advance(to: x, y: row.y, width: row.width)
      }
    }
    cursor.move(x: x, y: row.y, into: &out)
  }

  /// The bytes of the cells' glyphs if all can be drawn in the current style; nil if not.
  private mutating func redrawCost(_ row: Row, from start: Int, to end: Int, limit: Int) -> Int? {
    guard end - start <= limit else { return nil }
    var bytes = 0
    for index in start..<end {
      let cell = row[index]
      guard cell.width == 1, !cell.isDelicate, style.isSet(for: cell) else { return nil }
      bytes += ByteCost.glyph(cell.glyph)
    }
    return bytes
  }

  /// Draws a glyph whose width is uncertain: on blanks, lest the terminal leave half of what was
  /// there, and with the cursor unknown after it.
  private mutating func drawDelicate(_ row: Row, at x: Int, into out: inout [UInt8]) -> Int {
    let cell = row[x]
    let end = x + max(1, Int(cell.width))
    for _ in x..<end { out.append(0x20) }
    cursor.reset()
    cursor.move(x: x, y: row.y, into: &out)
    if cell.isCluster {
      out.append(contentsOf: row.clusters[cell.glyph].utf8)
    } else if let scalar = Unicode.Scalar(cell.glyph) {
      out.append(scalar: scalar)
    }
    cursor.reset()
    return end
  }

  /// Erases the blanks from `x` when that is shorter than drawing them, and returns the column
  /// after the last that changed.
  private mutating func erase(_ row: Row, from x: Int, into out: inout [UInt8]) -> Int? {
    let first = row[x]
    guard first.looksBlank, first.background == 0 || features.erasesWithBackground else {
      return nil
    }
    var end = x
    var changedEnd = x
    while end < row.width, row[end].looksBlank, row[end].background == first.background {
      end += 1
      if row.isChanged(end - 1) { changedEnd = end }
    }
    let count = changedEnd - x
    let erasesLine = end == row.width
    // After ECH the cursor still has to pass the blanks; after EL nothing follows in the row.
    guard count > (erasesLine ? 3 : 2 * ByteCost.csi(count)) else { return nil }
    approach(row, x: x, into: &out)
    style.set(for: first, into: &out)
    if erasesLine { out.append(ascii: "\u{1B}[K") } else { out.append(csi: count, "X") }
    return erasesLine ? row.width : changedEnd
  }

  /// Repeats the glyph just drawn, in the column before `start`, over the equal cells that follow
  /// when that is shorter, and returns the column after them.
  private mutating func repeated(_ row: Row, after start: Int, into out: inout [UInt8]) -> Int {
    let cell = row[start - 1]
    guard cell.width == 1 else { return start }
    var end = start
    var changedEnd = start
    while end < row.width, row[end] == cell {
      end += 1
      if row.isChanged(end - 1) { changedEnd = end }
    }
    let count = changedEnd - start
    guard count > 0, ByteCost.csi(count) < count * ByteCost.glyph(cell.glyph) else { return start }
    out.append(csi: count, "b")
    return changedEnd
  }
}

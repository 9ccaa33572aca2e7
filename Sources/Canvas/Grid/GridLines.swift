// Lines and frames.
extension Grid {
  /// Draws `glyph` in `length` cells rightwards from (`x`, `y`).
  package mutating func horizontalLine(
    x: Int, y: Int, length: Int, style: Style, glyph: Character = "─"
  ) {
    fill(Rect(x: x, y: y, width: length, height: 1), style: style, glyph: glyph)
  }

  /// Draws `glyph` in `length` cells downwards from (`x`, `y`).
  package mutating func verticalLine(
    x: Int, y: Int, length: Int, style: Style, glyph: Character = "│"
  ) {
    fill(Rect(x: x, y: y, width: 1, height: length), style: style, glyph: glyph)
  }

  /// Draws a frame along the inside of `rect`; nothing when it is narrower or lower than 2 cells.
  /// On an ASCII grid the frame is ASCII.
  package mutating func drawBox(_ rect: Rect, border: BorderSet = .rounded, style: Style) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let set = charset == .ascii ? BorderSet.ascii : border
    let (right, bottom) = (rect.maxX - 1, rect.maxY - 1)
    let inner = (across: rect.width - 2, down: rect.height - 2)
    for y in [rect.minY, bottom] {
      horizontalLine(
        x: rect.minX + 1, y: y, length: inner.across, style: style, glyph: set.horizontal)
    }
    for x in [rect.minX, right] {
      verticalLine(x: x, y: rect.minY + 1, length: inner.down, style: style, glyph: set.vertical)
    }
    put(set.topLeft, x: rect.minX, y: rect.minY, style: style)
    put(set.topRight, x: right, y: rect.minY, style: style)
    put(set.bottomLeft, x: rect.minX, y: bottom, style: style)
    put(set.bottomRight, x: right, y: bottom, style: style)
  }

  /// Draws one glyph of one column; a wider one becomes a blank.
  package mutating func put(_ glyph: Character, x: Int, y: Int, style: Style) {
    fill(Rect(x: x, y: y, width: 1, height: 1), style: style, glyph: glyph)
  }
}

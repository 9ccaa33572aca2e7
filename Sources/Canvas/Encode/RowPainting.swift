// Drawing what a plan says.
extension FrameEncoder {
  /// Performs `plan` in the order of the screen or grouped by style, whichever is shorter.
  mutating func paint(_ plan: PaintPlan, into out: inout [UInt8]) {
    guard let grouped = plan.grouped else { return perform(plan.steps, into: &out) }
    var alternative = self
    var bytes: [UInt8] = []
    alternative.perform(grouped, into: &bytes)
    let start = out.count
    perform(plan.steps, into: &out)
    guard bytes.count < out.count - start else { return }
    out.replaceSubrange(start..., with: bytes)
    self = alternative
  }

  /// Redraws a row with glyphs that terminals measure differently. One wider than we think must
  /// not wrap out of its row.
  mutating func paintDelicate(_ row: Row, into out: inout [UInt8]) {
    out.append(ascii: "\u{1B}[?7l")
    var plan = PaintPlan(erasesWithBackground: features.erasesWithBackground)
    plan.add(row.redrawn)
    perform(plan.steps, into: &out)
    out.append(ascii: "\u{1B}[?7h")
  }

  private mutating func perform(_ steps: [PaintPlan.Step], into out: inout [UInt8]) {
    for step in steps {
      switch step.action {
      case .draw:
        var x = step.columns.lowerBound
        while x < step.columns.upperBound {
          x = draw(step.row, at: x, before: step.columns.upperBound, into: &out)
        }
      case .eraseCharacters, .eraseLine: erase(step, into: &out)
      }
    }
  }

  private mutating func erase(_ step: PaintPlan.Step, into out: inout [UInt8]) {
    let x = step.columns.lowerBound
    approach(step.row, x: x, into: &out)
    style.set(for: step.row[x], into: &out)
    if step.action == .eraseLine {
      out.append(ascii: "\u{1B}[K")
    } else {
      out.append(csi: step.columns.count, "X")
    }
  }

  /// Draws the cell at `x`, and equal ones after it when they can be repeated, and returns the next
  /// column.
  private mutating func draw(
    _ row: Row, at x: Int, before limit: Int, into out: inout [UInt8]
  ) -> Int {
    let cell = row[x]
    // The second column of a wide glyph is drawn with the first, which has changed with it.
    if cell.isContinuation { return x + 1 }
    approach(row, x: x, into: &out)
    style.set(for: cell, into: &out)
    if cell.isDelicate { return drawDelicate(row, at: x, into: &out) }
    guard let scalar = Unicode.Scalar(cell.glyph) else { return x + 1 }
    out.append(scalar: scalar)
    let drawn = x + max(1, Int(cell.width))
    let end = repeated(row, after: drawn, before: limit, into: &out)
    cursor.advance(to: end, y: row.y, width: row.width)
    return end
  }

  /// Places the cursor at `x`, by drawing the cells before it once more when that is shorter than a
  /// move.
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

  /// Repeats the glyph just drawn, in the column before `start`, over the equal cells that follow
  /// when that is shorter, and returns the column after them.
  private mutating func repeated(
    _ row: Row, after start: Int, before limit: Int, into out: inout [UInt8]
  ) -> Int {
    let cell = row[start - 1]
    guard features.repeatsCharacters, cell.width == 1 else { return start }
    var end = start
    while end < limit, row[end] == cell { end += 1 }
    let count = end - start
    guard count > 0, ByteCost.csi(count) < count * ByteCost.glyph(cell.glyph) else { return start }
    out.append(csi: count, "b")
    return end
  }
}

// Writing text.
extension Grid {
  /// Draws `text` from column `x` of row `y` and returns the columns drawn.
  ///
  /// Drawing stops at `maxWidth` columns, and what lies outside `clip` and the grid is left out.
  /// A wide glyph of which only one half would be inside becomes a blank. Zero-width characters
  /// without a base are left out, control characters are replaced (`HostileText`).
  @discardableResult
  package mutating func write(
    _ text: String, x: Int, y: Int, style: Style = .default, clip: Rect? = nil,
    maxWidth: Int? = nil
  ) -> Int {
    write(Substring(text), x: x, y: y, style: style, clip: clip, maxWidth: maxWidth)
  }

  /// Draws `text` from column `x` of row `y` and returns the columns drawn, as for a `String`.
  @discardableResult
  package mutating func write(
    _ text: Substring, x: Int, y: Int, style: Style = .default, clip: Rect? = nil,
    maxWidth: Int? = nil
  ) -> Int {
    // A text that begins this far outside cannot reach the grid in any sensible use.
    guard x > -(1 << 31), x < 1 << 31 else { return 0 }
    guard direction == .rightToLeft || (arrangesText && BidiText.isNeeded(for: text)) else {
      return place(text, x: x, y: y, style: style, clip: clip, maxWidth: maxWidth)
    }
    let fit = TextFit.prefix(
      of: String(text), columns: min(maxWidth ?? .max, max(0, size.width - x)))
    let seen = BidiText.arranged(fit.text, in: direction, reorders: arrangesText)
    let area = placed(Rect(x: x, y: y, width: fit.columns, height: 1))
    return place(
      Substring(seen), x: area.minX, y: y, style: style, clip: clip.map(placed),
      maxWidth: fit.columns)
  }

  /// Draws text that is as it is to be seen from column `x`, counted from the left.
  private mutating func place(
    _ text: Substring, x: Int, y: Int, style: Style, clip: Rect?, maxWidth: Int?
  ) -> Int {
    guard let span = span(y, from: x, width: maxWidth ?? Int.max, clip: clip) else { return 0 }
    let template = PackedCell(blank: style)
    let quick = text.utf8.withContiguousStorageIfAvailable { bytes in
      writeASCII(bytes, x: x, in: span, template: template)
    }
    if let quick, let columns = quick { return columns }
    var pen = Pen(column: x, span: span, template: template)
    writeScalars(text, with: &pen)
    return pen.drawn
  }

  /// The common case: as far as the span shows it, `bytes` is printable ASCII. Returns nil, having
  /// drawn nothing, when it is not.
  private mutating func writeASCII(
    _ bytes: UnsafeBufferPointer<UInt8>, x: Int, in span: Span, template: PackedCell
  ) -> Int? {
    let end = min(bytes.count, span.high - x)
    for index in 0..<max(0, end) where bytes[index] &- 0x20 > 0x5E { return nil }
    // A byte beyond ASCII after the last shown one may be a mark that belongs to it.
    if end >= 0, end < bytes.count, bytes[end] >= 0x80 { return nil }
    let start = span.low - x
    guard start < end else { return 0 }
    let drawn = Span(row: span.row, low: span.low, high: x + end)
    open(drawn)
    let base = span.row * size.width + x
    var cell = template
    cells.withUnsafeMutableBufferPointer { cells in
      for index in start..<end {
        cell.glyph = UInt32(bytes[index])
        cells[base + index] = cell
      }
    }
    return end - start
  }

  /// Where the next cluster goes.
  private struct Pen {
    /// May lie left of the span, and right of it when the text is longer.
    var column: Int
    let span: Span
    let template: PackedCell
    var drawn = 0

    var isDone: Bool { column >= span.high }
  }

  /// Draws simple scalars one by one, and from the first other one on cluster by cluster.
  private mutating func writeScalars(_ text: Substring, with pen: inout Pen) {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index != scalars.endIndex, !pen.isDone {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      let isAlone = next == scalars.endIndex || SimpleScalars.contains(scalars[next].value)
      guard isAlone, SimpleScalars.contains(scalar.value) else {
        return writeClusters(text[index...], with: &pen)
      }
      put(charset.drawn(scalar), columns: TextWidth.columns(of: scalar), with: &pen)
      index = next
    }
  }

  private mutating func writeClusters(_ text: Substring, with pen: inout Pen) {
    for character in text {
      if pen.isDone { return }
      let scalars = character.unicodeScalars
      let first = scalars[scalars.startIndex]
      if scalars.index(after: scalars.startIndex) == scalars.endIndex {
        put(charset.drawn(first), columns: TextWidth.columns(of: first), with: &pen)
      } else if charset == .ascii || HostileText.isHostile(first.value) {
        writeReplaced(character, with: &pen)
      } else {
        putCluster(character, with: &pen)
      }
    }
  }

  /// Draws CR LF sign by sign, and in ASCII one sign for each column of a cluster.
  private mutating func writeReplaced(_ character: Character, with pen: inout Pen) {
    if character == "\r\n" {
      put(charset.drawn("\r"), columns: 1, with: &pen)
      put(charset.drawn("\n"), columns: 1, with: &pen)
      return
    }
    let first = character.unicodeScalars[character.unicodeScalars.startIndex]
    put(charset.drawn(first), columns: TextWidth.columns(of: character), with: &pen)
  }

  private mutating func putCluster(_ character: Character, with pen: inout Pen) {
    let columns = TextWidth.columns(of: character)
    guard columns > 0, pen.column + columns > pen.span.low, !pen.isDone else {
      pen.column += columns
      return
    }
    var cluster = ""
    for scalar in character.unicodeScalars.prefix(ClusterTable.maximumBytes / 4) {
      cluster.unicodeScalars.append(scalar)
    }
    put(glyph: intern(cluster), columns: columns, with: &pen)
  }

  private mutating func put(_ scalar: Unicode.Scalar, columns: Int, with pen: inout Pen) {
    if charset == .ascii, columns == 2 {
      put(glyph: scalar.value, columns: 1, with: &pen)
      return put(glyph: scalar.value, columns: 1, with: &pen)
    }
    put(glyph: scalar.value, columns: columns, with: &pen)
  }

  private mutating func put(glyph: UInt32, columns: Int, with pen: inout Pen) {
    defer { pen.column += columns }
    let low = max(pen.column, pen.span.low)
    let high = min(pen.column + columns, pen.span.high)
    guard low < high else { return }
    open(Span(row: pen.span.row, low: low, high: high))
    pen.drawn += high - low
    let index = pen.span.row * size.width + low
    var cell = pen.template
    guard high - low == columns else {
      cells[index] = cell
      return
    }
    cell.glyph = glyph
    cell.width = UInt8(truncatingIfNeeded: columns)
    cells[index] = cell
    if columns == 2 { cells[index + 1] = cell.continuation }
  }
}

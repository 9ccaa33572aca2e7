package import Canvas
package import Themes

extension TableContent {
  /// Draws the heading and the rows in view, with a scroll mark when there are more. Over a `last`
  /// table of the same shape, only the rows that differ are drawn.
  package func draw(
    in rect: Rect, over last: TableContent? = nil, theme: Theme, grid: inout Grid
  ) {
    guard !rect.isEmpty else { return }
    var room = rect
    if total > rows.count, rect.width > 8 {
      let bar = room.cutRight(1)
      if last == nil { drawScrollBar(in: bar, theme, &grid) }
    }
    if rows.isEmpty { drawEmpty(in: room, theme, &grid) }
    let gap = 2
    let width = (room.width - gap * (blocks - 1)) / blocks
    for block in 0..<blocks {
      let part = Rect(
        x: room.minX + block * (width + gap), y: room.minY, width: width, height: room.height)
      drawBlock(block, in: part, over: last, theme, &grid)
    }
  }

  /// Whether another table has the same heading, as many rows, and stands at the same place: then
  /// only rows can look different.
  func hasShape(of other: TableContent) -> Bool {
    columns == other.columns && language == other.language && blocks == other.blocks
      && total == other.total
      && first == other.first && rows.count == other.rows.count && !rows.isEmpty
  }

  private func drawBlock(
    _ block: Int, in rect: Rect, over last: TableContent?, _ theme: Theme, _ grid: inout Grid
  ) {
    let spans = Self.spans(of: columns, width: rect.width, in: language)
    if last == nil { drawHeading(spans, in: rect, theme, &grid) }
    let capacity = max(0, rect.height - 1)
    let start = block * capacity
    for (offset, row) in rows.dropFirst(start).prefix(capacity).enumerated() {
      let rank = first + start + offset
      let isSelected = selected == rank
      let y = rect.minY + 1 + offset
      if let last {
        if last.rows[start + offset] == row, (last.selected == rank) == isSelected { continue }
        let band = Rect(x: rect.minX, y: y, width: rect.width, height: 1)
        grid.fill(band, style: theme.style(.text))
      }
      draw(row, isSelected: isSelected, spans, y: y, rect, theme, &grid)
    }
  }

  /// Where each column stands: nil for those that gave way. Columns are one blank apart.
  static func spans(
    of columns: [Column], width: Int, in language: Language = .english
  ) -> [(x: Int, width: Int)?] {
    var isShown = Array(repeating: true, count: columns.count)
    func needed() -> Int {
      zip(columns, isShown).reduce(-1) { $1.1 ? $0 + $1.0.width(in: language) + 1 : $0 }
    }
    while needed() > width {
      let candidates = columns.indices.filter { isShown[$0] && columns[$0].dispensable > 0 }
      guard let least = candidates.max(by: { columns[$0].dispensable < columns[$1].dispensable })
      else { break }
      isShown[least] = false
    }
    var spare = max(0, width - needed())
    var shares = zip(columns, isShown).reduce(0) { $1.1 ? $0 + $1.0.growth : $0 }
    var x = 0
    return columns.indices.map { index in
      guard isShown[index], x < width else { return nil }
      let column = columns[index]
      let extra = shares > 0 ? spare * column.growth / shares : 0
      spare -= extra
      shares -= column.growth
      let span = (x: x, width: min(column.width(in: language) + extra, width - x))
      x += span.width + 1
      return span
    }
  }

  private func drawHeading(
    _ spans: [(x: Int, width: Int)?], in rect: Rect, _ theme: Theme, _ grid: inout Grid
  ) {
    let style = theme.style(.faint)
    for (column, span) in zip(columns, spans) {
      guard let span else { continue }
      switch column.alignment {
      case .leading:
        grid.writeTruncated(
          column.title(in: language), x: rect.minX + span.x, y: rect.minY, width: span.width,
          style: style)
      case .trailing:
        grid.writeRight(
          column.title(in: language), x: rect.minX + span.x, y: rect.minY, width: span.width,
          style: style)
      }
    }
  }

  private func draw(
    _ row: TableRow, isSelected: Bool, _ spans: [(x: Int, width: Int)?], y: Int, _ rect: Rect,
    _ theme: Theme, _ grid: inout Grid
  ) {
    let background: Role = isSelected ? .selection : .surface
    if isSelected {
      let whole = Rect(x: rect.minX, y: y, width: rect.width, height: 1)
      grid.fill(whole, style: theme.style(.text, on: .selection))
    }
    // The column before a table is blank: between it and the frame, or the block before.
    grid.put(
      row.isTraced ? "▌" : " ", x: rect.minX - 1, y: y,
      style: theme.style(row.isTraced ? .accent : .text))
    let attributes = row.isTraced ? row.attributes.union(.bold) : row.attributes
    for (index, span) in spans.enumerated() where index < row.cells.count {
      guard let span else { continue }
      let cell = Rect(x: rect.minX + span.x, y: y, width: span.width, height: 1)
      row.cells[index].draw(
        in: cell, columns[index].alignment, attributes, theme, on: background, &grid)
    }
  }

  private func drawEmpty(in rect: Rect, _ theme: Theme, _ grid: inout Grid) {
    guard rect.height > 1 else { return }
    grid.writeTruncated(
      emptyText, x: rect.minX, y: rect.minY + 1, width: rect.width, style: theme.style(.faint))
  }

  /// A thumb in the last column as long as the share of rows in view.
  private func drawScrollBar(in rect: Rect, _ theme: Theme, _ grid: inout Grid) {
    let track = rect.height - 1
    guard track > 0, total > 0 else { return }
    let length = max(1, track * rows.count / total)
    let start = min(track - length, track * first / total)
    for row in 0..<track {
      let isThumb = row >= start && row < start + length
      grid.put(
        isThumb ? "┃" : "│", x: rect.minX, y: rect.minY + 1 + row,
        style: theme.style(isThumb ? .muted : .border))
    }
  }
}

extension TableCell {
  /// A meter of separate segments: bars of neighbouring rows must not run together.
  private static func drawSegments(
    _ fraction: Double?, in rect: Rect, _ role: Role, _ theme: Theme, on background: Role,
    _ grid: inout Grid
  ) {
    let isASCII = grid.charset == .ascii
    let share = min(1, max(0, fraction ?? 0))
    let filled = Int((share * Double(rect.width)).rounded(.up))
    for column in 0..<rect.width {
      let isFilled = column < filled
      // Colour is not the only sign: the track is made of dots.
      let glyph: Character = isASCII ? (isFilled ? "#" : ".") : (isFilled ? "■" : "·")
      grid.put(
        glyph, x: rect.minX + column, y: rect.minY,
        style: theme.style(isFilled ? role : .border, on: background).removing(.bold))
    }
  }

  fileprivate func draw(
    in rect: Rect, _ alignment: Column.Alignment, _ attributes: Attributes, _ theme: Theme,
    on background: Role, _ grid: inout Grid
  ) {
    switch self {
    case .text(let text, let role):
      let style = theme.style(role, on: background).adding(attributes)
      switch alignment {
      case .leading:
        grid.writeTruncated(text, x: rect.minX, y: rect.minY, width: rect.width, style: style)
      case .trailing:
        grid.writeRight(text, x: rect.minX, y: rect.minY, width: rect.width, style: style)
      }
    case .runs(let runs):
      let styled = runs.map { Run($0.text, $0.role, $0.attributes.union(attributes)) }
      let width = runs.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
      let indent = alignment == .trailing ? max(0, rect.width - width) : 0
      Line.draw(
        styled, x: rect.minX + indent, y: rect.minY, width: rect.width - indent, isOneText: true,
        theme, background, &grid)
    case .meter(let fraction, let role):
      Self.drawSegments(fraction, in: rect, role, theme, on: background, &grid)
    case .graph(let values, let role):
      Sparkline.draw(
        values, in: rect, ink: .plain(theme.style(role, on: background)), hole: "·", on: &grid)
    }
  }
}

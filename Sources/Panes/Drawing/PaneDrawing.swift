package import Canvas
package import Themes

/// What a pane's frame says besides its content.
package struct PaneFrame: Hashable, Sendable {
  /// The digit that focuses the pane, nil when there is none.
  package var digit: Int?
  /// The pane's name.
  package var name: String
  package var isFocused: Bool
  /// Whether what is shown may be out of date: the data itself is dimmed.
  package var isStale: Bool

  /// A frame.
  package init(digit: Int?, name: String, isFocused: Bool, isStale: Bool) {
    self.digit = digit
    self.name = name
    self.isFocused = isFocused
    self.isStale = isStale
  }
}

extension PaneContent {
  /// The room for content inside a pane of the given size.
  package static func interior(of rect: Rect) -> Rect { rect.inset(dx: 2, dy: 1) }

  /// Draws the pane with its frame over the whole of `rect`.
  package func draw(in rect: Rect, frame: PaneFrame, theme: Theme, grid: inout Grid) {
    guard rect.width >= 4, rect.height >= 3 else { return }
    grid.fill(rect, style: theme.style(.text))
    drawFrame(frame, in: rect, theme, &grid)
    var room = Self.interior(of: rect)
    for line in above where !room.isEmpty {
      line.draw(in: room.cutTop(1), theme: theme, on: .surface, grid: &grid)
    }
    for line in below.reversed() where room.height > 2 {
      line.draw(in: room.cutBottom(1), theme: theme, on: .surface, grid: &grid)
    }
    table?.draw(in: room, theme: theme, grid: &grid)
    if let chart {
      Sparkline.draw(
        chart, in: room, marks: .braille,
        ink: .graded(
          Gradient([theme.color(.accent), theme.color(.info), theme.color(.ok)]),
          theme.style(.accent)),
        hole: "·", on: &grid)
    }
    if frame.isStale { dim(Self.interior(of: rect), theme, &grid) }
  }

  /// Draws the pane where `last` is drawn in the same frame: what did not change is left alone.
  package func redraw(
    over last: PaneContent, in rect: Rect, frame: PaneFrame, theme: Theme, grid: inout Grid
  ) {
    guard rect.width >= 4, rect.height >= 3, !frame.isStale, isAlike(last) else {
      return draw(in: rect, frame: frame, theme: theme, grid: &grid)
    }
    if title != last.title { drawFrame(frame, in: rect, theme, &grid) }
    var room = Self.interior(of: rect)
    for (line, old) in zip(above, last.above) where !room.isEmpty {
      line.redraw(over: old, in: room.cutTop(1), theme, &grid)
    }
    for (line, old) in zip(below, last.below).reversed() where room.height > 2 {
      line.redraw(over: old, in: room.cutBottom(1), theme, &grid)
    }
    table?.draw(in: room, over: last.table, theme: theme, grid: &grid)
  }

  /// Whether the same things stand at the same places in another content.
  private func isAlike(_ other: PaneContent) -> Bool {
    guard above.count == other.above.count, below.count == other.below.count, chart == nil,
      other.chart == nil
    else { return false }
    switch (table, other.table) {
    case (nil, nil): return true
    case (let table?, let other?): return table.hasShape(of: other)
    case (nil, _?), (_?, nil): return false
    }
  }

  /// The border with the name in a notch, its digit raised before it, the counts after it.
  private func drawFrame(
    _ frame: PaneFrame, in rect: Rect, _ theme: Theme, _ grid: inout Grid
  ) {
    let border = theme.style(frame.isFocused ? .accent : .border)
    let set: BorderSet = grid.charset == .ascii ? .ascii : .rounded
    grid.drawBox(rect, border: set, style: border)
    var x = rect.minX + 2
    let end = rect.maxX - 2
    if let digit = frame.digit {
      x += grid.write(
        digitMark(digit, grid.charset), x: x, y: rect.minY,
        style: theme.style(.accent).bold, maxWidth: end - x)
    }
    let name = theme.style(frame.isFocused ? .accent : .text).bold
    x += grid.writeTruncated(frame.name, x: x, y: rect.minY, width: end - x, style: name)
    guard !title.isEmpty, x + 2 < end else { return }
    x += grid.write(" ", x: x, y: rect.minY, style: border)
    let width = title.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    Line.draw(title, x: x, y: rect.minY, width: end - x, theme, .surface, &grid)
    if x + width < end { grid.write(" ", x: x + width, y: rect.minY, style: border) }
  }

  private func digitMark(_ digit: Int, _ charset: Charset) -> String {
    let raised = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    guard charset == .unicode, raised.indices.contains(digit) else { return "\(digit) " }
    return raised[digit]
  }

  /// Takes the colours out of the data, which stays readable; without colours it is dimmed. What
  /// has the colour of rules keeps it: it is the empty part of meters.
  private func dim(_ rect: Rect, _ theme: Theme, _ grid: inout Grid) {
    let (faint, border) = (theme.color(.faint), theme.color(.border))
    grid.restyle(rect) { style in
      style.attributes.remove(.bold)
      if faint == .terminalDefault { style.attributes.insert(.dim) }
      if style.foreground != border { style.foreground = faint }
    }
  }
}

extension Line {
  fileprivate func redraw(over last: Line, in rect: Rect, _ theme: Theme, _ grid: inout Grid) {
    guard self != last else { return }
    grid.fill(rect, style: theme.style(.text))
    draw(in: rect, theme: theme, on: .surface, grid: &grid)
  }
}

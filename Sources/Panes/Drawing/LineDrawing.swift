package import Canvas
package import Themes

extension Line {
  /// Draws the line in one row of `rect`; the leading part gives way to the trailing one.
  package func draw(in rect: Rect, theme: Theme, on background: Role, grid: inout Grid) {
    let tail = trailing.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
    let room = tail == 0 ? rect.width : max(0, rect.width - tail - 1)
    Self.draw(runs, x: rect.minX, y: rect.minY, width: room, theme, background, &grid)
    guard tail > 0 else { return }
    let start = max(rect.minX, rect.maxX - tail)
    Self.draw(
      trailing, x: start, y: rect.minY, width: rect.maxX - start, theme, background, &grid)
  }

  /// Draws runs one after another within a width; the one that does not fit is cut, and where
  /// whole runs are left out an ellipsis says so. `isOneText`: the runs are parts of one text that
  /// runs in one direction, as in a cell, and not words and values one after another.
  package static func draw(
    _ runs: [Run], x: Int, y: Int, width: Int, isOneText: Bool = false, _ theme: Theme,
    _ background: Role, _ grid: inout Grid
  ) {
    if grid.direction == .rightToLeft {
      var column = x
      let cut = RunOrder.cut(runs, to: width, ellipsis: grid.charset.ellipsis)
      for run in RunOrder.arranged(cut, isOneText: isOneText) {
        let style = theme.style(run.role, on: background).adding(run.attributes)
        column += grid.write(run.text, x: column, y: y, style: style)
      }
      return
    }
    var column = x
    let end = x + width
    for (index, run) in runs.enumerated() where column < end {
      let style = theme.style(run.role, on: background).adding(run.attributes)
      let columns = TextWidth.columns(of: run.text)
      let isLast = !runs[(index + 1)...].contains { $0.text.contains { $0 != " " } }
      // As wide as the rest or as all but its last blank: what follows would vanish unseen.
      let room = end - column
      let text = !isLast && columns == room ? run.text + " " : run.text
      column += grid.writeTruncated(text, x: column, y: y, width: room, style: style)
    }
  }
}

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

  /// Draws runs one after another within a width; the one that does not fit is cut.
  package static func draw(
    _ runs: [Run], x: Int, y: Int, width: Int, _ theme: Theme, _ background: Role,
    _ grid: inout Grid
  ) {
    var column = x
    let end = x + width
    for run in runs where column < end {
      let style = theme.style(run.role, on: background).adding(run.attributes)
      column += grid.writeTruncated(run.text, x: column, y: y, width: end - column, style: style)
    }
  }
}

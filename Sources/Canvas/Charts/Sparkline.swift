/// Values over time as filled columns, the newest at the right edge.
///
/// A present value always shows at least the lowest mark, so that it differs from a gap.
package enum Sparkline {
  /// The marks a graph is made of.
  package enum Marks: Hashable, Sendable {
    /// One value a column, eight levels a row.
    case blocks
    /// Two values a column, four levels a row.
    case braille
  }

  /// How many of the newest values a graph of `width` columns shows.
  package static func capacity(width: Int, marks: Marks) -> Int {
    max(0, marks == .braille ? min(width, Grid.maximumSide) * 2 : width)
  }

  /// The scale from 0 (or the least value, if negative) to the greatest; 0…1 without values.
  package static func range(of values: [Double?]) -> ClosedRange<Double> {
    let present = values.compactMap { $0 }.filter(\.isFinite)
    let low = min(0, present.min() ?? 0)
    let high = present.max() ?? 1
    return high > low ? low...high : low...low + 1
  }

  /// Draws the newest of `values` over `rect`. Nil, NaN and infinities are gaps: `hole` is drawn in
  /// their bottom cell. Values outside `range` are clamped. On an ASCII grid blocks become signs.
  package static func draw(
    _ values: [Double?], in rect: Rect, range: ClosedRange<Double>? = nil, marks: Marks = .blocks,
    ink: Ink, hole: Character = " ", on grid: inout Grid
  ) {
    guard !rect.isEmpty else { return }
    let marks = grid.charset == .ascii ? .blocks : marks
    let scale = range ?? Self.range(of: values)
    let capacity = capacity(width: rect.width, marks: marks)
    let shown = values.suffix(capacity).map { level($0, in: scale) }
    let levels = Array(repeating: nil, count: capacity - shown.count) + shown
    let graph = Graph(rect: rect, ink: ink, hole: hole)
    switch marks {
    case .blocks: graph.drawBlocks(levels, on: &grid)
    case .braille: graph.drawBraille(levels, on: &grid)
    }
  }

  /// The value as 0…1 of the scale; nil for a gap.
  private static func level(_ value: Double?, in range: ClosedRange<Double>) -> Double? {
    guard let value, value.isFinite else { return nil }
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else { return 0 }
    return min(1, max(0, (value - range.lowerBound) / span))
  }
}

/// Where and how one graph is drawn.
private struct Graph {
  let rect: Rect
  let ink: Ink
  let hole: Character

  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let signs: [Character] = [".", ".", ":", ":", "|", "|", "#", "#"]

  func drawBlocks(_ levels: [Double?], on grid: inout Grid) {
    let marks = grid.charset == .ascii ? Self.signs : Self.blocks
    for (column, level) in levels.enumerated() {
      let height = steps(level, perRow: 8)
      for row in 0..<rect.height {
        let filled = min(8, height - row * 8)
        let glyph = filled > 0 ? marks[filled - 1] : row == 0 && level == nil ? hole : " "
        put(glyph, column: column, row: row, level: level ?? 0, on: &grid)
      }
    }
  }

  func drawBraille(_ levels: [Double?], on grid: inout Grid) {
    for column in 0..<rect.width {
      let left = levels[2 * column]
      let right = levels[2 * column + 1]
      let heights = (steps(left, perRow: 4), steps(right, perRow: 4))
      for row in 0..<rect.height {
        let dots =
          Braille.left(min(4, heights.0 - row * 4)) | Braille.right(min(4, heights.1 - row * 4))
        let isHole = row == 0 && left == nil && right == nil
        let glyph = isHole ? hole : Braille.glyph(dots)
        put(glyph, column: column, row: row, level: max(left ?? 0, right ?? 0), on: &grid)
      }
    }
  }

  /// The level in steps from the bottom of the graph, at least 1 for a value that is there.
  private func steps(_ level: Double?, perRow: Int) -> Int {
    level.map { max(1, Int(($0 * Double(rect.height * perRow)).rounded())) } ?? 0
  }

  /// `row` counts from the bottom. One row is coloured by its value, several by their height.
  private func put(
    _ glyph: Character, column: Int, row: Int, level: Double, on grid: inout Grid
  ) {
    let fraction = rect.height == 1 ? level : (Double(row) + 0.5) / Double(rect.height)
    grid.put(
      glyph, x: rect.minX + column, y: rect.maxY - 1 - row, style: ink.style(at: fraction))
  }
}

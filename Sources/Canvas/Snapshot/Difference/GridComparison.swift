/// Where two grids differ. Rows and columns count from 0; what one grid has not counts as blank.
package struct GridComparison: Sendable {
  /// The picture that was kept.
  package let expected: Grid
  /// The picture as it is drawn now.
  package let actual: Grid
  /// The rows that differ, from the top.
  package let rows: [Row]

  /// A row that differs.
  package struct Row: Equatable, Sendable {
    /// Which row.
    package let y: Int
    /// The columns whose glyphs differ.
    package let glyphs: [Range<Int>]
    /// The columns whose styles differ, where the change is the same in one range.
    package let styles: [StyleChange]

    /// From the first to the last column that differs.
    var columns: Range<Int> {
      let all = glyphs + styles.map(\.columns)
      let low = all.map(\.lowerBound).min() ?? 0
      return low..<max(low, all.map(\.upperBound).max() ?? 0)
    }
  }

  /// Neighbouring columns of one style that have another now.
  package struct StyleChange: Equatable, Sendable {
    /// Which columns.
    package let columns: Range<Int>
    /// The style that was kept.
    package let expected: Style
    /// The style as it is now.
    package let actual: Style
  }

  /// Compares every cell.
  package init(expected: Grid, actual: Grid) {
    self.expected = expected
    self.actual = actual
    guard expected != actual else {
      rows = []
      return
    }
    let size = Self.union(expected.size, actual.size)
    rows = (0..<size.height).compactMap { y in
      Self.row(y, width: size.width, expected, actual)
    }
  }

  /// Whether both show the same: size, glyphs and styles.
  package var isEqual: Bool { rows.isEmpty && expected.size == actual.size }

  /// The size that holds both.
  package var size: Size { Self.union(expected.size, actual.size) }

  private static func union(_ one: Size, _ other: Size) -> Size {
    Size(width: max(one.width, other.width), height: max(one.height, other.height))
  }

  private static func row(
    _ y: Int, width: Int, _ expected: Grid, _ actual: Grid
  ) -> Row? {
    var glyphs: [Range<Int>] = []
    var styles: [StyleChange] = []
    for x in 0..<width {
      let (before, after) = (expected.cell(x, y), actual.cell(x, y))
      // Second columns look alike whatever glyph they belong to.
      let isSecond = before.width == 0 && after.width == 0 && glyphs.last?.upperBound == x
      if before.glyph != after.glyph || before.width != after.width || isSecond {
        if let last = glyphs.last, last.upperBound == x {
          glyphs[glyphs.count - 1] = last.lowerBound..<x + 1
        } else {
          glyphs.append(x..<x + 1)
        }
      }
      guard before.style != after.style else { continue }
      if let last = styles.last, last.columns.upperBound == x, last.expected == before.style,
        last.actual == after.style
      {
        styles[styles.count - 1] = StyleChange(
          columns: last.columns.lowerBound..<x + 1, expected: before.style, actual: after.style)
      } else {
        styles.append(
          StyleChange(columns: x..<x + 1, expected: before.style, actual: after.style))
      }
    }
    return glyphs.isEmpty && styles.isEmpty ? nil : Row(y: y, glyphs: glyphs, styles: styles)
  }
}

extension GridComparison {
  /// In a few words: `3 rows differ: 14 glyphs, 9 styles`; the sizes where those differ.
  package var summary: String {
    var words: [String] = []
    if expected.size != actual.size { words.append("size \(expected.size) is now \(actual.size)") }
    if !rows.isEmpty {
      let glyphs = rows.flatMap(\.glyphs).reduce(0) { $0 + $1.count }
      let styles = rows.flatMap(\.styles).reduce(0) { $0 + $1.columns.count }
      let parts = [(glyphs, "glyph"), (styles, "style")].filter { $0.0 > 0 }
        .map { Self.counted($0.0, $0.1) }
      words.append(
        "\(Self.counted(rows.count, "row")) \(rows.count == 1 ? "differs" : "differ"): "
          + parts.joined(separator: ", "))
    }
    return words.isEmpty ? "equal" : words.joined(separator: "; ")
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

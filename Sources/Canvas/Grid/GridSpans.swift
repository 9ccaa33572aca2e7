// The one way cells change: a span of a row is opened, which keeps wide glyphs whole at its edges,
// and then every cell in it is set.
extension Grid {
  /// The cells of one row that a drawing call may change; `low` is inside, `high` outside.
  struct Span {
    var row: Int
    var low: Int
    var high: Int

    var isEmpty: Bool { low >= high }
  }

  /// What of `rect` (and of `clip`) row `y` of the grid has.
  func span(_ y: Int, from x: Int, width: Int, clip: Rect?) -> Span? {
    guard y >= 0, y < size.height, width > 0 else { return nil }
    var low = max(0, x)
    var high = min(size.width, x.addingReportingOverflow(width).overflow ? size.width : x &+ width)
    if let clip {
      guard y >= clip.minY, y < clip.maxY else { return nil }
      low = max(low, clip.minX)
      high = min(high, clip.maxX)
    }
    return low < high ? Span(row: y, low: low, high: high) : nil
  }

  /// Blanks the outer halves of wide glyphs that `span` is about to cut in two.
  mutating func open(_ span: Span) {
    let base = span.row * size.width
    if span.low > 0, cells[base + span.low].isContinuation {
      cells[base + span.low - 1] = cells[base + span.low - 1].blanked
    }
    if span.high < size.width, cells[base + span.high].isContinuation {
      cells[base + span.high] = cells[base + span.high].blanked
    }
  }

  /// Numbers `cluster`, first dropping unused clusters when the table has outgrown the grid.
  mutating func intern(_ cluster: String) -> UInt32 {
    if clusters.count > 2 * cells.count + 64 { dropUnusedClusters() }
    return clusters.intern(cluster)
  }

  private mutating func dropUnusedClusters() {
    var kept = ClusterTable()
    for index in cells.indices where cells[index].isCluster {
      cells[index].glyph = kept.intern(clusters[cells[index].glyph])
    }
    clusters = kept
  }
}

/// Rows that differ and lie close together, with the rows around them.
struct DifferenceHunk {
  /// The rows shown, context included.
  let shown: Range<Int>
  /// Those that differ.
  let rows: [GridComparison.Row]

  /// From the first to the last column that differs in any row.
  var columns: Range<Int> {
    let low = rows.map(\.columns.lowerBound).min() ?? 0
    return low..<max(low, rows.map(\.columns.upperBound).max() ?? 0)
  }

  /// The hunks of `rows`, with at most `context` rows before and after each, of `height` in all.
  static func hunks(of rows: [GridComparison.Row], context: Int, height: Int) -> [DifferenceHunk] {
    var hunks: [DifferenceHunk] = []
    var run: [GridComparison.Row] = []
    func close() {
      guard let first = run.first, let last = run.last else { return }
      let shown = max(0, first.y - context)..<min(height, last.y + context + 1)
      hunks.append(DifferenceHunk(shown: shown, rows: run))
      run = []
    }
    for row in rows {
      if let last = run.last, row.y - last.y > 2 * context + 1 { close() }
      run.append(row)
    }
    close()
    return hunks
  }

  /// Stretches of at most `room` of `width` columns that together show every column that differs;
  /// what room is left over shows columns beside them.
  func windows(of room: Int, width: Int) -> [Range<Int>] {
    guard room < width, room > 0 else { return [0..<width] }
    var windows: [Range<Int>] = []
    let ranges = rows.flatMap { $0.glyphs + $0.styles.map(\.columns) }
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    for range in ranges {
      var low = range.lowerBound
      while low < range.upperBound {
        if let last = windows.last, range.upperBound <= last.lowerBound + room {
          windows[windows.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
          break
        }
        low = max(low, windows.last?.upperBound ?? 0)
        guard low < range.upperBound else { break }
        let high = min(range.upperBound, low + room)
        windows.append(low..<high)
        low = high
      }
    }
    return windows.map { Self.widened($0, to: room, within: width) }
  }

  /// The first columns where they hold the window, as rows begin with what they are about; else
  /// as much before it as after.
  private static func widened(_ window: Range<Int>, to room: Int, within width: Int) -> Range<Int> {
    guard window.upperBound > room else { return 0..<min(width, room) }
    let low = max(0, min(window.lowerBound - (room - window.count) / 2, width - room))
    return low..<min(width, low + room)
  }
}

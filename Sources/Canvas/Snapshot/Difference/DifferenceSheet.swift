/// The lines of a difference, drawn once their number is known.
struct DifferenceSheet {
  let comparison: GridComparison
  let width: Int
  /// The columns that row numbers and signs take.
  let gutter: Int
  let charset: Charset
  let colorNames: [Color: String]
  private var lines: [(inout Grid, Int) -> Void] = []

  private static let expected = Style(foreground: .indexed(1)).bold
  private static let actual = Style(foreground: .indexed(2)).bold
  private static let quiet = Style.default.dim

  init(
    comparison: GridComparison, width: Int, gutter: Int, charset: Charset,
    colorNames: [Color: String]
  ) {
    (self.comparison, self.width, self.gutter) = (comparison, width, gutter)
    (self.charset, self.colorNames) = (charset, colorNames)
  }

  /// The lines, drawn.
  func grid() -> Grid {
    var grid = Grid(size: Size(width: width, height: lines.count), charset: charset)
    for (y, line) in lines.enumerated() { line(&grid, y) }
    return grid
  }

  /// `rows 12–14, columns 31–88`, and the columns shown where that is not all.
  mutating func add(title hunk: DifferenceHunk, _ window: Range<Int>) {
    let rows = (hunk.rows.first?.y ?? 0)..<((hunk.rows.last?.y ?? 0) + 1)
    var text = "\(places("row", rows)), \(places("column", hunk.columns))"
    if window.count < comparison.size.width { text += "; shown are \(places("column", window))" }
    lines.append { grid, y in grid.write(text, x: 0, y: y, style: .default.bold) }
  }

  /// The words over the two sides.
  mutating func addHeads(left: Int, right: Int) {
    lines.append { grid, y in
      grid.write("expected", x: left, y: y, style: Self.expected)
      grid.write("actual", x: right, y: y, style: Self.actual)
    }
  }

  /// A row of both pictures.
  mutating func addBeside(_ row: Int, _ window: Range<Int>, right: Int) {
    let (comparison, gutter) = (comparison, gutter)
    addNumbered(row) { grid, y in
      Self.copy(comparison.expected, row, window, to: gutter, y, &grid)
      Self.copy(comparison.actual, row, window, to: right, y, &grid)
      Self.drawBar(before: right, y, &grid)
    }
  }

  /// A row of both pictures, one below the other.
  mutating func addStacked(_ row: Int, _ window: Range<Int>) {
    let (comparison, gutter) = (comparison, gutter)
    addNumbered(row) { grid, y in
      grid.write("-", x: gutter - 2, y: y, style: Self.expected)
      Self.copy(comparison.expected, row, window, to: gutter, y, &grid)
    }
    lines.append { grid, y in
      grid.write("+", x: gutter - 2, y: y, style: Self.actual)
      Self.copy(comparison.actual, row, window, to: gutter, y, &grid)
    }
  }

  /// A row that does not differ.
  mutating func addContext(_ row: Int, _ window: Range<Int>) {
    let (comparison, gutter) = (comparison, gutter)
    addNumbered(row) { grid, y in
      Self.copy(comparison.expected, row, window, to: gutter, y, &grid)
    }
  }

  /// `^` below glyphs that differ and `~` below styles, on both sides where there is a right one.
  mutating func addMarks(
    _ row: GridComparison.Row, _ window: Range<Int>, left: Int, right: Int?
  ) {
    let marks = row.styles.map { ($0.columns, "~") } + row.glyphs.map { ($0, "^") }
    let sides = right.map { [(left, Self.expected), ($0, Self.actual)] } ?? [(left, Self.actual)]
    lines.append { grid, y in
      for (side, style) in sides {
        for (columns, mark) in marks {
          for x in columns.clamped(to: window) {
            grid.write(mark, x: side + x - window.lowerBound, y: y, style: style)
          }
        }
      }
      if let right { Self.drawBar(before: right, y, &grid) }
    }
  }

  /// Each change of style once, with the places where it happened.
  mutating func add(stylesOf hunk: DifferenceHunk) {
    var changes: [(old: Style, new: Style, places: [String])] = []
    for row in hunk.rows {
      for change in row.styles {
        let place = "row \(row.y + 1) \(places("column", change.columns))"
        let known = changes.firstIndex { $0.old == change.expected && $0.new == change.actual }
        if let known {
          changes[known].places.append(place)
        } else {
          changes.append((change.expected, change.actual, [place]))
        }
      }
    }
    for change in changes.prefix(SideBySide.maximumNotes) {
      let more = change.places.count - 3
      add(
        note: "~ " + StyleWords.change(from: change.old, to: change.new, names: colorNames) + " at "
          + change.places.prefix(3).joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
    }
    let rest = changes.count - SideBySide.maximumNotes
    if rest > 0 { add(note: "~ and \(GridComparison.counted(rest, "further change")) of style") }
  }

  /// Words, on as many lines as they take.
  mutating func add(note: String) {
    var line = ""
    for word in note.split(separator: " ") {
      if !line.isEmpty, TextWidth.columns(of: line) + 1 + TextWidth.columns(of: word) > width {
        add(line: line)
        line = " "
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    add(line: line)
  }

  private mutating func add(line: String) {
    lines.append { grid, y in grid.write(line, x: 0, y: y) }
  }

  private mutating func addNumbered(_ row: Int, _ line: @escaping (inout Grid, Int) -> Void) {
    let number = String(row + 1)
    let x = gutter - 3 - number.utf8.count
    lines.append { grid, y in
      grid.write(number, x: x, y: y, style: Self.quiet)
      line(&grid, y)
    }
  }

  private static func drawBar(before right: Int, _ y: Int, _ grid: inout Grid) {
    let bar: Character = grid.charset == .ascii ? "|" : "│"
    grid.put(bar, x: right - 2, y: y, style: quiet)
  }

  private static func copy(
    _ source: Grid, _ row: Int, _ window: Range<Int>, to x: Int, _ y: Int, _ grid: inout Grid
  ) {
    let part = Rect(x: window.lowerBound, y: row, width: window.count, height: 1)
    grid.copy(from: source, part: part, to: Rect(x: x, y: y, width: window.count, height: 1))
  }

  private func places(_ noun: String, _ range: Range<Int>) -> String {
    "\(noun)\(range.count == 1 ? "" : "s") \(span(range))"
  }

  private func span(_ range: Range<Int>) -> String {
    guard range.count > 1 else { return String(range.lowerBound + 1) }
    return "\(range.lowerBound + 1)\(charset == .ascii ? "-" : "–")\(range.upperBound)"
  }
}

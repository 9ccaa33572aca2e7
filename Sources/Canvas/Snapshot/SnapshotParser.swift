extension SnapshotText {
  /// Reads what `render` wrote; CR LF line ends are accepted.
  package static func parse(_ text: String) throws(SnapshotTextError) -> Grid {
    var lines = Lines(text)
    let size = try lines.header()
    var grid = Grid(size: size)
    try lines.expect("glyphs")
    for y in 0..<size.height {
      let row = try lines.row()
      guard TextFit.columns(of: row, atMost: size.width + 1) == size.width else {
        throw lines.error("the row is not \(size.width) columns wide")
      }
      grid.write(row, x: 0, y: y)
    }
    try lines.expect("styles")
    var letters: [(line: Int, row: [Unicode.Scalar])] = []
    for _ in 0..<size.height {
      let row = Array(try lines.row().unicodeScalars)
      guard row.count == size.width else {
        throw lines.error("the row has not \(size.width) letters")
      }
      letters.append((lines.number, row))
    }
    try lines.expect("legend")
    let styles = try lines.legend()
    for (y, entry) in letters.enumerated() {
      try grid.apply(entry.row, of: styles, y: y, line: entry.line)
    }
    return grid
  }
}

extension Grid {
  fileprivate mutating func apply(
    _ letters: [Unicode.Scalar], of styles: [Unicode.Scalar: Style], y: Int, line: Int
  ) throws(SnapshotTextError) {
    for (x, letter) in letters.enumerated() {
      guard let style = styles[letter] else {
        throw SnapshotTextError(line: line, problem: "style \(letter) is not in the legend")
      }
      let index = y * size.width + x
      guard !cells[index].isContinuation || (x > 0 && cells[index - 1].style == style) else {
        throw SnapshotTextError(line: line, problem: "a wide glyph has two styles")
      }
      cells[index].style = style
    }
  }
}

/// The lines of a golden, read from the top.
private struct Lines {
  private let lines: [Substring]
  /// The line last read, from 1.
  private(set) var number = 0

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  func error(_ problem: String) -> SnapshotTextError {
    SnapshotTextError(line: number, problem: problem)
  }

  private mutating func next() throws(SnapshotTextError) -> Substring {
    number += 1
    guard number <= lines.count else { throw error("the text ends too early") }
    return lines[number - 1]
  }

  mutating func header() throws(SnapshotTextError) -> Size {
    let line = try next()
    guard line.hasPrefix(SnapshotText.magic) else {
      throw error("expected \"\(SnapshotText.magic)<width>x<height>\"")
    }
    let sides = line.dropFirst(SnapshotText.magic.count).split(separator: "x").map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (0...Grid.maximumSide).contains(width), (0...Grid.maximumSide).contains(height)
    else { throw error("the size must be like 120x40, each side at most \(Grid.maximumSide)") }
    return Size(width: width, height: height)
  }

  mutating func expect(_ word: String) throws(SnapshotTextError) {
    guard try next() == word else { throw error("expected the line \"\(word)\"") }
  }

  /// What stands between the bars of the next line.
  mutating func row() throws(SnapshotTextError) -> String {
    let line = try next()
    guard line.count >= 2, line.first == SnapshotText.bar, line.last == SnapshotText.bar else {
      throw error("a row stands between two \(SnapshotText.bar)")
    }
    return String(line.dropFirst().dropLast())
  }

  mutating func legend() throws(SnapshotTextError) -> [Unicode.Scalar: Style] {
    var styles: [Unicode.Scalar: Style] = [".": .default]
    while number < lines.count {
      let scalars = try next().unicodeScalars
      guard let letter = scalars.first else { continue }
      let words = Substring(scalars.dropFirst())
      guard words.first == " ", let style = StyleWords.parse(words) else {
        throw error("a legend line is a letter, a space and a style such as \"fg=#7aa2f7 bold\"")
      }
      guard styles.updateValue(style, forKey: letter) == nil else {
        throw error("style \(letter) is given twice")
      }
    }
    return styles
  }
}

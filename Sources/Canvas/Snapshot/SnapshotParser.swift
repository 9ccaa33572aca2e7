extension SnapshotText {
  /// Reads what `render` wrote, and version 1; CR LF line ends are accepted.
  package static func read(_ bytes: [UInt8]) throws(SnapshotTextError) -> Golden {
    var lines = SnapshotLines(bytes)
    let (version, size) = try lines.header()
    let name = version == 1 ? "" : try lines.name()
    // What is read back is in visual order already.
    var grid = Grid(size: size, arrangesText: false)
    try lines.expect("glyphs")
    for y in 0..<size.height {
      let row = try lines.row(y, of: size.height)
      guard TextFit.columns(of: row, atMost: size.width + 1) == size.width else {
        throw lines.error("the row is not \(size.width) columns wide, as line 1 says")
      }
      grid.write(row, x: 0, y: y)
    }
    try lines.expect("styles")
    var letters: [(line: Int, row: [Unicode.Scalar])] = []
    for y in 0..<size.height {
      let row = Array(try lines.row(y, of: size.height).unicodeScalars)
      guard row.count == size.width else {
        throw lines.error("the row has not \(size.width) letters, as line 1 says")
      }
      letters.append((lines.number, row))
    }
    try lines.expect("legend")
    let styles = try lines.legend(hasEnd: version > 1)
    for (y, entry) in letters.enumerated() {
      try grid.apply(entry.row, of: styles, y: y, line: entry.line)
    }
    return Golden(name: name, grid: grid)
  }

  /// Reads text, as `read` does bytes.
  package static func parse(_ text: String) throws(SnapshotTextError) -> Golden {
    try read(Array(text.utf8))
  }
}

extension Grid {
  fileprivate mutating func apply(
    _ letters: [Unicode.Scalar], of styles: [Unicode.Scalar: Style], y: Int, line: Int
  ) throws(SnapshotTextError) {
    for (x, letter) in letters.enumerated() {
      guard let style = styles[letter] else {
        throw SnapshotTextError(
          line: line, problem: "style \(HostileText.shown(letter)) is not in the legend")
      }
      let index = y * size.width + x
      guard !cells[index].isContinuation || (x > 0 && cells[index - 1].style == style) else {
        throw SnapshotTextError(line: line, problem: "a wide glyph has two styles")
      }
      cells[index].style = style
    }
  }
}

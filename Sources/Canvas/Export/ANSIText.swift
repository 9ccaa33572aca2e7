/// A grid as text with SGR sequences, a line a row, each ending in the default style: what
/// `cat` shows in a terminal, whatever its size.
package enum ANSIText {
  /// Colours are reduced to `depth`.
  package static func render(_ grid: Grid, depth: ColorDepth = .truecolor) -> String {
    var bytes: [UInt8] = []
    for y in 0..<grid.size.height { append(grid, y, depth: depth, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(
    _ grid: Grid, _ y: Int, depth: ColorDepth, to bytes: inout [UInt8]
  ) {
    var style = StyleEncoder(depth: depth, current: .default)
    let row = grid.row(y)
    // Blanks at the end show only where they have a background or a visible attribute.
    let end = row.lastIndex { !$0.looksBlank || $0.background != 0 } ?? row.startIndex - 1
    for cell in row[..<(end + 1)] where !cell.isContinuation {
      style.set(for: cell, into: &bytes)
      bytes.append(contentsOf: grid.glyph(of: cell).utf8)
    }
    style.set(.default, into: &bytes)
    bytes.append(0x0A)
  }
}

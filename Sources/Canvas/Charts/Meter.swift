/// A horizontal bar filled from the left, to an eighth of a column; `#` and `.` on an ASCII grid.
package enum Meter {
  private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// Draws a bar over the whole of `rect`. `fraction` is clamped to 0…1; nil and NaN draw only the
  /// track. The empty part shows `track` with `trackGlyph`.
  package static func draw(
    _ fraction: Double?, in rect: Rect, ink: Ink, track: Style, trackGlyph: Character = " ",
    on grid: inout Grid
  ) {
    let isASCII = grid.charset == .ascii
    grid.fill(rect, style: track, glyph: isASCII ? "." : trackGlyph)
    let share = fraction.map { $0.isNaN ? 0 : min(1, max(0, $0)) } ?? 0
    let steps = isASCII ? 1 : 8
    let filled = Int((share * Double(rect.width * steps)).rounded())
    for column in 0..<min(rect.width, (filled + steps - 1) / steps) {
      let style = ink.style(at: (Double(column) + 0.5) / Double(rect.width))
      let part = min(steps, filled - column * steps)
      let glyph: Character = isASCII ? "#" : part == 8 ? "█" : eighths[part - 1]
      // The rest of a partly filled cell shows its background: that is the track's.
      let shown = part == steps ? style : style.over(track.background)
      let cell = Rect(x: rect.minX + column, y: rect.minY, width: 1, height: rect.height)
      grid.fill(cell, style: shown, glyph: glyph)
    }
  }
}

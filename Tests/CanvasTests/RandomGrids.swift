import Canvas
import Domain

/// Random drawing, from harmless words to text made to break a terminal.
enum RandomGrids {
  static let texts = [
    "disk usage", "12.5%", "      ", "─────────", "█▇▆▅▄▃▂▁", "日本語", "한국어", "é", "e\u{301}x",
    "👩‍👩‍👧", "🇩🇪", "☁️", "⣿⡇", "\u{1B}[31mred", "a\tb\r\nc", "\u{202E}abc", "\u{85}", "🚀", "क्षि",
    "x", "=======================", "\u{301}", "ﷺ", "\u{FE0F}",
  ]

  static let colors: [Color] = [
    .terminalDefault, .indexed(1), .indexed(12), .indexed(200), .rgb(1, 20, 255),
    .rgb(0x7A, 0xA2, 0xF7),
  ]

  static func style(_ random: inout SplitMix64) -> Style {
    let plain = Int.random(in: 0..<3, using: &random) == 0
    return Style(
      foreground: colors.randomElement(using: &random) ?? .terminalDefault,
      background: plain ? .terminalDefault : colors.randomElement(using: &random) ?? .indexed(3),
      attributes: Attributes(rawValue: UInt8.random(in: 0..<64, using: &random) & (plain ? 0 : 63)))
  }

  /// Draws `strokes` random things on `grid`, also beside it.
  static func draw(_ strokes: Int, on grid: inout Grid, _ random: inout SplitMix64) {
    for _ in 0..<strokes {
      let x = Int.random(in: -4..<grid.size.width + 4, using: &random)
      let y = Int.random(in: -1..<grid.size.height + 1, using: &random)
      let width = Int.random(in: 0..<24, using: &random)
      let rect = Rect(x: x, y: y, width: width, height: Int.random(in: 0..<5, using: &random))
      let style = style(&random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: grid.fill(rect, style: style)
      case 1: grid.drawBox(rect, style: style)
      case 2: grid.restyle(rect) { $0 = $0.over(style.background) }
      case 3: grid.fill(rect, style: .default)
      default: grid.write(texts.randomElement(using: &random) ?? "", x: x, y: y, style: style)
      }
    }
  }
}

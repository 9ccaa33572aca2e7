/// The colours a picture or page uses where a grid says "the terminal's default".
package struct ExportColors: Hashable, Sendable {
  /// The colour of glyphs.
  package var foreground: Color
  /// The colour behind them.
  package var background: Color

  /// Both should be known colours; the terminal's default would be painted black.
  package init(foreground: Color, background: Color) {
    self.foreground = foreground
    self.background = background
  }

  /// Light grey on near black.
  package static let dark = ExportColors(
    foreground: .rgb(0xD0, 0xD0, 0xD0), background: .rgb(0x12, 0x12, 0x12))

  /// Near black on white.
  package static let light = ExportColors(
    foreground: .rgb(0x26, 0x2B, 0x33), background: .rgb(0xFF, 0xFF, 0xFF))

  /// `style` as it is painted: defaults filled in, reverse and dim worked into the colours.
  func painted(_ style: Style) -> (foreground: Color, background: Color) {
    var front = style.foreground == .terminalDefault ? foreground : style.foreground
    var back = style.background == .terminalDefault ? background : style.background
    if style.attributes.contains(.reverse) { swap(&front, &back) }
    if style.attributes.contains(.dim) { front = front.blended(with: back, fraction: 0.45) }
    return (front, back)
  }

  /// `#rrggbb` of a colour; black when it is unknown.
  static func hex(_ color: Color) -> String {
    guard let rgb = color.components else { return "#000000" }
    return Color.rgb(rgb.red, rgb.green, rgb.blue).text
  }
}

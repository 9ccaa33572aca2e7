package import Canvas

/// What the user may decide about the terminal; `nil` means detect.
package struct TerminalOptions: Hashable, Sendable {
  /// Colours to use whatever the environment says.
  package var colorDepth: ColorDepth?
  /// Glyphs to use whatever the locale says.
  package var charset: Charset?

  /// Whether grids hold text in visual order, so that the terminal must not reorder it.
  package var arrangesText: Bool

  package init(
    colorDepth: ColorDepth? = nil, charset: Charset? = nil, arrangesText: Bool = true
  ) {
    self.arrangesText = arrangesText
    self.colorDepth = colorDepth
    self.charset = charset
  }
}

/// How many colours an output can show.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
  case truecolor, ansi256, ansi16, mono
}

extension Color {
  /// The nearest colour an output of `depth` can show. `mono` has only the default; attributes are
  /// not touched by this.
  package func reduced(to depth: ColorDepth) -> Color {
    switch (depth, self) {
    case (.truecolor, _), (_, .terminalDefault): self
    case (.mono, _): .terminalDefault
    case (.ansi256, .indexed): self
    case (.ansi256, .rgb(let red, let green, let blue)):
      .indexed(Palette.nearest256(red, green, blue))
    case (.ansi16, .indexed(let index)) where index < 16: self
    case (.ansi16, .indexed(let index)): .indexed(Palette.nearest16(Palette.rgb(index)))
    case (.ansi16, .rgb(let red, let green, let blue)):
      .indexed(Palette.nearest16((red, green, blue)))
    }
  }
}

extension Style {
  /// The style with both colours reduced; attributes stay.
  package func reduced(to depth: ColorDepth) -> Style {
    Style(
      foreground: foreground.reduced(to: depth), background: background.reduced(to: depth),
      attributes: attributes)
  }
}

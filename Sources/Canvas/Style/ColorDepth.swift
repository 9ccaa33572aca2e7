/// How many colours an output can show.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
  case truecolor, ansi256, ansi16, mono

  /// The depth that a person calls `truecolor` (or `24bit`), `256`, `16`, or `mono` (or `none`).
  package init?(name: String) {
    switch name {
    case "truecolor", "24bit": self = .truecolor
    case "256": self = .ansi256
    case "16": self = .ansi16
    case "mono", "none": self = .mono
    default: return nil
    }
  }

  /// Its first name.
  package var name: String {
    switch self {
    case .truecolor: "truecolor"
    case .ansi256: "256"
    case .ansi16: "16"
    case .mono: "mono"
    }
  }
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

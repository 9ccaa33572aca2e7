/// How a cell looks apart from its glyph.
package struct Style: Hashable, Sendable {
  /// The colour of the glyph.
  package var foreground: Color
  /// The colour behind it.
  package var background: Color
  /// Everything that is not colour.
  package var attributes: Attributes

  /// The default style except for what is given.
  package init(
    foreground: Color = .terminalDefault, background: Color = .terminalDefault,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, no attribute.
  package static let `default` = Style()
}

// Builders: `theme.text.bold.over(theme.selection)`.
extension Style {
  /// The same style, bold as well.
  package var bold: Style { adding(.bold) }
  /// The same style, dim as well.
  package var dim: Style { adding(.dim) }
  /// The same style, italic as well.
  package var italic: Style { adding(.italic) }
  /// The same style, underlined as well.
  package var underline: Style { adding(.underline) }
  /// The same style, reversed as well.
  package var reverse: Style { adding(.reverse) }
  /// The same style, struck through as well.
  package var strikethrough: Style { adding(.strikethrough) }

  /// The same style with these attributes as well.
  package func adding(_ attributes: Attributes) -> Style {
    Style(
      foreground: foreground, background: background, attributes: self.attributes.union(attributes))
  }

  /// The same style without these attributes.
  package func removing(_ attributes: Attributes) -> Style {
    Style(
      foreground: foreground, background: background,
      attributes: self.attributes.subtracting(attributes))
  }

  /// The same style with another glyph colour.
  package func with(foreground: Color) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes)
  }

  /// The same style with another background.
  package func with(background: Color) -> Style {
    over(background)
  }

  /// The same style with exactly these attributes.
  package func with(attributes: Attributes) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes)
  }

  /// The same style drawn on `background`.
  package func over(_ background: Color) -> Style {
    Style(foreground: foreground, background: background, attributes: attributes)
  }
}

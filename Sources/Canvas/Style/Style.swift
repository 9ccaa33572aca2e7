/// How a cell looks apart from its glyph.
package struct Style: Hashable, Sendable {
  package var foreground: Color
  package var background: Color
  package var attributes: Attributes

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
  package var bold: Style { adding(.bold) }
  package var dim: Style { adding(.dim) }
  package var italic: Style { adding(.italic) }
  package var underline: Style { adding(.underline) }
  package var reverse: Style { adding(.reverse) }
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

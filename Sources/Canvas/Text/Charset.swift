/// Which glyphs an output can show.
package enum Charset: Hashable, Sendable {
  case unicode
  /// Only U+0020–U+007E.
  case ascii
}

extension Charset {
  /// What marks a text that was cut.
  package var ellipsis: Unicode.Scalar { self == .ascii ? "~" : "…" }

  /// The glyph drawn for `scalar`: the scalar itself, or its nearest ASCII sign.
  func drawn(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard self == .ascii, scalar.value > 0x7E || scalar.value < 0x20 else {
      return HostileText.shown(scalar)
    }
    return Self.asciiSign(scalar)
  }

  private static func asciiSign(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "…": "~"
    case "–", "—", "─", "━", "═", "╌", "┄": "-"
    case "│", "┃", "║", "┆", "┊": "|"
    case "‘", "’", "´": "'"
    case "“", "”": "\""
    case "•", "·", "●", "◆", "■": "*"
    case "→", "▶", "▸", "›", "»": ">"
    case "←", "◀", "◂", "‹", "«": "<"
    case "↑", "▲", "▴": "^"
    case "↓", "▼", "▾": "v"
    case "✓", "✔": "+"
    case "✗", "✘", "×": "x"
    case "\u{A0}", "\u{2800}": " "
    case "\u{2500}"..."\u{257F}": "+"
    case "\u{2580}"..."\u{259F}", "\u{2801}"..."\u{28FF}": "#"
    default: "?"
    }
  }
}

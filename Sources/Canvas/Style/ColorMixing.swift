// Mixing and judging colours.
extension Color {
  /// Moves `fraction` (clamped to 0…1) of the way to `other`, in sRGB. Palette entries count as
  /// xterm's; where either side is the terminal's default, the nearer of the two is returned.
  package func blended(with other: Color, fraction: Double) -> Color {
    let amount = fraction.isNaN ? 0 : min(1, max(0, fraction))
    guard let from = components, let to = other.components else {
      return amount < 0.5 ? self : other
    }
    func mix(_ start: UInt8, _ end: UInt8) -> UInt8 {
      UInt8(clamping: Int((Double(start) + (Double(end) - Double(start)) * amount).rounded()))
    }
    return .rgb(mix(from.red, to.red), mix(from.green, to.green), mix(from.blue, to.blue))
  }

  /// The WCAG 2.2 contrast ratio, 1…21; nil when either colour is the terminal's default and so
  /// unknown.
  package func contrastRatio(with other: Color) -> Double? {
    guard let first = relativeLuminance, let second = other.relativeLuminance else { return nil }
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// Red, green and blue, for palette entries as in xterm; nil for the terminal's default.
  var components: Palette.RGB? {
    switch self {
    case .terminalDefault: nil
    case .indexed(let index): Palette.rgb(index)
    case .rgb(let red, let green, let blue): (red, green, blue)
    }
  }

  private var relativeLuminance: Double? {
    guard let components else { return nil }
    return 0.2126 * Self.linear(components.red) + 0.7152 * Self.linear(components.green)
      + 0.0722 * Self.linear(components.blue)
  }

  /// The sRGB transfer curve. Its power of 2.4 is computed as x² · x^0.4, the last by Newton's
  /// iteration on y⁵ = x², because the standard library has no `pow`.
  private static func linear(_ component: UInt8) -> Double {
    let value = Double(component) / 255
    guard value > 0.04045 else { return value / 12.92 }
    let base = (value + 0.055) / 1.055
    let square = base * base
    var root = 1.0
    for _ in 0..<12 {
      root -= (root * root * root * root * root - square) / (5 * root * root * root * root)
    }
    return square * root
  }
}

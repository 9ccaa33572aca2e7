/// Colours along a scale from 0 to 1, evenly spaced.
package struct Gradient: Hashable, Sendable {
  /// The colours from 0 to 1.
  package let stops: [Color]

  /// With no stop the gradient is the terminal's default everywhere.
  package init(_ stops: [Color]) {
    self.stops = stops
  }

  /// The colour at `fraction`, clamped to 0…1; NaN counts as 0.
  package func color(at fraction: Double) -> Color {
    guard let first = stops.first, let last = stops.last else { return .terminalDefault }
    guard fraction > 0 else { return first }
    guard fraction < 1 else { return last }
    let place = fraction * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 1)
    guard index + 1 < stops.count else { return last }
    return stops[index].blended(with: stops[index + 1], fraction: place - Double(index))
  }
}

/// How a chart is coloured.
package enum Ink: Hashable, Sendable {
  /// One style everywhere.
  case plain(Style)
  /// The style with its glyph colour taken from the gradient, by height or length.
  case graded(Gradient, Style)

  /// The style at `fraction` of the chart's height or length.
  package func style(at fraction: Double) -> Style {
    switch self {
    case .plain(let style): style
    case .graded(let gradient, let style): style.with(foreground: gradient.color(at: fraction))
    }
  }
}

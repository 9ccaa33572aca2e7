package import Canvas
import Panes
import Themes

/// The forms that a picture is written in.
package enum SnapshotFormat: String, CaseIterable, Sendable {
  case text, ansi, svg, html, golden

  /// The form that a file's name asks for by its ending; nil for another ending.
  package init?(ofFile name: String) {
    let endings: [(String, SnapshotFormat)] = [
      (".txt", .text), (".ans", .ansi), (".svg", .svg), (".html", .html), (".golden", .golden),
    ]
    guard let known = endings.first(where: { name.hasSuffix($0.0) }) else { return nil }
    self = known.1
  }

  /// The ending of files of this form.
  package var ending: String {
    switch self {
    case .text: ".txt"
    case .ansi: ".ans"
    case .svg: ".svg"
    case .html: ".html"
    case .golden: SnapshotCase.ending
    }
  }

  /// A case's picture in this form; `grid` is what the case's view drew.
  package func render(_ grid: Grid, of shown: SnapshotCase) -> String {
    let view = shown.view
    let title = "podium: \(shown.name)"
    return switch self {
    case .text: PlainText.render(grid)
    case .ansi: ANSIText.render(grid, depth: view.depth)
    case .svg: SVGImage.render(grid, colors: view.exportColors, title: title)
    case .html:
      HTMLPage.render(
        grid, colors: view.exportColors, title: title, language: view.language.rawValue)
    case .golden: SnapshotText.render(Golden(name: shown.name, grid: grid))
    }
  }
}

extension SnapshotView {
  /// What stands for the terminal's own colours: the theme's, or those of a plain terminal where
  /// the theme leaves them to it.
  package var exportColors: ExportColors {
    if case .rgb = theme.color(.text), case .rgb = theme.color(.background), depth != .mono {
      return ExportColors(foreground: theme.color(.text), background: theme.color(.background))
    }
    return theme.appearance == .dark ? .dark : .light
  }
}

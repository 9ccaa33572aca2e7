import ArgumentParser
import Canvas
import Glibc
import Themes

/// `podium themes`
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List the themes, or preview one.",
    discussion: "A .theme file is checked by naming it: `podium themes ./mine.theme`.")

  @Argument(help: "A theme's name, or the path of a .theme file.")
  var name: String?

  func run() throws {
    guard let name else {
      for name in Theme.builtInNames {
        let theme = try Theme.builtIn(name)
        print("\(name)  \(theme.appearance.rawValue)")
      }
      return
    }
    let grid = Self.preview(try ThemeFinder.theme(name))
    let isTerminal = isatty(STDOUT_FILENO) == 1
    print(
      isTerminal ? ANSIText.render(grid, depth: .truecolor) : PlainText.render(grid), terminator: ""
    )
  }

  /// Every role as a line: its colour on the surface, and as a swatch.
  private static func preview(_ theme: Theme) -> Grid {
    let size = Size(width: 44, height: Role.allCases.count)
    var grid = Grid(size: size, style: theme.style(.text))
    for (row, role) in Role.allCases.enumerated() {
      let swatch = Style(
        foreground: theme.color(.text), background: theme.color(role), attributes: [])
      grid.fill(Rect(x: 1, y: row, width: 6, height: 1), style: swatch)
      grid.write(role.name, x: 9, y: row, style: theme.style(role))
      grid.write(theme.color(role).text, x: 24, y: row, style: theme.style(.muted))
    }
    return grid
  }
}

package import Canvas
import Dashboard
package import Domain
package import Panes
package import Themes

/// What a screen without a terminal is drawn with: everything that could differ between machines.
package struct Scene: Sendable {
  package var size: Size
  package var workspace: Workspace
  package var theme: Theme
  package var charset: Charset
  package var utcOffset: Span
  /// The pane in focus, and whether it has the whole screen.
  package var focus: PaneKind?
  package var isZoomed = false
  /// The language of what is not data.
  package var language = Language.english
  /// Whether text from right to left is put in visual order, its letters joined.
  package var arrangesText = true

  /// A scene.
  package init(
    size: Size, workspace: Workspace, theme: Theme, charset: Charset = .unicode,
    utcOffset: Span = .zero
  ) {
    self.size = size
    self.workspace = workspace
    self.theme = theme
    self.charset = charset
    self.utcOffset = utcOffset
  }
}

extension Session {
  /// The screen of this session at its moment.
  package func draw(_ scene: Scene) -> Grid {
    var state = DashboardState(
      size: scene.size, workspace: scene.workspace, theme: scene.theme.name,
      themes: [scene.theme.name], language: scene.language)
    if let focus = scene.focus, scene.workspace.panes.contains(focus) { state.focus = focus }
    state.isZoomed = scene.isZoomed
    state.hasLostConnection = !board.stream.isCurrent
    var screen = Screen(
      size: scene.size, theme: scene.theme, charset: scene.charset,
      arrangesText: scene.arrangesText)
    _ = screen.draw(
      board, at: Moment(now: now, utcOffset: scene.utcOffset), theme: scene.theme, state: &state)
    return screen.grid
  }
}

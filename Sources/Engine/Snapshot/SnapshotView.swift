package import Canvas
package import Domain
package import Panes
package import Themes

/// How a moment of a tape is drawn without a terminal: all that a picture depends on beside the
/// tape.
package struct SnapshotView: Sendable {
  /// Which moment.
  package var at: TimeReference
  /// Columns and rows.
  package var size: Size
  /// The colours of the terminal that is stood in for.
  package var depth: ColorDepth
  package var theme: Theme
  package var charset: Charset
  /// The workspace; nil: that of the pane in focus.
  package var workspace: Workspace?
  /// The pane in focus; nil: the first of the workspace.
  package var focus: PaneKind?
  /// Whether that pane has the whole screen.
  package var isZoomed = false
  /// The language of what is not data.
  package var language = Language.english
  /// Whether text from right to left is put in visual order, its letters joined.
  package var arrangesText = true

  /// A view of a whole workspace.
  package init(
    at: TimeReference = .end, size: Size, theme: Theme, depth: ColorDepth = .truecolor,
    charset: Charset = .unicode
  ) {
    self.at = at
    self.size = size
    self.theme = theme
    self.depth = depth
    self.charset = charset
  }

  /// The workspace shown.
  package var shownWorkspace: Workspace {
    if let workspace { return workspace }
    return focus.flatMap { focus in Workspace.allCases.first { $0.panes.contains(focus) } }
      ?? .agents
  }

  /// What a session's screen is drawn with.
  package var scene: Scene {
    var scene = Scene(
      size: size, workspace: shownWorkspace, theme: theme.resolved(for: depth), charset: charset)
    scene.focus = focus
    scene.isZoomed = isZoomed
    scene.language = language
    scene.arrangesText = arrangesText
    return scene
  }

  /// What the theme calls the colours that pictures have.
  package var colorNames: [Color: String] {
    let resolved = theme.resolved(for: depth)
    var names: [Color: String] = [:]
    for role in Role.allCases.reversed() {
      names[resolved.color(role).reduced(to: depth)] = role.name
    }
    names[.terminalDefault] = nil
    return names
  }

  /// The screen of a session, in the colours that the terminal would show.
  package func draw(_ session: Session) -> Grid {
    var grid = session.draw(scene)
    if depth != .truecolor {
      grid.restyle(grid.bounds) { $0 = $0.reduced(to: depth) }
    }
    return grid
  }
}

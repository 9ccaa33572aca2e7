import Canvas
import Dashboard
import Domain
import Engine
import Panes
import TestSupport
import Themes

extension PictureCase {
  /// The picture of this case.
  func picture() throws -> Grid {
    let session = try tape.session(after: seconds)
    let theme = try Theme.builtIn(theme).resolved(for: depth)
    var grid =
      keys.isEmpty && heldFor == nil
      ? session.draw(scene(theme)) : try used(session, theme)
    if depth != .truecolor {
      grid.restyle(grid.bounds) { $0 = $0.reduced(to: depth) }
    }
    return grid
  }

  private func scene(_ theme: Theme) -> Scene {
    var scene = Scene(size: size, workspace: workspace, theme: theme, charset: charset)
    scene.focus = focus
    scene.isZoomed = isZoomed
    return scene
  }

  /// The screen after keys were pressed, drawn after each as the live dashboard is.
  private func used(_ session: Session, _ theme: Theme) throws -> Grid {
    var state = DashboardState(
      size: size, workspace: workspace, theme: theme.name, themes: [theme.name])
    if let focus { state.focus = focus }
    state.isZoomed = isZoomed
    var moment = Moment(now: session.now)
    if let heldFor {
      state.isPaused = true
      moment.held = Moment.Held(since: session.now, now: session.now + heldFor, events: 61)
    }
    var screen = Screen(size: size, theme: theme, charset: charset)
    _ = screen.draw(session.board, at: moment, theme: theme, state: &state)
    for key in keys {
      guard let command = Keymap.command(for: key, in: state) else { continue }
      _ = state.apply(command)
      _ = screen.draw(session.board, at: moment, theme: theme, state: &state)
    }
    return screen.grid
  }
}

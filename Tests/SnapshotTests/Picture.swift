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
      keys.isEmpty && time == nil
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
    scene.language = language
    return scene
  }

  /// The screen after keys were pressed, drawn after each as the live dashboard is.
  private func used(_ session: Session, _ theme: Theme) throws -> Grid {
    var state = DashboardState(
      size: size, workspace: workspace, theme: theme.name, themes: [theme.name],
      language: language)
    if let focus { state.focus = focus }
    state.isZoomed = isZoomed
    var moment = Moment(now: session.now)
    if let time {
      state.time = time
      let timeline = try Self.timeline(of: tape)
      moment.timeline = timeline
      state.reach = TimeReach(start: timeline.start, end: timeline.end, now: session.now)
    }
    if let markedAt {
      let marked = try tape.session(after: markedAt)
      moment.marked = MarkedBoard(marked.board, at: marked.now)
      state.hasMarkedBoard = true
    }
    var screen = Screen(size: size, theme: theme, charset: charset)
    _ = screen.draw(session.board, at: moment, theme: theme, state: &state)
    for key in keys {
      guard let command = Keymap.command(for: key, in: state) else { continue }
      for case .trace(let row) in state.apply(command) {
        state.traced = row.subject(in: session.board)
      }
      _ = screen.draw(session.board, at: moment, theme: theme, state: &state)
    }
    return screen.grid
  }

  /// What happened when on a whole tape.
  private static func timeline(of tape: Tape) throws -> Timeline {
    var timeline = try Timeline(reading: TapeInput(path: tape.path))
    timeline.mark("first course", at: timeline.start + .seconds(33))
    return timeline
  }
}

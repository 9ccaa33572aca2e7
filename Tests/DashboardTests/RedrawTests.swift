import Canvas
import Domain
import Panes
import TestSupport
import Testing
import Themes

@testable import Dashboard

@Suite("drawing only what changed")
struct RedrawTests {
  @Test(
    "gives the grid that drawing anew gives, second after second of a tape",
    arguments: [Tape.agentsBusy, .kitchenRush, .outage, .hostile, .gaps], Workspace.allCases)
  func equalsDrawingAnew(_ tape: Tape, _ workspace: Workspace) throws {
    let theme = try Theme.builtIn("dark")
    for size in [Size(width: 120, height: 40), Size(width: 80, height: 24)] {
      var state = DashboardState(
        size: size, workspace: workspace, theme: "dark", themes: ["dark"])
      var screen = Screen(size: size, theme: theme, charset: .unicode)
      for second in stride(from: Int64(1), through: 61, by: 12) {
        let (board, now) = try tape.board(after: second)
        let moment = Moment(now: now)
        var anew = Screen(size: size, theme: theme, charset: .unicode)
        var before = state
        _ = anew.draw(board, at: moment, theme: theme, state: &before)
        _ = screen.draw(board, at: moment, theme: theme, state: &state)
        #expect(GridComparison(expected: anew.grid, actual: screen.grid).summary == "equal")
        _ = state.apply(.moveBy(1))
      }
    }
  }
}

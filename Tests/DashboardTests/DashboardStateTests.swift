import Canvas
import Panes
import Testing

@testable import Dashboard

@Suite("where the user is")
struct DashboardStateTests {
  private var state = DashboardState(
    size: Size(width: 120, height: 40), theme: "dark", themes: ["dark", "light", "terminal"])

  @Test("each workspace opens on its own pane and remembers where it was left")
  mutating func focusOfWorkspaces() {
    #expect(state.focus == .agents)
    _ = state.apply(.focus(digit: 1))
    #expect(state.focus == .mandates)
    _ = state.apply(.workspace(.kitchen))
    #expect(state.focus == .tickets)
    _ = state.apply(.workspace(.agents))
    #expect(state.focus == .mandates)
  }

  @Test("a digit beyond the panes changes nothing", arguments: [0, 7, 9, -1, .max, .min + 1])
  func digitBeyond(_ digit: Int) {
    var state = state
    let before = state
    #expect(state.apply(.focus(digit: digit)) == [])
    #expect(state == before)
  }

  @Test("Tab goes round all panes and Shift-Tab goes back")
  mutating func tabs() {
    let start = state.focus
    var seen: [PaneKind] = []
    for _ in state.workspace.panes {
      _ = state.apply(.nextPane)
      seen.append(state.focus)
    }
    #expect(Set(seen) == Set(state.workspace.panes))
    #expect(state.focus == start)
    _ = state.apply(.nextPane)
    _ = state.apply(.previousPane)
    #expect(state.focus == start)
  }

  @Test("w goes round the workspaces")
  mutating func workspaces() {
    let seen = (0..<3).map { _ in
      _ = state.apply(.nextWorkspace)
      return state.workspace
    }
    #expect(seen == [.kitchen, .link, .agents])
  }

  @Test("pausing holds the board and pausing again releases it")
  mutating func pause() {
    #expect(state.apply(.pause) == [.holdBoard])
    #expect(state.isPaused)
    #expect(state.apply(.pause) == [.releaseBoard])
    #expect(!state.isPaused)
  }

  @Test("what only the world can do is asked of it")
  mutating func effects() {
    #expect(state.apply(.quit) == [.quit])
    #expect(state.apply(.suspend) == [.suspend])
    #expect(state.apply(.repaint) == [.repaint])
    #expect(state.apply(.retryNow) == [.retryNow])
    #expect(state.apply(.zoom) == [])
  }

  @Test("Enter opens the row under the cursor, Esc closes it, then ends the zoom")
  mutating func detail() {
    _ = state.apply(.open)
    #expect(state.mode == .browsing)
    state.note(Cursor(first: 0, selected: 2, id: "08b1"), page: 5, of: .agents)
    _ = state.apply(.zoom)
    _ = state.apply(.open)
    #expect(state.mode == .detail(.agents, id: "08b1", scroll: 0))
    _ = state.apply(.moveBy(3))
    _ = state.apply(.moveBy(-1))
    #expect(state.mode == .detail(.agents, id: "08b1", scroll: 2))
    _ = state.apply(.first)
    #expect(state.mode == .detail(.agents, id: "08b1", scroll: 0))
    #expect(state.cursor(of: .agents).selected == 2)
    _ = state.apply(.close)
    #expect(state.mode == .browsing)
    #expect(state.isZoomed)
    _ = state.apply(.close)
    #expect(!state.isZoomed)
  }

  @Test("changing the workspace closes what lies over it")
  mutating func enterClosesOverlay() {
    _ = state.apply(.help)
    #expect(state.mode == .help(scroll: 0))
    _ = state.apply(.nextWorkspace)
    #expect(state.mode == .browsing)
  }

  @Test("t goes round the themes; a theme that is not in the list stays")
  mutating func themes() {
    let seen = (0..<3).map { _ in
      _ = state.apply(.nextTheme)
      return state.theme
    }
    #expect(seen == ["light", "terminal", "dark"])
    state.theme = "gone"
    _ = state.apply(.nextTheme)
    #expect(state.theme == "gone")
  }

  @Test("the cursor never goes above the first row, and far moves do not overflow")
  mutating func cursor() {
    _ = state.apply(.moveBy(-5))
    #expect(state.cursor(of: .agents).selected == 0)
    _ = state.apply(.last)
    _ = state.apply(.last)
    _ = state.apply(.page(1))
    #expect(state.cursor(of: .agents).selected == 1 << 40)
    _ = state.apply(.first)
    #expect(state.cursor(of: .agents).selected == 0)
  }

  @Test("a page is as long as the last drawing said")
  mutating func page() {
    state.note(Cursor(), page: 7, of: .agents)
    _ = state.apply(.page(1))
    #expect(state.cursor(of: .agents).selected == 7)
    _ = state.apply(.page(-1))
    #expect(state.cursor(of: .agents).selected == 0)
  }
}

import Canvas
import Domain
import Panes
import TestSupport
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

  @Test("going through time is asked of the engine")
  mutating func travel() {
    #expect(state.apply(.travel(.toggle)) == [.travel(.toggle)])
    #expect(state.apply(.travel(.step(-1))) == [.travel(.step(-1))])
    #expect(state.apply(.markBoard) == [.markBoard])
  }

  @Test("the row under the cursor is traced, Esc ends the trace before the zoom, f too")
  mutating func trace() {
    #expect(state.apply(.trace) == [])
    #expect(state.notice == Notice("no row is under the cursor", isFault: true))
    state.note(Cursor(first: 0, selected: 2, id: "08b1"), page: 5, of: .agents)
    #expect(state.apply(.trace) == [.trace(TracedRow(pane: .agents, id: "08b1"))])
    state.traced = .agent("08b1")
    _ = state.apply(.zoom)
    _ = state.apply(.close)
    #expect(state.traced == nil)
    #expect(state.isZoomed)
    state.traced = .agent("08b1")
    #expect(state.apply(.trace) == [])
    #expect(state.traced == nil)
  }

  @Test("d opens what changed and closes it")
  mutating func difference() {
    _ = state.apply(.difference)
    #expect(state.mode == .difference(scroll: 0))
    _ = state.apply(.moveBy(2))
    #expect(state.mode == .difference(scroll: 2))
    _ = state.apply(.difference)
    #expect(state.mode == .browsing)
  }

  @Test("a prompt takes what is typed, erases it, and is left without a trace")
  mutating func prompt() {
    _ = state.apply(.ask(.time))
    for character in "-2m5" { _ = state.apply(.type(character)) }
    _ = state.apply(.erase)
    #expect(Self.prompt(of: state)?.text == "-2m")
    _ = state.apply(.eraseAll)
    _ = state.apply(.erase)
    #expect(Self.prompt(of: state)?.text == "")
    #expect(state.apply(.close) == [])
    #expect(state.mode == .browsing)
    #expect(state.apply(.type("x")) == [])
    #expect(state.apply(.submit) == [])
  }

  @Test("a time that was typed is gone to, a bad one is explained where it was typed")
  mutating func timePrompt() {
    state.reach = TimeReach(
      start: .evening, end: .evening + .minutes(10), now: .evening + .minutes(5))
    #expect(answer(.time, "-2m") == [.travel(.go(.evening + .minutes(3)))])
    #expect(state.mode == .browsing)
    #expect(answer(.time, "") == [])
    #expect(state.mode == .browsing)
    #expect(answer(.time, "soon") == [])
    #expect(
      Self.prompt(of: state)?.fault
        == "\"soon\" is no time; such as -2m, 19:42:08, 1:30, start, end")
    _ = state.apply(.type("!"))
    #expect(Self.prompt(of: state)?.fault == nil)
    #expect(Self.prompt(of: state)?.text == "soon!")
  }

  @Test("a marker gets the label that was typed, without blanks around it")
  mutating func labelPrompt() {
    #expect(answer(.label, "  first course ") == [.travel(.mark("first course"))])
    #expect(answer(.label, "") == [.travel(.mark(""))])
  }

  @Test("an answer has at most 64 characters, none of which could steer a terminal")
  mutating func promptBound() {
    _ = state.apply(.ask(.label))
    for character in "\u{1B}\u{7}a" { _ = state.apply(.type(character)) }
    #expect(Self.prompt(of: state)?.text == "a")
    for _ in 0..<100 { _ = state.apply(.type("ß")) }
    #expect(Self.prompt(of: state)?.text.count == 64)
  }

  @Test("what is told of a key goes with the next one")
  mutating func notice() {
    state.notice = Notice("marker 1: on the tape")
    _ = state.apply(.nextPane)
    #expect(state.notice == nil)
  }

  private mutating func answer(_ question: Prompt.Question, _ text: String) -> [Effect] {
    _ = state.apply(.ask(question))
    for character in text { _ = state.apply(.type(character)) }
    return state.apply(.submit)
  }

  private static func prompt(of state: DashboardState) -> Prompt? {
    if case .prompt(let prompt) = state.mode { prompt } else { nil }
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

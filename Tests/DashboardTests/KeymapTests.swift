import Canvas
import Domain
import Panes
import TestSupport
import Testing
import Themes

@testable import Dashboard

@Suite("the key table")
struct KeymapTests {
  private static func state(_ change: (inout DashboardState) -> Void = { _ in }) -> DashboardState {
    var state = DashboardState(
      size: Size(width: 120, height: 40), theme: "dark", themes: ["dark", "light"])
    change(&state)
    return state
  }

  /// One state of each kind there is.
  private static let states: [DashboardState] = Workspace.allCases.flatMap { workspace in
    [
      state { $0.workspace = workspace }, state { $0.mode = .help(scroll: 0) },
      state { $0.mode = .detail(.agents, id: "root", scroll: 0) }, state { $0.isZoomed = true },
      state { $0.isPaused = true }, state { $0.hasLostConnection = true },
    ]
  }

  @Test("no key has two meanings in a state", arguments: states)
  func unique(_ state: DashboardState) {
    var seen: [Key: Command] = [:]
    for binding in Keymap.bindings where binding.isEnabled(state) {
      for key in binding.keys {
        #expect(
          seen[key] == nil, "\(key) is \(binding.command) and \(String(describing: seen[key]))")
        seen[key] = binding.command
      }
    }
  }

  @Test("every key in the footer does something", arguments: states)
  func footer(_ state: DashboardState) {
    for binding in Keymap.bindings where binding.footerRank != nil && binding.isEnabled(state) {
      var after = state
      after.note(Cursor(first: 0, selected: 0, id: "row"), page: 5, of: after.focus)
      let before = after
      let effects = after.apply(binding.command)
      #expect(after != before || !effects.isEmpty, "\(binding.label) does nothing")
    }
  }

  @Test("no two keys share a place in the footer")
  func ranks() {
    let ranks = Keymap.bindings.compactMap(\.footerRank)
    #expect(Set(ranks).count == ranks.count)
  }

  @Test("what is disabled means nothing")
  func disabled() {
    let state = Self.state()
    #expect(Keymap.command(for: .character("r"), in: state) == nil)
    #expect(Keymap.command(for: .escape, in: state) == nil)
    #expect(Keymap.command(for: .character("7"), in: state) == nil)
    #expect(Keymap.command(for: .character("6"), in: state) == .focus(digit: 6))
    #expect(Keymap.command(for: .alt("x"), in: state) == nil)
  }

  @Test("the help lists every key")
  func help() throws {
    let theme = try Theme.builtIn("dark")
    var state = Self.state { $0.mode = .help(scroll: 0) }
    var screen = Screen(size: state.size, theme: theme, charset: .unicode)
    _ = screen.draw(Board(), at: Moment(now: .evening), theme: theme, state: &state)
    let text = (0..<40).map { screen.grid.rowText($0) }.joined(separator: "\n")
    for binding in Keymap.bindings {
      if case .focus = binding.command { continue }
      #expect(text.contains(binding.label) && text.contains(binding.words), "\(binding.label)")
    }
    #expect(text.contains("1-7"))
  }
}

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
      state { $0.hasLostConnection = true }, state { $0.reach = reach },
      state { $0.mode = .prompt(Prompt(.time)) },
      state {
        $0.time = .behind(.paused, Lag(.seconds(9), events: 3))
        $0.reach = reach
      },
      state {
        $0.time = .replay(.playing(speed: 1))
        $0.reach = reach
        $0.hasMarkedBoard = true
      },
    ]
  }

  private static let reach = TimeReach(
    start: .evening, end: .evening + .seconds(60), now: .evening + .seconds(30))

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
    for binding in Keymap.bindings where binding.footer != nil && binding.isEnabled(state) {
      var after = state
      after.note(Cursor(first: 0, selected: 0, id: "row"), page: 5, of: after.focus)
      let before = after
      let effects = after.apply(binding.command)
      #expect(after != before || !effects.isEmpty, "\(binding.label) does nothing")
    }
  }

  @Test("no two keys share a place in the footer", arguments: states)
  func ranks(_ state: DashboardState) {
    let ranks = Keymap.bindings.filter { $0.isEnabled(state) }.compactMap(\.footer?.rank)
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

  @Test("without a tape there is no going back, and where the present is shown none forward")
  func travelling() {
    let keys = "[]{}<>gmn+-".map { Key.character($0) }
    func enabled(_ state: DashboardState) -> [Key] {
      keys.filter { Keymap.command(for: $0, in: state) != nil }
    }
    #expect(enabled(Self.state()) == [])
    #expect(enabled(Self.state { $0.reach = Self.reach }) == "[{<gm".map { .character($0) })
    let behind = Self.state {
      $0.reach = Self.reach
      $0.time = .behind(.paused, Lag(.seconds(9), events: 3))
    }
    #expect(enabled(behind) == keys)
    #expect(Keymap.command(for: .character(" "), in: behind) == .travel(.toggle))
    #expect(Keymap.command(for: .character("p"), in: Self.state()) == .travel(.toggle))
  }

  @Test("in a prompt every character is text, and few other keys mean anything")
  func typing() {
    let state = Self.state { $0.mode = .prompt(Prompt(.time)) }
    for character in "q?-:19 pgG[]éش" {
      #expect(Keymap.command(for: .character(character), in: state) == .type(character))
    }
    #expect(Keymap.command(for: .enter, in: state) == .submit)
    #expect(Keymap.command(for: .escape, in: state) == .close)
    #expect(Keymap.command(for: .control("c"), in: state) == .close)
    #expect(Keymap.command(for: .backspace, in: state) == .erase)
    #expect(Keymap.command(for: .control("u"), in: state) == .eraseAll)
    #expect(Keymap.command(for: .tab, in: state) == nil)
    #expect(Keymap.command(for: .function(2), in: state) == nil)
  }

  @Test("the help lists every key")
  func help() throws {
    let theme = try Theme.builtIn("dark")
    var state = Self.state {
      $0.mode = .help(scroll: 0)
      $0.size.height = 60
    }
    var screen = Screen(size: state.size, theme: theme, charset: .unicode)
    _ = screen.draw(Board(), at: Moment(now: .evening), theme: theme, state: &state)
    let text = (0..<60).map { screen.grid.rowText($0) }.joined(separator: "\n")
    for binding in Keymap.bindings {
      if case .focus = binding.command { continue }
      #expect(text.contains(binding.label) && text.contains(binding.words), "\(binding.label)")
    }
    #expect(text.contains("1-7"))
  }

  @Test("every word and sentence of the key table has its Arabic")
  func arabic() {
    let missing = Keymap.bindings.flatMap { [$0.word, $0.words] }
      .filter { !KeyWords.hasArabic($0) }
    #expect(missing == [])
  }

  @Test("the arrows follow the screen where it begins at the right")
  func mirroredArrows() {
    var state = DashboardState(
      size: Size(width: 120, height: 40), theme: "dark", themes: ["dark"], language: .arabic)
    #expect(Keymap.command(for: .left, in: state) == .nextPane)
    #expect(Keymap.command(for: .right, in: state) == .previousPane)
    #expect(Keymap.command(for: .character("L"), in: state) == .nextLanguage)
    _ = state.apply(.nextLanguage)
    #expect(state.language == .english)
    #expect(Keymap.command(for: .right, in: state) == .nextPane)
  }
}

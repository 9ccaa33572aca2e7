package import Canvas
import Panes

/// One row of the key table: footer, help screen and documentation are made from it.
package struct Binding: Sendable {
  /// The keys that ask for the command.
  package let keys: [Key]
  /// How the keys are written.
  package let label: String
  package let command: Command
  /// What it does, in a word or two, and in a sentence.
  package let word: String, words: String
  /// Whether it does something now; the footer shows only those that do.
  package let isEnabled: @Sendable (DashboardState) -> Bool
  /// The order in the footer, lowest first; nil keeps it to the help screen.
  package let footerRank: Int?
}

/// The keys of the dashboard.
package enum Keymap {
  /// Every binding.
  package static let bindings: [Binding] =
    workspaces + panes + motions + [
      bind([.enter], "Enter", .open, "detail", "open the detail of the row", footer: 3) {
        $0.mode == .browsing
      },
      bind(
        [.escape, .backspace], "Esc", .close, "close", "close the detail or the help", footer: 0
      ) {
        $0.mode != .browsing || $0.isZoomed
      },
      bind([.character("z")], "z", .zoom, "zoom", "give the pane the whole screen", footer: 5) {
        $0.mode == .browsing
      },
      bind(
        [.character("p"), .character(" ")], "p", .pause, "pause",
        "hold what is shown; events still come in", footer: 4
      ) { _ in true },
      bind([.character("r")], "r", .retryNow, "retry", "try lost connections at once", footer: 1) {
        $0.hasLostConnection
      },
      bind([.character("t")], "t", .nextTheme, "theme", "change the theme", footer: 7) { _ in true
      },
      bind([.character("?"), .function(10)], "?", .help, "help", "show the keys", footer: 8) { _ in
        true
      },
      bind(
        [.character("q"), .control("c")], "q", .quit, "quit", "leave, the terminal as it was",
        footer: 9
      ) { _ in true },
      bind([.control("l")], "Ctrl-L", .repaint, "repaint", "draw the whole screen anew") { _ in
        true
      },
      bind([.control("z")], "Ctrl-Z", .suspend, "suspend", "back to the shell; fg returns") { _ in
        true
      },
    ]

  /// The command a key asks for in a state, nil when it means nothing now.
  package static func command(for key: Key, in state: DashboardState) -> Command? {
    bindings.first { $0.keys.contains(key) && $0.isEnabled(state) }?.command
  }

  private static let workspaces: [Binding] = [
    bind([.function(1)], "F1", .workspace(.agents), "agents", "the agents") { _ in true },
    bind([.function(2)], "F2", .workspace(.kitchen), "kitchen", "the kitchen") { _ in true },
    bind([.function(3)], "F3", .workspace(.link), "link", "the connections and events") { _ in true
    },
    bind([.character("w")], "w", .nextWorkspace, "workspace", "the next workspace", footer: 6) {
      _ in
      true
    },
  ]

  private static let panes: [Binding] =
    (1...7).map { digit in
      bind(
        [.character(Character(String(digit)))], String(digit), .focus(digit: digit), "pane",
        "go to the pane with that digit"
      ) { digit <= $0.workspace.panes.count }
    } + [
      bind([.tab, .right], "Tab", .nextPane, "next pane", "go to the next pane", footer: 2) {
        $0.mode == .browsing
      },
      bind([.backTab, .left], "Shift-Tab", .previousPane, "previous", "go to the pane before") {
        $0.mode == .browsing
      },
    ]

  private static let motions: [Binding] = [
    bind([.down, .character("j")], "j ↓", .moveBy(1), "down", "one row down") { _ in true },
    bind([.up, .character("k")], "k ↑", .moveBy(-1), "up", "one row up") { _ in true },
    bind([.pageDown, .control("d")], "PgDn", .page(1), "page", "one page down") { _ in true },
    bind([.pageUp, .control("u")], "PgUp", .page(-1), "page", "one page up") { _ in true },
    bind([.home, .character("g")], "g", .first, "first", "the first row") { _ in true },
    bind([.end, .character("G")], "G", .last, "last", "the last row") { _ in true },
  ]

  private static func bind(
    _ keys: [Key], _ label: String, _ command: Command, _ word: String, _ words: String,
    footer: Int? = nil, when isEnabled: @escaping @Sendable (DashboardState) -> Bool
  ) -> Binding {
    Binding(
      keys: keys, label: label, command: command, word: word, words: words, isEnabled: isEnabled,
      footerRank: footer)
  }
}

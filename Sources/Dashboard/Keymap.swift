package import Canvas
import Domain
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
  /// Its place in the footer; nil keeps it to the help screen.
  package let footer: FooterPlace?
}

/// Where a key stands in the footer.
package struct FooterPlace: Sendable {
  /// The order, lowest first.
  package let rank: Int
  /// How the key is written there, where one entry speaks for a pair of keys.
  package let label: String?
  /// When the footer shows it, of the times that it does something.
  package let isShown: @Sendable (DashboardState) -> Bool

  static func place(
    _ rank: Int, as label: String? = nil,
    when isShown: @escaping @Sendable (DashboardState) -> Bool = { _ in true }
  ) -> FooterPlace {
    FooterPlace(rank: rank, label: label, isShown: isShown)
  }
}

/// The keys of the dashboard.
package enum Keymap {
  /// Every binding.
  package static let bindings: [Binding] =
    workspaces + panes + motions + rows + program + time + marks + prompt

  /// The command a key asks for in a state, nil when it means nothing now.
  package static func command(for key: Key, in state: DashboardState) -> Command? {
    let key = state.language.direction == .rightToLeft ? key.mirrored : key
    if let binding = bindings.first(where: { $0.keys.contains(key) && $0.isEnabled(state) }) {
      return binding.command
    }
    if state.mode.isTyping, case .character(let character) = key { return .type(character) }
    return nil
  }

  private static let workspaces: [Binding] = [
    bind([.function(1)], "F1", .workspace(.agents), "agents", "the agents"),
    bind([.function(2)], "F2", .workspace(.kitchen), "kitchen", "the kitchen"),
    bind([.function(3)], "F3", .workspace(.link), "link", "the connections and events"),
    bind(
      [.character("w")], "w", .nextWorkspace, "workspace", "the next workspace",
      footer: .place(14)),
  ]

  private static let panes: [Binding] =
    (1...7).map { digit in
      bind(
        [.character(Character(String(digit)))], String(digit), .focus(digit: digit), "pane",
        "go to the pane with that digit"
      ) { digit <= $0.workspace.panes.count }
    } + [
      bind(
        [.tab, .right], "Tab", .nextPane, "next pane", "go to the next pane",
        footer: .place(2) { $0.time == .live }
      ) { $0.mode == .browsing },
      bind([.backTab, .left], "Shift-Tab", .previousPane, "previous", "go to the pane before") {
        $0.mode == .browsing
      },
    ]

  private static let motions: [Binding] = [
    bind([.down, .character("j")], "j ↓", .moveBy(1), "down", "one row down"),
    bind([.up, .character("k")], "k ↑", .moveBy(-1), "up", "one row up"),
    bind([.pageDown, .control("d")], "PgDn", .page(1), "page", "one page down"),
    bind([.pageUp, .control("u")], "PgUp", .page(-1), "page", "one page up"),
    bind([.home], "Home", .first, "first", "the first row"),
    bind([.end, .character("G")], "G End", .last, "last", "the last row"),
  ]

  private static let rows: [Binding] = [
    bind(
      [.enter], "Enter", .open, "detail", "open the detail of the row", footer: .place(3)
    ) { $0.mode == .browsing },
    bind(
      [.escape, .backspace], "Esc", .close, "close", "close what is open, end trace or zoom",
      footer: .place(0)
    ) { $0.mode != .browsing || $0.traced != nil || $0.isZoomed },
    bind(
      [.character("z")], "z", .zoom, "zoom", "give the pane the whole screen", footer: .place(13)
    ) { $0.mode == .browsing },
    bind(
      [.character("f")], "f", .trace, "trace", "highlight everything that belongs to the row",
      footer: .place(12)
    ) { $0.mode == .browsing },
  ]

  /// Travelling through time; what goes on in time means nothing where the present is shown.
  private static let time: [Binding] = [
    bind(
      [.character(" "), .character("p")], "Space", .travel(.toggle), "pause",
      "let what is shown stand; events still come in", footer: .place(4)
    ) { !$0.isStanding },
    bind(
      [.character(" "), .character("p")], "Space", .travel(.toggle), "play",
      "go on from the moment shown", footer: .place(4)
    ) { $0.isStanding },
    bind(
      [.character("[")], "[", .travel(.step(-1)), "step", "one event back",
      footer: .place(5, as: "[ ]") { $0.time != .live }
    ) { $0.canTravel },
    bind([.character("]")], "]", .travel(.step(1)), "step", "one event on") { $0.isAway },
    bind(
      [.character("{")], "{", .travel(.stop(-1)), "alert", "back to the alert or marker before",
      footer: .place(6, as: "{ }") { $0.time != .live }
    ) { $0.canTravel },
    bind(
      [.character("}")], "}", .travel(.stop(1)), "alert", "on to the next alert or marker"
    ) { $0.isAway },
    bind(
      [.character("<")], "<", .travel(.skip(.seconds(-10))), "10 s", "ten seconds back",
      footer: .place(8, as: "< >") { $0.time != .live }
    ) { $0.canTravel },
    bind([.character(">")], ">", .travel(.skip(.seconds(10))), "10 s", "ten seconds on") {
      $0.isAway
    },
    bind(
      [.character("g")], "g", .ask(.time), "time", "go to a time: -2m, 19:42:08, 1:30, start, end",
      footer: .place(9)
    ) { $0.mode == .browsing && $0.canTravel },
    bind(
      [.character("n")], "n", .travel(.newest), "now", "back to what is live", footer: .place(7)
    ) { $0.isAway && !$0.isReplay },
    bind(
      [.character("n")], "n", .travel(.newest), "end", "in a replay: to its end",
      footer: .place(7)
    ) { $0.isReplay },
    bind(
      [.character("+"), .character("=")], "+", .travel(.speed(1)), "speed", "twice as fast",
      footer: .place(15, as: "- +") { $0.time != .live }
    ) { $0.isAway },
    bind([.character("-")], "-", .travel(.speed(-1)), "speed", "half as fast") { $0.isAway },
    bind(
      [.character("s")], "s", .timeline, "timeline", "show or hide the timeline", footer: .place(16)
    ) { $0.canTravel && $0.time == .live },
  ]

  private static let marks: [Binding] = [
    bind(
      [.character("m")], "m", .ask(.label), "mark", "put a marker at the moment shown",
      footer: .place(10)
    ) { $0.mode == .browsing && $0.canTravel },
    bind([.character("M")], "M", .markBoard, "mark board", "remember the board for d") {
      $0.mode == .browsing || $0.mode.isDifference
    },
    bind(
      [.character("d")], "d", .difference, "changes", "what changed since the board was marked",
      footer: .place(11)
    ) { $0.hasMarkedBoard },
  ]

  private static let program: [Binding] = [
    bind(
      [.character("r")], "r", .retryNow, "retry", "try lost connections at once",
      footer: .place(1)
    ) { $0.hasLostConnection && !$0.isReplay },
    bind(
      [.character("t")], "t", .nextTheme, "theme", "change the theme", footer: .place(17)),
    bind([.character("L")], "L", .nextLanguage, "en/ar", "change the language"),
    bind(
      [.character("?"), .function(10)], "?", .help, "help", "show the keys", footer: .place(18)),
    bind(
      [.character("q"), .control("c")], "q", .quit, "quit", "leave, the terminal as it was",
      footer: .place(19)),
    bind([.control("l")], "Ctrl-L", .repaint, "repaint", "draw the whole screen anew"),
    bind([.control("z")], "Ctrl-Z", .suspend, "suspend", "back to the shell; fg returns"),
  ]

  /// The keys of a prompt; all others are text there.
  private static let prompt: [Binding] = [
    typing([.enter], "Enter", .submit, "answer"),
    typing([.escape, .control("c")], "Esc", .close, "leave the prompt"),
    typing([.backspace, .control("h")], "Backspace", .erase, "erase a character"),
    typing([.control("u")], "Ctrl-U", .eraseAll, "erase everything"),
  ]

  private static func bind(
    _ keys: [Key], _ label: String, _ command: Command, _ word: String, _ words: String,
    footer: FooterPlace? = nil,
    when isEnabled: @escaping @Sendable (DashboardState) -> Bool = { _ in true }
  ) -> Binding {
    Binding(
      keys: keys, label: label, command: command, word: word, words: words,
      isEnabled: { !$0.mode.isTyping && isEnabled($0) }, footer: footer)
  }

  private static func typing(
    _ keys: [Key], _ label: String, _ command: Command, _ words: String
  ) -> Binding {
    Binding(
      keys: keys, label: label, command: command, word: words, words: "in a prompt: " + words,
      isEnabled: { $0.mode.isTyping }, footer: nil)
  }
}

extension Key {
  /// The key of the same sense where lines begin at the right: left is onward there.
  fileprivate var mirrored: Key {
    switch self {
    case .left: .right
    case .right: .left
    default: self
    }
  }
}

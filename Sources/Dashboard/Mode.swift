package import Panes

/// What the keys act on.
package enum Mode: Hashable, Sendable {
  /// The panes.
  case browsing
  /// The list of keys, scrolled by some lines.
  case help(scroll: Int)
  /// The detail of a row, scrolled by some lines.
  case detail(PaneKind, id: String, scroll: Int)
  /// What changed since the board was marked, scrolled by some lines.
  case difference(scroll: Int)
  /// A question; the panes stay in view.
  case prompt(Prompt)

  /// How many lines of what lies over the panes are above the view; nil when nothing does.
  package var scroll: Int? {
    get {
      switch self {
      case .browsing, .prompt: nil
      case .help(let scroll), .detail(_, _, let scroll), .difference(let scroll): scroll
      }
    }
    set {
      switch self {
      case .browsing, .prompt: break
      case .help: self = .help(scroll: newValue ?? 0)
      case .detail(let pane, let id, _): self = .detail(pane, id: id, scroll: newValue ?? 0)
      case .difference: self = .difference(scroll: newValue ?? 0)
      }
    }
  }

  /// Whether what changed since the board was marked is shown.
  var isDifference: Bool {
    if case .difference = self { true } else { false }
  }

  /// Whether keys are text.
  package var isTyping: Bool {
    if case .prompt = self { true } else { false }
  }
}

/// Where a pane's cursor is.
package struct Cursor: Hashable, Sendable {
  /// The rank of the first row in view and of the selected one.
  package var first = 0, selected = 0
  /// The row the cursor is kept on while rows move around it.
  package var id: String?
}

package import Panes

/// What the keys act on.
package enum Mode: Hashable, Sendable {
  /// The panes.
  case browsing
  /// The list of keys.
  case help
  /// The detail of a row, scrolled by some lines.
  case detail(PaneKind, id: String, scroll: Int)
}

/// Where a pane's cursor is.
package struct Cursor: Hashable, Sendable {
  /// The rank of the first row in view and of the selected one.
  package var first = 0, selected = 0
  /// The row the cursor is kept on while rows move around it.
  package var id: String?
}

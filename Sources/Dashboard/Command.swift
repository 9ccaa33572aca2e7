package import Panes

/// What a key can ask for.
package enum Command: Hashable, Sendable {
  case quit, suspend, repaint
  case workspace(Workspace), nextWorkspace
  case focus(digit: Int), nextPane, previousPane
  case moveBy(Int), page(Int), first, last
  case open, close, zoom, pause, help, nextTheme, retryNow
}

/// What the dashboard asks of the world; performed by the engine alone.
package enum Effect: Hashable, Sendable {
  case quit
  /// Give the terminal back and stop until continued.
  case suspend
  /// Draw everything anew: the terminal may show something else.
  case repaint
  /// Try lost connections at once.
  case retryNow
  /// Hold the board as it is shown, or show the live one again.
  case holdBoard, releaseBoard
}

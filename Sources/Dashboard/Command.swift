package import Domain
package import Panes

/// What a key can ask for.
package enum Command: Hashable, Sendable {
  case quit, suspend, repaint
  case workspace(Workspace), nextWorkspace
  case focus(digit: Int), nextPane, previousPane
  case moveBy(Int), page(Int), first, last
  case open, close, zoom, help, nextTheme, nextLanguage, retryNow
  case travel(Travel)
  /// Show or hide the timeline while what is live is shown.
  case timeline
  /// Open a prompt.
  case ask(Prompt.Question)
  /// What is done in a prompt.
  case type(Character), erase, eraseAll, submit
  /// Remember the board, and show what has become of it.
  case markBoard, difference
  /// Highlight everything that belongs to the row under the cursor.
  case trace
}

/// Where in time to go, or how to pass through it; the engine does it.
package enum Travel: Hashable, Sendable {
  /// Let time stand, or go on.
  case toggle
  /// One event on (1) or back (-1).
  case step(Int)
  /// To the next (1) or previous (-1) alert or marker.
  case stop(Int)
  /// By a span, on or back.
  case skip(Span)
  /// To a moment.
  case go(Timestamp)
  /// To what is live; in a replay, to the end of the tape.
  case newest
  /// Twice as fast (1) or half as fast (-1).
  case speed(Int)
  /// Put a marker at the moment shown; one without a label is numbered.
  case mark(String)
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
  case travel(Travel)
  /// Remember the board that is shown.
  case markBoard
  /// Find out what a row stands for, and trace it.
  case trace(TracedRow)
}

/// What the world outside tells the dashboard through its terminal.
package enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// The terminal now has this many columns and rows.
  case resize(Size)
  /// The terminal window gained (true) or lost the keyboard focus.
  case focus(Bool)
  /// Somebody asked the process to stop.
  case interrupted(Interruption)
  /// The terminal is gone: no key will follow.
  case endOfInput
}

/// The requests to stop that a process can receive as signals.
package enum Interruption: Hashable, Sendable {
  case interrupt, terminate, hangup
}

/// The semantic roles a theme gives colours to. Panes name roles, never colours.
package enum Role: String, CaseIterable, Hashable, Sendable {
  /// Behind everything; of a pane; of header, footer and dialogs.
  case background, surface, panel
  /// Frames and rules.
  case border
  /// What is read; what explains it; what may be overlooked.
  case text, muted, faint
  /// The one saturated accent: focus, keys, titles.
  case accent
  /// Behind the selected row.
  case selection
  /// Fine; needs watching; needs someone now.
  case ok, warn, critical
  /// Neutral news; things outside the usual order (stale, replayed, voided).
  case info, special
}

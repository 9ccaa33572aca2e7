/// The semantic roles a theme gives colours to. Panes name roles, never colours.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
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

  /// The name theme files use.
  package var name: String { String(describing: self) }

  /// The role of a name; nil for an unknown one.
  package init?(name: String) {
    guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }
}

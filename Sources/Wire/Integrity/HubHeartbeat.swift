package import Domain

/// The signs of life between a hub's events: what a hub keeps to, and what its readers may rely on
/// before they have heard any.
package enum HubHeartbeat {
  /// The time between two of them.
  package static let interval = Span.milliseconds(700)
  /// How long silence may last before a hub counts as stale: two and a half intervals.
  package static let patience = Span.milliseconds(1_750)
}

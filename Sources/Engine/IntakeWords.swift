package import Domain

/// A fact about a connection as a line for a person.
package enum FactLine {
  /// What the fact says at its moment; nil for mere measurements and signs of life.
  package static func text(_ fact: ConnectionFact, at now: Timestamp) -> String? {
    switch fact {
    case .connecting(let attempt): "connecting, attempt \(attempt)"
    case .connected(let kind, let position):
      "connected by \(kind.rawValue)" + (position.map { ", resumed after \($0)" } ?? "")
    case .heartbeat, .roundTrip, .compressed: nil
    case .lost(let reason): "lost: \(reason)"
    case .waiting(let attempt, let until, let reason):
      "will try again in \(seconds(until - now)) s (attempt \(attempt) failed): \(reason)"
    case .fellBack(let kind, let reason): "fell back to \(kind.rawValue): \(reason)"
    case .refused(let reason): "refused: \(reason)"
    case .ended: "ended"
    }
  }

  /// What to say of a stream that could not be resumed.
  package static func text(_ stretch: Intake.UnknownStretch) -> String {
    "not resumed: events between \(stretch.from.rfc3339) and \(stretch.to.rfc3339) are unknown"
  }

  private static func seconds(_ span: Span) -> String {
    let tenths = max(0, span.microseconds) / 100_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}

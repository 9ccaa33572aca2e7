import Domain

extension StreamLedger {
  /// How long a connection that came back is given to bring what happened meanwhile.
  static let catchingUp = Span.seconds(1)

  /// Why what the board shows may not be how things stand; nil when there is no reason.
  ///
  /// Lost, stale or not yet made: nobody knows what happens there. Just come back: what happened
  /// meanwhile may still be on its way. Come back without resuming: what happened meanwhile is
  /// unknown until a snapshot tells.
  func doubt(at now: Timestamp) -> String? {
    for connection in connections {
      if let doubt = connection.doubt(at: now) { return doubt }
    }
    return nil
  }

  /// When a doubt next ends by time alone, after a moment.
  func doubtEnds(after now: Timestamp) -> Timestamp? {
    connections.compactMap(\.caughtUpAt).filter { $0 > now }.min()
  }
}

extension Connection {
  fileprivate func doubt(at now: Timestamp) -> String? {
    switch state {
    case .idle, .connecting: return "\(name) is not connected"
    case .waiting(_, _, let reason): return "\(name) is not connected: \(reason)"
    case .refused(let reason): return "\(name) refuses us: \(reason)"
    case .stale(_, let since):
      return "\(name) has been silent since \(CivilTime(since).clock) UTC"
    case .ended: return nil
    case .live:
      if let lost = unaccounted.last(where: { $0.resyncedAt == nil }) {
        return "what happened at \(name) between \(CivilTime(lost.from).clock) and "
          + "\(CivilTime(lost.to).clock) UTC is not known"
      }
      return caughtUpAt.map { $0 > now } ?? false ? "\(name) has only just come back" : nil
    }
  }

  /// When a connection that was lost has had time to catch up.
  fileprivate var caughtUpAt: Timestamp? {
    guard case .live = state, reconnects > 0 else { return nil }
    return stateSince + StreamLedger.catchingUp
  }
}

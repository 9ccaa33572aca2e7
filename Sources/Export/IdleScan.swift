package import Domain
package import Engine
import Inspection
import Recording
import Wire

/// Finds the stretches of a tape in which nothing happens: no event but heartbeats, no news of a
/// connection, no marker.
package enum IdleScan {
  /// The most stretches told; later ones are not shortened.
  package static let bound = 100_000

  /// The stretches longer than `shortest` between two moments, in order.
  package static func stretches(
    on input: TapeInput, from start: Timestamp?, to end: Timestamp?, longerThan shortest: Span
  ) throws(FileError) -> [ClosedRange<Timestamp>] {
    var session = try Session(beginning: input, at: start)
    var last = start ?? input.header.start
    var found: [ClosedRange<Timestamp>] = []
    func close(_ moment: Timestamp) {
      if moment - last > shortest, found.count < bound { found.append(last...moment) }
      last = max(last, moment)
    }
    var newest = last
    while let entry = try input.peek(), end.map({ entry.at <= $0 }) ?? true {
      _ = try input.next()
      newest = max(newest, entry.at)
      if isNews(entry, &session) { close(entry.at) }
    }
    close(end ?? newest)
    return found
  }

  private static func isNews(_ entry: TapeEntry, _ session: inout Session) -> Bool {
    guard case .inbound(let connection, let body) = entry.body else { return true }
    var isNews = false
    session.ingest(Inbound(connection: connection, at: entry.at, body: body)) { item in
      switch item {
      case .event(let event, _): isNews = isNews || event.type != .known(.streamHeartbeat)
      case .malformed, .damaged, .missing: isNews = true
      case .heartbeat: break
      }
    }
    _ = session.takeChanges()
    guard case .fact(let fact) = body else { return isNews }
    switch fact {
    case .heartbeat, .roundTrip, .compressed: return isNews
    case .connecting, .connected, .lost, .waiting, .fellBack, .refused, .ended: return true
    }
  }
}

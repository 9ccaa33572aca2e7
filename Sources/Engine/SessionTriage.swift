package import Domain
import Wire

// What the session does while more arrives than it can apply, or than a connection may send.

extension Session {
  /// How long telemetry waits for newer of its kind before it is applied.
  private static let holdSpan = Span.milliseconds(100)
  /// How long tokens are saved up, so that the loop is not woken for each.
  private static let settlingSpan = Span.milliseconds(4)
  /// The alerts and orders that wait at most: then they are applied.
  private static let urgentBound = 256

  /// Lets a connection send so many events a second; beyond that its orders wait, its telemetry
  /// coalesces and then is dropped. Nil lifts the limit.
  package mutating func limit(_ connection: Int, to rate: Double?) {
    limits[connection] = rate.map { TokenBucket(rate: $0) }
  }

  /// Whether any connection may send only so much.
  package var isLimited: Bool { !limits.isEmpty }

  /// Says whether more arrives than can be applied. What waits is applied by `settle(at:)`.
  package mutating func setOverloaded(_ isOverloaded: Bool) {
    self.isOverloaded = isOverloaded
  }

  /// Whether so much waits that it is to be applied before more is taken in.
  package var mustSettle: Bool { triage.urgentCount >= Self.urgentBound }

  /// The connections that have sent more than they may, and are not to be read for now.
  package var overdrawn: Set<Int> { limits.isEmpty ? [] : triage.waitingConnections }

  /// Notes that a connection is not read for now, or again.
  package mutating func hold(_ isHeld: Bool, connection: Int) {
    board.hold(isHeld, connection: connection, at: now)
  }

  /// When something that waits may next be applied; nil when nothing waits.
  package var nextSettling: Timestamp? {
    guard !triage.isEmpty else { return nil }
    let tokens = limits.values.compactMap(\.nextToken).map { $0 + Self.settlingSpan }
    return (tokens + [heldSince.map { $0 + Self.holdSpan }].compactMap(\.self)).min()
  }

  /// Takes an event of a connection: at once, or once its turn comes.
  mutating func take(_ event: Event, from connection: Int) {
    guard board.admit(event, at: now) else {
      if keepsFates, let passedOver = board.stream.tail.newest(0) { fates.append(passedOver) }
      return
    }
    guard isOverloaded || !limits.isEmpty || !triage.isEmpty else { return apply(event) }
    let isLimited = limits[connection] != nil
    limits[connection]?.refill(at: now)
    // The orders of a limited connection keep their order among themselves too.
    let mustWait = isOverloaded || (isLimited && triage.urgentCount > 0)
    if !mustWait, !triage.isAhead(of: event), !isLimited || spend(connection) {
      return apply(event)
    }
    let outcome = triage.add(event, from: connection, mayDrop: isLimited)
    board.note(outcome, of: event)
    if heldSince == nil, triage.heldCount > 0 { heldSince = now }
  }

  /// Applies what waits and may be: alerts, then orders, then, when it has waited long enough or
  /// the overload is over, telemetry.
  package mutating func settle(at moment: Timestamp) {
    guard !triage.isEmpty else { return }
    for connection in limits.keys { limits[connection]?.refill(at: moment) }
    var buckets = limits
    for item in triage.takeUrgent({ Self.spend($0, &buckets) }) { apply(item.event) }
    let isDue = heldSince.map { moment - $0 >= Self.holdSpan || moment < $0 } ?? true
    if !isOverloaded || isDue {
      for item in triage.takeTelemetry({ Self.spend($0, &buckets) }) { apply(item.event) }
      heldSince = triage.heldCount > 0 ? moment : nil
    }
    limits = buckets
  }

  private mutating func apply(_ event: Event) {
    board.applyAdmitted(event, at: now)
    if keepsFates {
      fates.append(StreamLedger.Arrival(event: event, at: now, admission: .apply))
    }
  }

  private mutating func spend(_ connection: Int) -> Bool { Self.spend(connection, &limits) }

  /// True when a connection may have another event applied.
  private static func spend(_ connection: Int, _ limits: inout [Int: TokenBucket]) -> Bool {
    limits[connection]?.take() ?? true
  }
}

/// One connection of ours and what was measured of it.
package struct Connection: Codable, Equatable, Sendable {
  /// The address, without credentials.
  package let name: String
  package private(set) var state: ConnectionState = .idle
  /// Since when it has been in this state.
  package private(set) var stateSince: Timestamp
  /// When it was first tried.
  package let startedAt: Timestamp
  /// Why it was last lost, if it ever was.
  package private(set) var lastLoss: String?
  /// The lesser transport in use, if one is, and why.
  package private(set) var fallback: Fallback?
  /// Connections made, and those that followed a loss.
  package private(set) var connects = 0, reconnects = 0
  /// Bytes and events received since the start.
  package private(set) var bytes: Int64 = 0, events: Int64 = 0
  /// How often it brought something else than was sent.
  package internal(set) var damaged = 0
  /// How often its feed went on without some of its events, and how many of those, as far as that
  /// is known, no snapshot has made good.
  package private(set) var gaps = 0
  package private(set) var missing: Int64 = 0
  /// Arrival of the newest byte or heartbeat.
  package private(set) var lastByteAt: Timestamp?
  /// Arrival of the newest event; nil before the first.
  package private(set) var lastEventAt: Timestamp?
  /// The newest measured round trip.
  package private(set) var roundTrip: Span?
  /// The bytes of the newest connection as received and as inflated; nil while it does not compress.
  package private(set) var compression: Compression?
  /// The position the newest connection asked to continue after.
  package private(set) var resumedFrom: String?
  /// Bytes and events in each of the last 60 seconds.
  package private(set) var byteRate = SlidingWindow(bucket: .seconds(1), count: 60)
  package private(set) var eventRate = SlidingWindow(bucket: .seconds(1), count: 60)
  /// The newest times of which nobody knows what happened in them (at most 16), and how many there
  /// were.
  package private(set) var unaccounted: [UnaccountedTime] = []
  package private(set) var unaccountedCount = 0
  /// A lesser transport and why it is in use.
  package struct Fallback: Codable, Equatable, Sendable {
    package let kind: TransportKind
    package let reason: String
  }

  /// What compression saved a connection, in bytes since it was made.
  package struct Compression: Codable, Equatable, Sendable {
    package let received: Int64, inflated: Int64
  }

  /// Whether we do not read it for now, because it sent more than it may, and when that last was so.
  package private(set) var isHeld = false
  private var heldAt: Timestamp?
  private var heartbeatInterval: Span?
  private var lastHeartbeatAt: Timestamp?
  /// When something was last heard before a loss that lasts.
  private var silentSince: Timestamp?
  private var liveTotal = Span.zero

  /// A connection that has not been tried yet.
  package init(name: String, at now: Timestamp) {
    self.name = name
    startedAt = now
    stateSince = now
  }

  /// How long silence may last before the connection counts as stale: two and a half of its own
  /// heartbeats, at least 1.5 s. Nil while no heartbeat was heard: a quiet stream is not stale.
  package var patience: Span? {
    heartbeatInterval.map { Span(microseconds: max(1_500_000, $0.microseconds / 2 * 5)) }
  }

  /// When it turns stale unless something is heard before.
  package var staleAt: Timestamp? {
    guard case .live = state, !isHeld, let patience, let lastByteAt else { return nil }
    return lastByteAt + patience
  }

  /// The share of time since the start in which it was live, 0-1.
  package func uptime(at now: Timestamp) -> Double {
    let all = (now - startedAt).seconds
    var live = liveTotal
    if case .live = state {
      live = live + (now - stateSince)
    }
    return all > 0 ? min(1, max(0, live.seconds / all)) : 0
  }

  /// Notes what the transport reported.
  package mutating func note(_ fact: ConnectionFact, at now: Timestamp) {
    switch fact {
    case .connecting(let attempt): enter(.connecting(attempt: attempt), at: now)
    case .connected(let kind, let position): connect(kind, resumedFrom: position, at: now)
    case .heartbeat: beat(at: now)
    case .roundTrip(let span): roundTrip = span
    case .compressed(let received, let inflated):
      compression = Compression(received: received, inflated: inflated)
    case .lost(let reason):
      lastLoss = reason
      enter(.connecting(attempt: 0), at: now)
    case .waiting(let attempt, let until, let reason):
      lastLoss = reason
      enter(.waiting(attempt: attempt, until: until, reason: reason), at: now)
    case .fellBack(let kind, let reason):
      fallback = Fallback(kind: kind, reason: reason)
      if case .live = state { enter(.live(kind), at: now) }
    case .refused(let reason): enter(.refused(reason: reason), at: now)
    case .ended: enter(.ended, at: now)
    }
  }

  /// Notes bytes that arrived.
  package mutating func receive(bytes count: Int, at now: Timestamp) {
    bytes &+= Int64(count)
    byteRate.add(Int64(count), at: now)
    hear(at: now)
  }

  /// Notes events that arrived in what was received.
  package mutating func receive(events count: Int, at now: Timestamp) {
    events &+= Int64(count)
    eventRate.add(Int64(count), at: now)
    lastEventAt = now
  }

  /// Notes that the source told how everything stands: what was missed is made good.
  package mutating func resync(at now: Timestamp) {
    missing = 0
    for index in unaccounted.indices where unaccounted[index].resyncedAt == nil {
      unaccounted[index].resyncedAt = now
    }
  }

  /// Notes that its feed went on without some events; nil where nobody knows how many.
  mutating func noteMissing(_ count: Int64?) {
    gaps += 1
    missing = missing.addingClamping(count ?? 0)
  }

  /// Notes that it is not read for now, or again: its silence is then ours, and tells nothing of its
  /// rhythm.
  package mutating func hold(_ isHeld: Bool, at now: Timestamp) {
    guard isHeld != self.isHeld else { return }
    self.isHeld = isHeld
    heldAt = now
    lastHeartbeatAt = nil
    if !isHeld { lastByteAt = now }
  }

  /// Whether it was held within the last two seconds: what it shows lags behind what it sent.
  package func isLimited(at now: Timestamp) -> Bool {
    isHeld || heldAt.map { now - $0 < .seconds(2) } ?? false
  }

  /// Turns stale when it is time; true when it did.
  package mutating func tick(now: Timestamp) -> Bool {
    guard let staleAt, staleAt <= now, case .live(let kind) = state else { return false }
    enter(.stale(kind, since: lastByteAt ?? now), at: now)
    return true
  }

  private mutating func connect(_ kind: TransportKind, resumedFrom: String?, at now: Timestamp) {
    if connects > 0 { reconnects += 1 }
    connects += 1
    self.resumedFrom = resumedFrom
    if let from = silentSince, resumedFrom == nil, kind.forgetsTheAbsent {
      unaccountedCount += 1
      unaccounted.append(UnaccountedTime(from: from, to: now))
      if unaccounted.count > 16 { unaccounted.removeFirst() }
    }
    if let fallback, kind.rung > fallback.kind.rung { self.fallback = nil }
    compression = nil
    lastHeartbeatAt = nil
    lastByteAt = now
    enter(.live(kind), at: now)
  }

  /// Learns the rhythm: the longest interval heard wins at once, shorter ones sink in slowly.
  private mutating func beat(at now: Timestamp) {
    if let last = lastHeartbeatAt {
      let interval = max(0, (now - last).microseconds)
      let known = heartbeatInterval?.microseconds ?? interval
      let learnt = interval > known ? min(interval, known * 2) : known - (known - interval) / 8
      heartbeatInterval = Span(microseconds: learnt)
    }
    lastHeartbeatAt = now
    hear(at: now)
  }

  private mutating func hear(at now: Timestamp) {
    lastByteAt = now
    if case .stale(let kind, _) = state { enter(.live(kind), at: now) }
  }

  private mutating func enter(_ new: ConnectionState, at now: Timestamp) {
    if case .live = state {
      liveTotal = liveTotal + (now - stateSince)
    }
    switch new {
    case .live, .stale: silentSince = nil
    case .idle, .connecting, .waiting, .refused, .ended:
      if state.isConnected { silentSince = lastByteAt }
    }
    state = new
    stateSince = now
  }
}

extension Connection {
  /// Throws when a length of time cannot have come about.
  func check() throws(StateFault) {
    for window in [byteRate, eventRate] { try window.check(60, times: .seconds(1)) }
    for span in [heartbeatInterval ?? .zero, liveTotal] {
      try StateFault.check(total: span.microseconds)
    }
  }
}

/// How bytes reach us.
package enum TransportKind: String, Hashable, Sendable {
  case sse, webSocket = "websocket", longPoll = "long-poll", poll
  case standardInput = "stdin", file, tape
}

/// What a transport reports about its connection, besides the bytes.
package enum ConnectionFact: Hashable, Sendable {
  /// It tries; the first attempt after a loss, or ever, is 1.
  case connecting(attempt: Int)
  /// It is connected. `resumedFrom` is the position it asked to continue after, if any.
  case connected(TransportKind, resumedFrom: String?)
  /// A sign of life that carried no event.
  case heartbeat
  /// A measured round trip.
  case roundTrip(Span)
  /// The bytes of a compressed connection as received and as inflated, since it was made.
  case compressed(received: Int64, inflated: Int64)
  /// The connection is gone.
  case lost(reason: String)
  /// It will try again at a known time.
  case waiting(attempt: Int, until: Timestamp, reason: String)
  /// It changed to a lesser transport.
  case fellBack(TransportKind, reason: String)
  /// The server will not have us; trying again is useless until something is changed.
  case refused(reason: String)
  /// The source has ended: nothing more will come, and nothing is wrong.
  case ended
}

/// How a connection stands.
package enum ConnectionState: Hashable, Sendable {
  case idle
  case connecting(attempt: Int)
  case live(TransportKind)
  /// Connected, but silent for longer than its own rhythm.
  case stale(TransportKind, since: Timestamp)
  case waiting(attempt: Int, until: Timestamp, reason: String)
  case refused(reason: String)
  case ended

  /// Whether what is shown can be trusted to be current.
  package var isCurrent: Bool {
    switch self {
    case .live, .ended: true
    case .idle, .connecting, .stale, .waiting, .refused: false
    }
  }
}

/// One connection of ours and what was measured of it.
package struct Connection: Equatable, Sendable {
  /// The address, without credentials.
  package let name: String
  package private(set) var state: ConnectionState = .idle
  /// Since when it has been in this state.
  package private(set) var stateSince: Timestamp
  /// When it was first tried.
  package let startedAt: Timestamp
  /// Why it was last lost, if it ever was.
  package private(set) var lastLoss: String?
  /// Why a lesser transport is in use, if one is.
  package private(set) var fallback: String?
  /// Connections made, and those that followed a loss.
  package private(set) var connects = 0, reconnects = 0
  /// Bytes received since the start.
  package private(set) var bytes: Int64 = 0
  /// How often it brought something else than was sent.
  package internal(set) var damaged = 0
  /// Arrival of the newest byte or heartbeat.
  package private(set) var lastByteAt: Timestamp?
  /// The newest measured round trip.
  package private(set) var roundTrip: Span?
  /// The bytes of the newest connection as received and as inflated; nil while it does not compress.
  package private(set) var compression: Compression?
  /// The position the newest connection asked to continue after.
  package private(set) var resumedFrom: String?
  /// Bytes in each of the last 60 seconds.
  package private(set) var byteRate = SlidingWindow(bucket: .seconds(1), count: 60)
  /// What compression saved a connection, in bytes since it was made.
  package struct Compression: Equatable, Sendable {
    package let received: Int64, inflated: Int64
  }

  private var heartbeatInterval: Span?
  private var lastHeartbeatAt: Timestamp?
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
    guard case .live = state, let patience, let lastByteAt else { return nil }
    return lastByteAt + patience
  }

  /// The share of time since the start in which it was live, 0-1.
  package func uptime(at now: Timestamp) -> Double {
    let all = (now - startedAt).seconds
    var live = liveTotal
    if case .live = state {
      live = Span(microseconds: live.microseconds + (now - stateSince).microseconds)
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
    case .fellBack(_, let reason): fallback = reason
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
    compression = nil
    lastHeartbeatAt = nil
    lastByteAt = now
    enter(.live(kind), at: now)
  }

  /// Learns the rhythm: the longest interval heard wins at once, shorter ones sink in slowly.
  private mutating func beat(at now: Timestamp) {
    if let last = lastHeartbeatAt {
      let interval = (now - last).microseconds
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
      liveTotal = Span(microseconds: liveTotal.microseconds + (now - stateSince).microseconds)
    }
    state = new
    stateSince = now
  }
}

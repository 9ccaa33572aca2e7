/// How bytes reach us.
package enum TransportKind: String, Hashable, NumberedCase, Sendable {
  case sse, webSocket = "websocket", longPoll = "long-poll", poll
  case standardInput = "stdin", file, tape

  /// Its place on the ladder of transports, 0 the least.
  package var rung: Int {
    switch self {
    case .webSocket: 3
    case .sse: 2
    case .longPoll: 1
    case .poll, .standardInput, .file, .tape: 0
    }
  }

  /// Whether what is sent while nobody listens is lost unless the stream is resumed.
  package var forgetsTheAbsent: Bool { rung > 0 }

  /// Whether silence may mean that the other end is gone.
  package var isNetwork: Bool { rung > 0 || self == .poll }
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
package enum ConnectionState: Codable, Hashable, Sendable {
  case idle
  case connecting(attempt: Int)
  case live(TransportKind)
  /// Connected, but silent for longer than its own rhythm.
  case stale(TransportKind, since: Timestamp)
  case waiting(attempt: Int, until: Timestamp, reason: String)
  case refused(reason: String)
  case ended

  /// Whether bytes can come.
  package var isConnected: Bool {
    switch self {
    case .live, .stale: true
    case .idle, .connecting, .waiting, .refused, .ended: false
    }
  }

  /// Whether what is shown can be trusted to be current.
  package var isCurrent: Bool {
    switch self {
    case .live, .ended: true
    case .idle, .connecting, .stale, .waiting, .refused: false
    }
  }
}

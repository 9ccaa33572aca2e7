package import Domain
import Wire

/// Where a feed is served and how much it keeps.
package struct FeedConfiguration: Sendable {
  /// The address to listen on.
  package var host: String
  /// The port to listen on; 0 lets the system choose one.
  package var port: Int
  /// The newest events that a returning subscriber can be given: as many as both bounds allow.
  package var journalEvents = 10_000
  package var journalBytes = 16 << 20
  /// How much a subscriber may be behind before it is disconnected.
  package var subscriberEvents = 4_096
  package var subscriberBytes = 8 << 20
  /// The polls that may wait for an event at once; further ones are told to come back.
  package var waitingPolls = 1_024
  /// The WebSocket readers that are sent compressed messages, at up to 300 KiB each; further ones
  /// get them uncompressed.
  package var compressedReaders = 128
  /// The largest body of a POST, in bytes.
  package var bodyBytes = 1 << 20
  /// How often every subscriber is sent a comment, or a ping, so that it can tell silence from a dead line.
  package var heartbeat = HubHeartbeat.interval

  /// A feed on an address.
  package init(host: String = "127.0.0.1", port: Int = 0) {
    self.host = host
    self.port = port
  }
}

/// Why a feed cannot be served.
package enum FeedServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another program listens there.
  case addressInUse(host: String, port: Int)
  /// The address cannot be listened on, and why.
  case cannotListen(host: String, port: Int, reason: String)
  /// The server stopped before it listened.
  case stopped

  /// One line saying what happened, where, and what to do.
  package var description: String {
    switch self {
    case .addressInUse(let host, let port):
      "\(host):\(port) is in use; stop the program that listens there or choose another port"
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(host):\(port): \(reason); choose another address"
    case .stopped: "the feed stopped before it was ready"
    }
  }
}

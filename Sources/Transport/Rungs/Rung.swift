import Domain

/// One way to receive from a server, a step of the ladder: WebSocket, event stream, long poll,
/// interval poll.
///
/// A rung makes one connection and stays with it; when it is tried, and tried again, the supervisor
/// decides. It delivers frames and what it learns meanwhile (`.heartbeat`, `.roundTrip`,
/// `.compressed`); `.connecting`, `.connected`, `.lost`, `.waiting` are the supervisor's to tell.
/// Cancelling the task that runs it drops the connection.
protocol Rung: Sendable {
  /// What it is called.
  var kind: TransportKind { get }
  /// Where the next run continues if no position is asked for, where the rung keeps its own
  /// account; nil at the beginning.
  var ownPosition: String? { get }

  /// Connects, delivers, and returns when the connection is over.
  ///
  /// - Parameters:
  ///   - position: where to continue, an opaque text of the server's; empty for the beginning.
  ///   - timeout: how long the server may take to accept us.
  ///   - accepted: called once, when the server has accepted us and before anything is delivered.
  ///     It may take its time, while nothing is to be read; false means: go away.
  func run(
    from position: String, timeout: Span, accepted: @escaping @Sendable () async -> Bool
  ) async -> RungEnd
}

extension Rung {
  var ownPosition: String? { nil }
}

/// How a try of a rung ended.
struct RungEnd: Hashable, Sendable {
  /// When the server accepted us, nil when it did not.
  var since: Timestamp?
  /// Whether a byte came after that: of a body, a frame, a poll's answer.
  var hasByte = false
  /// Why it ended.
  var reason: Reason

  /// Why a try ended.
  enum Reason: Hashable, Sendable {
    /// An accepted connection ended or broke.
    case lost(String)
    /// There was no answer.
    case failed(ConnectFailure)
    /// The server is there but cannot answer now.
    case busy(String, retryAfter: Span?)
    /// The server does not do this here, and may well do another rung: a handshake answered with
    /// 404 or 426, a document where a stream was asked for.
    case unsupported(String)
    /// The server wants us to stop.
    case ended
    /// The server will not have us, on whatever rung.
    case refused(String)
    /// We were told to drop it.
    case interrupted
    /// Nobody reads any more.
    case unread
  }
}

extension RungEnd.Reason {
  /// The reason of a request that got no answer.
  init(_ failure: ConnectFailure) {
    if case .refused(let reason) = failure {
      self = .refused(reason)
    } else {
      self = .failed(failure)
    }
  }
}

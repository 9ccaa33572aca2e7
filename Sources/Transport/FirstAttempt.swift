/// How the first try of a source went: what decides whether a command fails at once.
package enum FirstAttempt: Hashable, Sendable {
  /// It was accepted.
  case connected
  /// It failed; the source is tried again all the same unless the group is stopped.
  case failed(ConnectFailure)
}

/// Why a source could not be reached.
package enum ConnectFailure: Error, Hashable, Sendable {
  /// No such host.
  case unknownHost(String)
  /// Nobody listens there.
  case connectionRefused(host: String, port: Int)
  /// No answer in time.
  case timedOut(host: String, port: Int)
  /// It took the connection and then said nothing.
  case unanswered(host: String, port: Int)
  /// It took the connection and closed it without an answer.
  case hungUp(host: String, port: Int)
  /// The encrypted connection could not be made.
  case insecure(host: String, reason: String)
  /// The server answered and will not have us, or the file cannot be read.
  case refused(reason: String)
  /// The server is there but busy or failing.
  case unavailable(reason: String)
  /// Anything else of the network.
  case network(reason: String)
  /// The group was stopped before anything was known.
  case stopped

  /// One line that says what happened, where, and what to do.
  package var message: String {
    switch self {
    case .unknownHost(let host): "no host named “\(host)”: check the spelling and the network"
    case .connectionRefused(let host, let port):
      "nobody listens on \(host) port \(port): start the server or check the port"
    case .timedOut(let host, let port):
      "\(host) port \(port) does not answer: check the address, the network and any firewall"
    case .unanswered(let host, let port):
      "\(host) port \(port) takes connections but does not answer: check what is behind it"
    case .hungUp(let host, let port): "\(host) port \(port) hung up without an answer"
    case .insecure(let host, let reason): "no secure connection to \(host): \(reason)"
    case .refused(let reason), .unavailable(let reason), .network(let reason): reason
    case .stopped: "stopped"
    }
  }

  /// Whether a server answered, if only badly. Otherwise trying again burdens nobody.
  var isAnswer: Bool {
    switch self {
    case .insecure, .refused, .unavailable: true
    case .unknownHost, .connectionRefused, .timedOut, .unanswered, .hungUp, .network, .stopped:
      false
    }
  }

  /// Whether it may be the transport that does not work, rather than the network.
  var speaksAgainstRung: Bool {
    switch self {
    case .unanswered, .hungUp: true
    case .unknownHost, .connectionRefused, .timedOut, .insecure, .refused, .unavailable, .network,
      .stopped:
      false
    }
  }
}

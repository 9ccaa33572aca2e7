package import Domain

/// What the proxy can do to a connection; the raw value is its name on the command line.
package enum FaultKind: String, CaseIterable, Sendable {
  /// Bytes wait before they go on.
  case delay
  /// Bytes go on slowly for a while.
  case throttle
  /// The connection ends, with FIN or with RST.
  case cut
  /// The connection goes silent in both directions and stays open.
  case halfOpen = "half-open"
  /// Part of what is at hand goes on, then FIN.
  case truncate
  /// New connections are refused for a while.
  case refuse
  /// Up to 8 bytes are overwritten with others.
  case corrupt
  /// Requests for a WebSocket are answered with 503 for a while, and open WebSockets are cut.
  case denyUpgrade = "deny-upgrade"
  /// Requests for an event stream or a WebSocket are answered with 503 for a while, and open ones
  /// are cut.
  case denyStream = "deny-stream"

  /// Whether it is done to the proxy as a whole for a while, not to one connection.
  var isWindow: Bool {
    switch self {
    case .refuse, .denyUpgrade, .denyStream: true
    case .delay, .throttle, .cut, .halfOpen, .truncate, .corrupt: false
    }
  }
}

/// How the bytes of one direction flow.
package enum Direction: String, CaseIterable, Sendable {
  /// From the client to the server.
  case up
  /// From the server to the client.
  case down
}

/// How a connection ends.
package enum Ending: String, Sendable {
  /// In order: FIN after what was sent.
  case finish
  /// At once: RST, and what was on its way is lost.
  case reset
  /// Not at all: nothing more passes, and nobody is told.
  case silence
}

/// One fault with its particulars.
package enum Fault: Equatable, Sendable {
  /// All that follows waits so long.
  case delay(Span)
  /// What follows goes on at so many bytes a second, for so long.
  case throttle(bytesPerSecond: Int, lasting: Span)
  /// The connection ends.
  case cut(Ending)
  /// Half of what is at hand goes on, then FIN.
  case truncate
  /// So many bytes, 1 to 8, are overwritten; the seed says with what.
  case corrupt(count: Int, seed: UInt64)

  /// What it is called.
  package var kind: FaultKind {
    switch self {
    case .delay: .delay
    case .throttle: .throttle
    case .cut(.silence): .halfOpen
    case .cut: .cut
    case .truncate: .truncate
    case .corrupt: .corrupt
    }
  }

  /// How long it holds back what passes.
  package var length: Span {
    switch self {
    case .delay(let span): span
    case .throttle(_, let span): span
    case .cut, .truncate, .corrupt: .zero
    }
  }
}

/// A fault and what brings it about, counted from the fault before it on the same direction of the
/// same connection.
package struct FaultStep: Equatable, Sendable {
  /// What brings a fault about.
  package enum Trigger: Equatable, Sendable {
    /// So many bytes have passed.
    case bytes(Int)
    /// So much time has passed, whether or not bytes flow.
    case time(Span)
  }

  package let after: Trigger
  package let fault: Fault
}

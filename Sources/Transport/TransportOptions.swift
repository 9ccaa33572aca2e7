import CLinux
package import Domain

/// The world a transport lives in: time and luck, passed in so that tests own both.
package struct TransportClock: Sendable {
  /// The time of day.
  package var now: @Sendable () -> Timestamp
  /// Waits, or throws when the task is cancelled meanwhile.
  package var sleep: @Sendable (Span) async throws -> Void
  /// Waits as `sleep` does, beside something that goes on: to look after it in time. Apart, so that
  /// a test can let pauses pass without letting a connection grow old.
  package var watch: @Sendable (Span) async throws -> Void

  /// A clock of the given functions; it watches as it sleeps unless told otherwise.
  package init(
    now: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Span) async throws -> Void,
    watch: (@Sendable (Span) async throws -> Void)? = nil
  ) {
    self.now = now
    self.sleep = sleep
    self.watch = watch ?? sleep
  }

  /// The clock of the system.
  package static let system = TransportClock(
    now: { Timestamp(microseconds: clinux_wall_microseconds()) },
    sleep: { try await Task.sleep(for: .microseconds($0.microseconds)) })
}

/// What all sources of a group share.
package struct TransportOptions: Sendable {
  /// Lets redirects lead to unencrypted addresses beyond this machine.
  package var allowPlaintext = false
  /// The time between two polls.
  package var pollInterval = Span.seconds(1)
  /// How long a hub may hold a poll's answer back, in whole seconds.
  package var pollWait = Span.seconds(2)
  /// How long a connection may take to be made.
  package var connectTimeout = Span.seconds(4)
  /// How long a server may take to begin its answer. A body is never timed.
  package var answerTimeout = Span.seconds(30)
  /// The time between two pings of a WebSocket; zero sends none, and then its silence is not noticed.
  package var pingInterval = Span.seconds(2)
  /// Longest answer of a poll, in bytes; longer ones are an error. Raise it for larger snapshots.
  package var maximumDocumentBytes = 64 << 20
  /// What encrypted connections are held to, unless a source says otherwise.
  package var security = SecurityOptions()
  /// The proxies servers are reached through.
  package var proxies = ProxySettings()
  /// What the requests call us.
  package var userAgent = "podium"
  /// Time.
  package var clock = TransportClock.system
  /// Luck, for spreading reconnections.
  package var random: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }

  /// The usual options.
  package init() {}
}

/// One source of a group.
package struct Source: Sendable {
  /// Where it is.
  package enum Origin: Hashable, Sendable {
    /// A server.
    case http(HTTPAddress, HTTPMode)
    /// Newline-delimited events on the standard input.
    case standardInput
    /// A file, or all `*.jsonl` files below a folder.
    case files(path: String, format: FileFormat, follow: Bool)
  }

  /// Where it is.
  package var origin: Origin
  /// What it is asked with. Nil sends what the address carries, if anything.
  package var credential: Credential?
  /// Headers that are no secrets, sent with every request.
  package var headers: [HTTPField] = []
  /// What its encrypted connections are held to; nil for the group's.
  package var security: SecurityOptions?

  /// A source at an origin, asked with a credential.
  package init(_ origin: Origin, credential: Credential? = nil) {
    self.origin = origin
    self.credential = credential
  }

  /// A source at an origin, asked with this `Authorization` header (`Bearer …`): a secret.
  package init(_ origin: Origin, authorization: String?) {
    self.init(origin, credential: authorization.map { .fixed($0) })
  }
}

/// What a followed file holds.
package enum FileFormat: Hashable, Sendable {
  /// Newline-delimited CloudEvents.
  case ndjson
  /// A Claude Code transcript; the session's sub-agents beside it are followed too.
  case claudeCode
}

package import Domain
import Wire

/// What is known of a source after every step was tried: facts alone, measured and without secrets.
/// Verdict, words and JSON follow from it.
package struct Diagnosis: Equatable, Sendable {
  /// The address, without credentials.
  package var source: String
  /// When the examination began.
  package var startedAt: Timestamp
  /// What the source is.
  package var subject: Subject
  /// The proxy it is reached through, without credentials; nil for none.
  package var proxy: String?
  /// Why the proxy's setting cannot be used.
  package var proxyProblem: String?
  /// The name's addresses; nil where no name was looked up.
  package var resolution: Resolution?
  /// One try to connect for each address.
  package var reaches: [Reach] = []
  /// The encryption; nil where the address asks for none.
  package var encryption: Encryption?
  /// The head of the answer to one plain request.
  package var head: Head?
  /// Why that request got no answer.
  package var headProblem: String?
  /// Each transport that was tried, the best first.
  package var trials: [Trial] = []
  /// Whether a broken connection is taken up again without loss.
  package var resume = Resume.untested("no stream was accepted")
  /// A file's contents.
  package var file: FileFacts?

  /// A diagnosis without any finding.
  package init(source: String, subject: Subject, at now: Timestamp) {
    self.source = source
    self.subject = subject
    startedAt = now
  }

  /// What a source is.
  package enum Subject: Equatable, Sendable {
    /// A server; a hub's transports have addresses of their own.
    case server(isSecure: Bool, isHub: Bool, isLoopback: Bool)
    /// The standard input.
    case standardInput
    /// A file or folder.
    case file
  }

  /// What looking a name up gave.
  package struct Resolution: Equatable, Sendable {
    /// The addresses, in the order in which they are tried; empty when it failed.
    package var addresses: [String]
    package var took: Span
    package var problem: String?
  }

  /// A try to connect to one address.
  package struct Reach: Equatable, Sendable {
    package var address: String
    package var port: Int
    package var took: Span
    /// Why it failed; nil when it did not.
    package var problem: String?
  }

  /// A file that was looked into.
  package struct FileFacts: Equatable, Sendable {
    /// What it holds, in words: a tape, a transcript, events.
    package var contents: String
    /// What is wrong with it; nil when it can be read.
    package var problem: String?
    /// Events found at its beginning, and what was none.
    package var events: Int, malformed: Int
  }

  /// Whether and how a stream is taken up again.
  package enum Resume: Equatable, Sendable {
    /// Exactly the events after the position came.
    case exact(events: Int)
    /// Events from before the position came again; Podium leaves them out.
    case replays
    /// The events after the position did not come.
    case loses
    /// It could not be tried, and why.
    case untested(String)
  }
}

extension Diagnosis {
  /// An encrypted connection.
  package struct Encryption: Equatable, Sendable {
    /// The protocol, such as `TLS 1.3`; nil when no connection was made.
    package var version: String?
    /// The application protocol agreed on (ALPN, RFC 7301).
    package var applicationProtocol: String?
    /// What the server showed, its own certificate first.
    package var chain: [CertificateFacts]
    package var took: Span
    /// Why it is not trusted; nil when it is.
    package var problem: String?
    /// Whether keys are pinned; whether the server has one of them shows in `problem`.
    package var isPinned: Bool
  }

  /// The head of an answer.
  package struct Head: Equatable, Sendable {
    package var status: Int
    package var httpVersion: String
    package var contentType: String?
    package var contentEncoding: String?
    package var server: String?
    /// From the request to the head.
    package var took: Span
    /// The server's clock less ours (RFC 9110 section 6.6.1), and how wrong that may be.
    package var clock: ClockDifference?
    /// Whether the server answers 304 to a question with its validators; nil when it has none.
    package var answersNotModified: Bool?
  }

  /// How far another clock is ahead of ours.
  package struct ClockDifference: Equatable, Sendable {
    package var ahead: Span
    package var uncertainty: Span
  }

  /// One transport that was tried.
  package struct Trial: Equatable, Sendable {
    package var kind: TransportKind
    /// From the first request until it was accepted; nil when it was not.
    package var accepted: Span?
    /// Why it was not accepted, or why it ended early.
    package var problem: String?
    /// From the first request to the first byte and to the first event.
    package var firstByte: Span?
    package var firstEvent: Span?
    /// What came while it was listened to.
    package var events = 0
    package var malformed = 0
    package var bytes: Int64 = 0
    package var listened = Span.zero
    /// The heartbeats heard, and the median time between two of them, the lower of two: what delays
    /// one makes the time longer.
    package var heartbeats = 0
    package var heartbeatInterval: Span?
    /// The round trip, where the transport measures one.
    package var roundTrip: Span?
    /// Bytes as received and as inflated, where the transport compresses.
    package var received: Int64?
    package var inflated: Int64?
    /// The newest reason why data was no event, or how damage showed.
    package var complaint: String?
    /// How long ago the freshest event had happened when it came; negative when it came from the
    /// future.
    package var leastLag: Span?

    /// A transport that was not tried yet.
    package init(_ kind: TransportKind) {
      self.kind = kind
    }

    /// How much smaller compression made it; nil where it does not compress.
    package var compressionRatio: Double? {
      guard let received, let inflated, received > 0 else { return nil }
      return Double(inflated) / Double(received)
    }
  }
}

extension Diagnosis.FileFacts {
  /// A file of known contents.
  package init(contents: String, problem: String? = nil) {
    self.init(contents: contents, problem: problem, events: 0, malformed: 0)
  }

  /// A file that begins with these lines of CloudEvents; the last one may be cut off.
  package init(eventLines beginning: [UInt8]) {
    var decoder = FrameDecoder()
    var events = 0
    var malformed = 0
    decoder.receive(beginning, format: .ndjson) { item in
      switch item {
      case .event: events += 1
      case .malformed, .damaged: malformed += 1
      case .heartbeat, .missing: break
      }
    }
    self.init(
      contents: "newline-delimited CloudEvents", problem: nil, events: events,
      malformed: malformed)
  }
}

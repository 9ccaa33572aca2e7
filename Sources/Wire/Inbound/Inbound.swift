package import Domain

/// How the bytes of a frame are to be read.
package enum FrameFormat: Codable, Hashable, Sendable {
  /// Any stretch of a WHATWG event stream whose events carry CloudEvents JSON in `data`.
  case sse
  /// Any stretch of newline-delimited CloudEvents JSON.
  case ndjson
  /// One whole JSON document: a CloudEvent or a batch (a poll's answer).
  case document
  /// One whole WebSocket message.
  case message(MessageKind)
  /// Any stretch of a Claude Code transcript; the name tells transcripts of a folder apart.
  case claudeCode(file: String)

  /// Whether a frame may be cut anywhere.
  package var isStretch: Bool {
    switch self {
    case .sse, .ndjson, .claudeCode: true
    case .document, .message: false
    }
  }
}

/// What a WebSocket message (RFC 6455 section 5.6) carries.
package enum MessageKind: Hashable, NumberedCase, Sendable {
  /// A text message: a CloudEvent or a batch of them as JSON.
  case text
  /// A binary message, read like a text message.
  case binary
  /// A text message of nchan's subprotocol `ws+meta.nchan`: header lines, a blank line, the event.
  case meta
}

/// What a transport hands on: raw bytes or a fact about the connection, with their arrival.
///
/// This is the seam that a tape records, below every decoder.
package struct Inbound: Hashable, Sendable {
  /// Bytes or a fact.
  package enum Body: Hashable, Sendable {
    /// Bytes as they came, in order, split anywhere unless the format says otherwise.
    case frame(FrameFormat, [UInt8])
    /// A fact about the connection.
    case fact(ConnectionFact)
  }

  /// The number of the connection, from 0, in the order of the sources.
  package var connection: Int
  /// When it arrived here.
  package var at: Timestamp
  /// What arrived.
  package var body: Body

  /// Something that arrived on a connection.
  package init(connection: Int, at: Timestamp, body: Body) {
    self.connection = connection
    self.at = at
    self.body = body
  }
}

/// Where a stream is to be taken up again after a reconnection.
package struct ResumePoint: Hashable, Sendable {
  /// The last event id of the stream (WHATWG HTML 9.2.6), empty when none was seen.
  package var lastEventID: String = ""
  /// The reconnection time the server asked for, nil when it did not.
  package var retry: Span?
  /// How long silence may last before the connection counts as stale, learnt from its own
  /// heartbeats or known of hubs; nil while nothing is known.
  package var patience: Span?

  /// The beginning.
  package init() {}
}

/// Where transports deliver to: a bounded mailbox in front of the one loop.
package protocol InboundSink: AnyObject, Sendable {
  /// Takes what arrived; suspends while the mailbox is full, which is how a slow reader slows the
  /// network down instead of growing. Returns false once nobody reads any more.
  func deliver(_ inbound: Inbound) async -> Bool

  /// The position after everything of the connection that was decoded so far.
  func resumePoint(of connection: Int) -> ResumePoint
}

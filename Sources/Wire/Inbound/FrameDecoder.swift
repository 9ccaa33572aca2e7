package import Domain

/// What the frames of a connection say.
package enum DecodedItem {
  /// An event, and its JSON as it was published where it came as JSON; the bytes are valid only
  /// during the call that hands them over.
  case event(Event, json: UnsafeRawBufferPointer?)
  /// A sign of life without an event.
  case heartbeat
  /// Data that is no event, and why.
  case malformed(String)
  /// The connection brought something else than was sent, and how that showed. Nothing more comes
  /// of it until the decoder is restarted: the connection is to be made anew.
  case damaged(String)
  /// Events before the next one did not come and will not: the feed went on without them.
  case missing(MissingEvents)
}

/// Turns the frames of one connection into events: one decoder a format, kept between frames.
package struct FrameDecoder {
  private var stream = SSEDecoder()
  private var lines = NDJSONDecoder(checksSyntax: false)
  private var transcripts = ClaudeCodeDecoder()
  private var feed = FeedReader()
  /// The formats that came, in the order they came: the end of a source completes each in turn.
  private var formats: [FrameFormat] = []
  private var known: Set<FrameFormat> = []

  /// Nothing received.
  package init() {}

  /// Where the feed is to be taken up again: after the newest position of any format; in a feed
  /// with checksums, that of the last event that was good.
  package var resumePoint: ResumePoint {
    var point = ResumePoint()
    point.lastEventID = String(decoding: feed.integrity.position, as: UTF8.self)
    point.retry = stream.retryMilliseconds.map { .milliseconds(Int64($0)) }
    if feed.integrity.isChecked { point.patience = HubHeartbeat.patience }
    return point
  }

  /// A new connection begins: what was cut off in the last one will not be completed.
  package mutating func restart() {
    stream.finish()
    lines = NDJSONDecoder(checksSyntax: false)
    feed.restart()
  }

  /// Reads a frame and hands over each item it completes, in order.
  package mutating func receive(
    _ bytes: [UInt8], format: FrameFormat, _ each: (DecodedItem) -> Void
  ) {
    if known.insert(format).inserted { formats.append(format) }
    bytes.withUnsafeBytes { raw in
      switch format {
      case .sse: receive(stream: raw, each)
      case .ndjson: lines.receive(raw) { feed.read($0, each) }
      case .document, .message(.text), .message(.binary): feed.read(document: raw, each)
      case .message(.meta): feed.read(meta: raw, each)
      case .claudeCode(let file): transcripts.receive(raw, file: file) { Self.read($0, each) }
      }
    }
  }

  /// The source ended: a last line without its line end counts as whole.
  package mutating func finish(_ each: (DecodedItem) -> Void) {
    for format in formats {
      switch format {
      case .sse: stream.finish()
      case .ndjson: lines.finish { feed.read($0, each) }
      case .document, .message: break
      case .claudeCode(let file): transcripts.finish(file: file) { Self.read($0, each) }
      }
    }
  }

  private mutating func receive(
    stream raw: UnsafeRawBufferPointer, _ each: (DecodedItem) -> Void
  ) {
    let commits = stream.committedIDs
    stream.receive(raw) { feed.read($0, each) }
    if stream.committedIDs != commits { feed.follow(lastEventID: stream.lastEventID) }
  }

  private static func read(_ item: TranscriptItem, _ each: (DecodedItem) -> Void) {
    switch item {
    case .event(let event): each(.event(event, json: nil))
    case .problem(let problem): each(.malformed("\(problem)"))
    }
  }
}

// The state between two frames, for keyframes.
extension FrameDecoder: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(stream)
    try container.encode(lines)
    try container.encode(transcripts)
    try container.encode(feed)
    try container.encode(formats)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    stream = try container.decode(SSEDecoder.self)
    lines = try container.decode(NDJSONDecoder.self)
    transcripts = try container.decode(ClaudeCodeDecoder.self)
    feed = try container.decode(FeedReader.self)
    formats = try container.decode([FrameFormat].self)
    known = Set(formats)
    try stream.check()
  }
}

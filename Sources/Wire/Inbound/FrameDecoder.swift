package import Domain

/// What the frames of a connection say.
package enum DecodedItem {
  /// An event, and its JSON as it came where it came as JSON; the bytes are valid only during the
  /// call that hands them over.
  case event(Event, json: UnsafeRawBufferPointer?)
  /// A sign of life without an event.
  case heartbeat
  /// Data that is no event, and why.
  case malformed(String)
  /// The connection brought something else than was sent, and how that showed. Nothing more comes
  /// of it until the decoder is restarted: the connection is to be made anew.
  case damaged(String)
}

/// Turns the frames of one connection into events: one decoder a format, kept between frames.
package struct FrameDecoder {
  private var stream = SSEDecoder()
  private var lines = NDJSONDecoder(checksSyntax: false)
  private var transcripts = ClaudeCodeDecoder()
  private var events = CloudEventDecoder()
  /// The formats that came, in the order they came: the end of a source completes each in turn.
  private var formats: [FrameFormat] = []
  private var known: Set<FrameFormat> = []

  /// Nothing received.
  package init() {}

  /// Where the stream is to be taken up again.
  package var resumePoint: ResumePoint {
    var point = ResumePoint()
    point.lastEventID = String(decoding: stream.lastEventID, as: UTF8.self)
    point.retry = stream.retryMilliseconds.map { .milliseconds(Int64($0)) }
    return point
  }

  /// A new connection begins: what was cut off in the last one will not be completed.
  package mutating func restart() {
    stream.finish()
    lines = NDJSONDecoder(checksSyntax: false)
  }

  /// Reads a frame and hands over each item it completes, in order.
  package mutating func receive(
    _ bytes: [UInt8], format: FrameFormat, _ each: (DecodedItem) -> Void
  ) {
    if known.insert(format).inserted { formats.append(format) }
    bytes.withUnsafeBytes { raw in
      switch format {
      case .sse: stream.receive(raw) { Self.read($0, &events, each) }
      case .ndjson: lines.receive(raw) { Self.read($0, &events, each) }
      case .document, .message: readDocument(raw, each)
      case .claudeCode(let file): transcripts.receive(raw, file: file) { Self.read($0, each) }
      }
    }
  }

  /// The source ended: a last line without its line end counts as whole.
  package mutating func finish(_ each: (DecodedItem) -> Void) {
    for format in formats {
      switch format {
      case .sse: stream.finish()
      case .ndjson: lines.finish { Self.read($0, &events, each) }
      case .document, .message: break
      case .claudeCode(let file): transcripts.finish(file: file) { Self.read($0, each) }
      }
    }
  }

  /// Reads a document: an event, or the elements of an array one by one.
  private mutating func readDocument(
    _ raw: UnsafeRawBufferPointer, _ each: (DecodedItem) -> Void
  ) {
    var reader = JSONReader(raw)
    do throws(JSONError) {
      guard try reader.peek() == .array else { return Self.decode(raw, &events, each) }
      try reader.beginArray()
      while try reader.nextElement() { Self.decode(try reader.skipValue(), &events, each) }
      try reader.finish()
    } catch {
      each(.malformed("\(error)"))
    }
  }

  private static func read(
    _ item: SSEItem, _ events: inout CloudEventDecoder, _ each: (DecodedItem) -> Void
  ) {
    switch item {
    case .event(let event): decode(event.data, &events, each)
    case .comment: each(.heartbeat)
    case .retry: break
    case .fault(let error): each(.malformed("\(error)"))
    }
  }

  private static func read(
    _ item: NDJSONItem, _ events: inout CloudEventDecoder, _ each: (DecodedItem) -> Void
  ) {
    switch item {
    case .line(_, let bytes): decode(bytes, &events, each)
    case .fault(let number, let reason): each(.malformed("line \(number): \(reason)"))
    }
  }

  private static func read(_ item: TranscriptItem, _ each: (DecodedItem) -> Void) {
    switch item {
    case .event(let event): each(.event(event, json: nil))
    case .problem(let problem): each(.malformed("\(problem)"))
    }
  }

  private static func decode(
    _ bytes: UnsafeRawBufferPointer, _ events: inout CloudEventDecoder,
    _ each: (DecodedItem) -> Void
  ) {
    do throws(CloudEventError) {
      each(.event(try events.decode(bytes), json: bytes))
    } catch {
      each(.malformed("\(error)"))
    }
  }
}

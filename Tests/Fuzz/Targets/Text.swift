import Domain
import Recording
import Wire

/// A text is taken alike by both readers, and what is read is written so that it reads back.
func fuzzJSON(_ input: Input) {
  let value = try? JSONValue(parsing: input.bytes)
  let isSkipped = input.bytes.withUnsafeBytes { raw in
    var reader = JSONReader(raw)
    do {
      _ = try reader.skipValue()
      try reader.finish()
      return true
    } catch {
      return false
    }
  }
  // A number beyond what a double holds is well-formed, and cannot be read.
  require(isSkipped || value == nil, "skipping a value takes what reading it takes")
  guard let value else { return }
  var writer = JSONWriter()
  writer.value(value)
  require((try? JSONValue(parsing: writer.bytes)) == value, "a value reads back as written")
}

/// Any split gives the same; what the encoder writes reads back.
func fuzzSSE(_ input: Input) {
  var whole = SSEDecoder(maximumLineBytes: 64, maximumEventBytes: 96)
  let messages = whole.messages(in: input.bytes)
  var split = SSEDecoder(maximumLineBytes: 64, maximumEventBytes: 96)
  let same = input.pieces.flatMap { split.messages(in: Array($0)) }
  require(messages == same, "an event stream reads alike however it is split")
  require(whole.lastEventID == split.lastEventID, "the last event id is the same")
  require(whole.retryMilliseconds == split.retryMilliseconds, "the retry is the same")
  require(whole.skippedEvents == split.skippedEvents, "as many events are skipped")
  var stream: [UInt8] = []
  SSEEncoder.appendEvent(id: "7", type: "t", data: input.bytes, to: &stream)
  var reader = SSEDecoder()
  let back = reader.messages(in: stream)
  require(back.count == 1 && reader.lastEventID == [0x37], "an event written is one event read")
}

private enum Line: Equatable {
  case line(Int, [UInt8]), fault(Int, NDJSONFault)

  init(_ item: NDJSONItem) {
    switch item {
    case .line(let number, let bytes): self = .line(number, Array(bytes))
    case .fault(let number, let reason): self = .fault(number, reason)
    }
  }
}

/// Any split gives the same lines and faults.
func fuzzNDJSON(_ input: Input) {
  func lines(_ pieces: [ArraySlice<UInt8>], checks: Bool) -> [Line] {
    var decoder = NDJSONDecoder(maximumLineBytes: 64, checksSyntax: checks)
    var lines: [Line] = []
    for piece in pieces {
      piece.withUnsafeBytes { raw in decoder.receive(raw) { lines.append(Line($0)) } }
    }
    decoder.finish { lines.append(Line($0)) }
    return lines
  }
  let checks = input.bytes.count & 1 == 0
  require(
    lines([input.bytes[...]], checks: checks) == lines(input.pieces, checks: checks),
    "lines are the same however they are split")
}

/// An event that is read is written so that it reads back.
func fuzzCloudEvents(_ input: Input) {
  var decoder = CloudEventDecoder()
  guard let event = try? decoder.decode(input.bytes) else { return }
  var bytes: [UInt8] = []
  CloudEventEncoder().append(event, to: &bytes)
  guard let back = try? decoder.decode(bytes) else {
    return require(false, "an event written is an event read")
  }
  require(back.id == event.id && back.source == event.source, "it is the same event")
  require(back.type == event.type && back.subject == event.subject, "of the same kind")
}

/// Any split gives the same, over two files of one folder.
func fuzzClaudeCode(_ input: Input) {
  func items(_ pieces: [ArraySlice<UInt8>]) -> [TranscriptItem] {
    var decoder = ClaudeCodeDecoder(maximumLineBytes: 2_048)
    var items: [TranscriptItem] = []
    for piece in pieces {
      piece.withUnsafeBytes { raw in decoder.receive(raw, file: "a") { items.append($0) } }
    }
    decoder.finish(file: "a") { items.append($0) }
    return items
  }
  require(items([input.bytes[...]]) == items(input.pieces), "a transcript reads alike when split")
}

private enum Item: Equatable {
  case event(Event), heartbeat, malformed(String), damaged, missing(MissingEvents)

  init(_ item: DecodedItem) {
    switch item {
    case .event(let event, _): self = .event(event)
    case .heartbeat: self = .heartbeat
    case .malformed(let reason): self = .malformed(reason)
    // Which position it tells of depends on what had been committed when the bytes came.
    case .damaged: self = .damaged
    case .missing(let events): self = .missing(events)
    }
  }
}

/// Stretches read alike however they are split; documents and messages of any kind do no harm.
func fuzzFrames(_ input: Input) {
  func items(_ pieces: [ArraySlice<UInt8>]) -> [Item] {
    var decoder = FrameDecoder()
    var items: [Item] = []
    for piece in pieces {
      decoder.receive(Array(piece), format: .sse) { items.append(Item($0)) }
    }
    decoder.finish { items.append(Item($0)) }
    return items
  }
  require(items([input.bytes[...]]) == items(input.pieces), "a feed reads alike when split")
  var decoder = FrameDecoder()
  var count = 0
  for kind in MessageKind.allCases {
    decoder.receive(input.bytes, format: .message(kind)) { _ in count &+= 1 }
  }
  decoder.receive(input.bytes, format: .document) { _ in count &+= 1 }
  decoder.restart()
  decoder.receive(input.bytes, format: .message(.text)) { _ in count &+= 1 }
}

/// Any split gives the same entries, or the same refusal.
func fuzzTape(_ input: Input) {
  func entries(_ pieces: [ArraySlice<UInt8>]) -> ([TapeEntry], String?) {
    var reader = TapeReader(maximumLineBytes: 512)
    var entries: [TapeEntry] = []
    do {
      for piece in pieces { try reader.receive(piece) { entries.append($0) } }
      return (entries, nil)
    } catch {
      return (entries, error.description)
    }
  }
  let header =
    Array(
      #"{"version":3,"term":{"cols":80,"rows":24},"podium":{"version":1,"start":0,"sources":["a"]}}"#
        .utf8) + [0x0A]
  let whole = entries([header[...], input.bytes[...]])
  let split = entries([header[...]] + input.pieces)
  require(whole.0 == split.0 && whole.1 == split.1, "a tape reads alike however it is split")
  var bare = TapeReader()
  try? bare.receive(input.bytes) { _ in }
  fuzzKeyframeLine(input)
}

/// A keyframe is one by its head wherever it is one as a whole; a state comes back as it went.
private func fuzzKeyframeLine(_ input: Input) {
  let line = Array("[0.000000,\"k\",\"".utf8) + input.bytes + Array("\"]".utf8)
  for bytes in [input.bytes, line] {
    bytes.withUnsafeBytes { raw in
      let keyframe = KeyframeLine.keyframe(raw)
      let head = KeyframeLine.head(raw)
      require(keyframe == nil || keyframe?.head == head, "a keyframe has the head it begins with")
      require(keyframe.map { $0.state.count == $0.head.size } ?? true, "a state is of its size")
    }
  }
  var writer = TapeWriter(
    TapeHeader(start: Timestamp(microseconds: 0), sources: [], columns: 80, rows: 24))
  var bytes: [UInt8] = []
  guard let payload = KeyframePayload(format: 1, state: input.bytes) else { return }
  writer.append(payload, at: Timestamp(microseconds: 5), before: writer.place, to: &bytes)
  let back = bytes.dropLast().withUnsafeBytes { KeyframeLine.keyframe($0) }
  require(back?.state == input.bytes, "a keyframe written is a keyframe read")
  let size = Int(input.bytes.first ?? 0) << 4
  let inflated = RawDeflate.inflated(input.bytes, size: size)
  require(
    inflated.map { $0.count == size } ?? true, "what inflates has the size it was said to have")
}

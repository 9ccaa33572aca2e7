package import Domain
package import Wire

/// Writes the lines of a tape as bytes; whoever owns the file appends them.
package struct TapeWriter: Sendable {
  /// Where the next line goes.
  package private(set) var place: TapePlace
  private var index = KeyframeIndex()

  /// A tape that begins with a header. The header's line comes first: `headerLine`.
  package init(_ header: TapeHeader) {
    place = TapePlace(
      line: 2, offset: Int64(Self.headerLine(header).count), clock: header.start)
  }

  /// The first line of a tape.
  package static func headerLine(_ header: TapeHeader) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("version")
    json.integer(3)
    json.key("term")
    json.beginObject()
    json.key("cols")
    json.integer(header.columns)
    json.key("rows")
    json.integer(header.rows)
    json.endObject()
    json.key("timestamp")
    json.integer(header.start.microseconds / 1_000_000)
    json.key("title")
    json.string("podium recording")
    json.key("podium")
    json.beginObject()
    json.key("version")
    json.integer(TapeHeader.version)
    json.key("start")
    json.integer(header.start.microseconds)
    json.key("sources")
    json.value(.array(header.sources.map { .string($0) }))
    if let segment = header.segment { write(segment, to: &json) }
    json.endObject()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ segment: TapeSegment, to json: inout JSONWriter) {
    json.key("run")
    json.string(segment.run)
    json.key("segment")
    json.integer(segment.number)
    json.key("lines")
    json.integer(segment.linesBefore)
    guard let previous = segment.previous else { return }
    json.key("previous")
    json.string(previous)
  }

  /// The line of something that arrived.
  package mutating func line(_ inbound: Inbound) -> [UInt8] {
    var bytes: [UInt8] = []
    append(inbound, to: &bytes)
    return bytes
  }

  /// Appends the line of something that arrived.
  package mutating func append(_ inbound: Inbound, to bytes: inout [UInt8]) {
    switch inbound.body {
    case .frame(let format, let frame):
      let prefix = "\(inbound.connection) \(FrameFormatName.name(format)) "
      frame.withUnsafeBytes { payload in
        line("d", prefix, at: inbound.at, to: &bytes) { Self.append(payload: payload, to: &$0) }
      }
    case .fact(let fact):
      let json = "\(inbound.connection) \(ConnectionFactForm.json(fact))"
      line("c", json, at: inbound.at, to: &bytes) { _ in }
    }
  }

  /// The line of a marker.
  package mutating func marker(_ label: String, at moment: Timestamp) -> [UInt8] {
    var bytes: [UInt8] = []
    line("m", label, at: moment, to: &bytes) { _ in }
    return bytes
  }

  /// The line of what a terminal is sent to show the picture of a moment: asciicast's `o`, which a
  /// reader of tapes passes over.
  package mutating func picture(_ output: String, at moment: Timestamp) -> [UInt8] {
    var bytes: [UInt8] = []
    line("o", output, at: moment, to: &bytes) { _ in }
    return bytes
  }

  /// The line that ends a tape: when whoever watched left.
  package mutating func exit(at moment: Timestamp) -> [UInt8] {
    var bytes: [UInt8] = []
    line("x", "0", at: moment, to: &bytes) { _ in }
    return bytes
  }

  /// Appends the line of a keyframe: the state at a moment, with everything before a place of this
  /// tape taken in.
  package mutating func append(
    _ payload: KeyframePayload, at moment: Timestamp, before place: TapePlace,
    to bytes: inout [UInt8]
  ) {
    let head = KeyframeHead(
      format: payload.format, at: moment, place: place, back: index.back, size: payload.size,
      checksum: payload.checksum)
    let text = String(decoding: KeyframeForm.json(head), as: UTF8.self)
    index.note(
      KeyframeHead.Link(offset: self.place.offset, line: self.place.line, at: moment))
    line("k", text + " b:", at: self.place.clock, to: &bytes) { $0 += payload.base64 }
  }

  /// A frame as text where it is UTF-8, else in base64.
  private static func append(payload: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    guard isText(payload) else {
      bytes += Array("b:".utf8)
      return Base64.append(payload, to: &bytes)
    }
    bytes += Array("u:".utf8)
    JSONWriter.append(escaped: payload, to: &bytes)
  }

  private static func isText(_ payload: UnsafeRawBufferPointer) -> Bool {
    do {
      _ = try UTF8Span(validating: payload.assumingMemoryBound(to: UInt8.self).span)
      return true
    } catch {
      return false
    }
  }

  /// A line; time never steps back on a tape.
  private mutating func line(
    _ code: String, _ data: String, at moment: Timestamp, to bytes: inout [UInt8],
    _ rest: (inout [UInt8]) -> Void
  ) {
    let start = bytes.count
    let interval = max(0, (moment - place.clock).microseconds)
    bytes += "[\(Self.seconds(interval)),\"\(code)\",\"".utf8
    var data = data
    data.withUTF8 { JSONWriter.append(escaped: UnsafeRawBufferPointer($0), to: &bytes) }
    rest(&bytes)
    bytes += Array("\"]\n".utf8)
    place = TapePlace(
      line: place.line + 1, offset: place.offset + Int64(bytes.count - start),
      clock: max(place.clock, moment))
  }

  private static func seconds(_ microseconds: Int64) -> String {
    let fraction = String(microseconds % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
    return "\(microseconds / 1_000_000).\(zeros)\(fraction)"
  }
}

import Domain
package import Wire

/// What arrives as it came, a line of JSON a message: nothing judged, left out or put in order.
///
/// An event of an event stream is `{"event":…,"data":…,"id":…}`, a poll's answer `{"document":…}`,
/// a line of NDJSON itself, a WebSocket message `{"opcode":…,"data":…}` with the opcode's number (RFC
/// 6455 section 5.2) and, where that is binary, the data in Base64.
package struct RawLog {
  private var output: LineOutput
  private var streams: [Int: SSEDecoder] = [:]
  private var lines: [LineSource: NDJSONDecoder] = [:]

  /// Lines are cut for each connection and, where a connection has many files, for each file.
  private struct LineSource: Hashable {
    let connection: Int
    let format: FrameFormat
  }

  /// A log of at most so many lines.
  package init(limit: Int = .max) {
    output = LineOutput(limit: limit)
  }

  /// Lines printed so far.
  package var printed: Int { output.count }

  /// The lines printed since the last call.
  package mutating func takeOutput() -> [UInt8] { output.take() }

  /// Whether it has all it wants.
  package var isFull: Bool { output.isFull }

  /// Prints what an arrival completes; tells of what was too long to be kept.
  package mutating func take(_ inbound: Inbound, _ tell: (String) -> Void) {
    let connection = inbound.connection
    switch inbound.body {
    case .frame(.sse, let bytes): takeStream(bytes, connection, tell)
    case .frame(.message(let kind), let bytes): output.add { Self.append(bytes, kind, to: &$0) }
    case .frame(.document, let bytes): output.add { Self.append(document: bytes, to: &$0) }
    case .frame(let format, let bytes):
      takeLines(bytes, LineSource(connection: connection, format: format), tell)
    case .fact(.connected):
      streams[connection]?.finish()
      lines = lines.filter { $0.key.connection != connection }
    case .fact(.ended):
      for source in lines.keys where source.connection == connection {
        var decoder = lines.removeValue(forKey: source)
        decoder?.finish { take($0, tell) }
      }
    case .fact: break
    }
  }

  private mutating func takeStream(
    _ bytes: [UInt8], _ connection: Int, _ tell: (String) -> Void
  ) {
    var decoder = streams.removeValue(forKey: connection) ?? SSEDecoder()
    bytes.withUnsafeBytes { chunk in
      decoder.receive(chunk) { item in
        switch item {
        case .event(let event): output.add { Self.append(event, to: &$0) }
        case .empty: break
        case .fault(let error): tell("left out: \(error)")
        case .comment, .retry: break
        }
      }
    }
    streams[connection] = decoder
  }

  private mutating func takeLines(
    _ bytes: [UInt8], _ source: LineSource, _ tell: (String) -> Void
  ) {
    var decoder = lines.removeValue(forKey: source) ?? NDJSONDecoder(checksSyntax: false)
    bytes.withUnsafeBytes { chunk in decoder.receive(chunk) { take($0, tell) } }
    lines[source] = decoder
  }

  private mutating func take(_ item: NDJSONItem, _ tell: (String) -> Void) {
    switch item {
    case .line(_, let bytes): output.add { $0.append(contentsOf: bytes.lazy.map(onOneLine)) }
    case .fault(let number, let reason): tell("line \(number) left out: \(reason)")
    }
  }

  private static func append(_ event: SSEEvent, to output: inout [UInt8]) {
    var json = JSONWriter(bytes: output)
    output = []
    json.beginObject()
    json.key("event")
    json.string(String(decoding: event.type, as: UTF8.self))
    json.key("data")
    json.string(String(decoding: event.data, as: UTF8.self))
    json.key("id")
    json.string(String(decoding: event.lastEventID, as: UTF8.self))
    json.endObject()
    output = json.bytes
  }

  private static func append(
    _ message: [UInt8], _ kind: MessageKind, to output: inout [UInt8]
  ) {
    var json = JSONWriter(bytes: output)
    output = []
    json.beginObject()
    json.key("opcode")
    switch kind {
    case .text, .meta:
      json.integer(1)
      json.key("data")
      json.string(String(decoding: message, as: UTF8.self))
    case .binary:
      json.integer(2)
      json.key("data")
      json.string(Base64.encode(message))
    }
    json.endObject()
    output = json.bytes
  }

  /// JSON as it came, on one line; what is not JSON as a string.
  private static func append(document: [UInt8], to output: inout [UInt8]) {
    output += Array(#"{"document":"#.utf8)
    if isJSON(document) {
      output.append(contentsOf: document.lazy.map(onOneLine))
    } else {
      var json = JSONWriter()
      json.string(String(decoding: document, as: UTF8.self))
      output += json.bytes
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { raw in
      var reader = JSONReader(raw)
      do throws(JSONError) {
        try reader.skipValue()
        try reader.finish()
        return true
      } catch {
        return false
      }
    }
  }
}

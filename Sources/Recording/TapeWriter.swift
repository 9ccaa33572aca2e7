package import Domain
package import Wire

/// Writes the lines of a tape as bytes; whoever owns the file appends them.
package struct TapeWriter: Sendable {
  private var last: Timestamp

  /// A tape that begins with a header. The header's line comes first: `headerLine`.
  package init(_ header: TapeHeader) {
    last = header.start
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
    json.endObject()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// The line of something that arrived.
  package mutating func line(_ inbound: Inbound) -> [UInt8] {
    switch inbound.body {
    case .frame(let format, let bytes):
      let prefix = "\(inbound.connection) \(FrameFormatName.name(format)) "
      return line("d", prefix + Self.payload(bytes), at: inbound.at)
    case .fact(let fact):
      let json = ConnectionFactForm.json(fact)
      return line("c", "\(inbound.connection) \(json)", at: inbound.at)
    }
  }

  /// The line of a marker.
  package mutating func marker(_ label: String, at moment: Timestamp) -> [UInt8] {
    line("m", label, at: moment)
  }

  /// A frame as text where it is UTF-8, else in base64.
  private static func payload(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return "u:" + text }
    return "b:" + Base64.encode(bytes)
  }

  /// A line; time never steps back on a tape.
  private mutating func line(_ code: String, _ data: String, at moment: Timestamp) -> [UInt8] {
    let interval = max(0, (moment - last).microseconds)
    last = max(last, moment)
    var json = JSONWriter(bytes: Array("[\(Self.seconds(interval)),\"\(code)\",".utf8))
    json.string(data)
    return json.bytes + Array("]\n".utf8)
  }

  private static func seconds(_ microseconds: Int64) -> String {
    let fraction = String(microseconds % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
    return "\(microseconds / 1_000_000).\(zeros)\(fraction)"
  }
}

package import Canvas
package import Domain
import Wire

/// Writes a film as an asciicast: a header line, then a line for each change of the screen.
///
/// Version 2 is what every asciinema plays (2.2 of Debian 12 knows no later one); version 3 is that
/// of tapes, and can hold the tape's own lines beside the picture.
package struct CastWriter {
  /// The form of the lines.
  package enum Version: Int, CaseIterable, Sendable {
    case two = 2, three = 3
  }

  private let version: Version
  private var encoder: FrameEncoder
  private var last: Grid?
  private var lastTime = Span.zero

  /// A cast of pictures of a colour depth.
  package init(version: Version, depth: ColorDepth) {
    self.version = version
    encoder = FrameEncoder(depth: depth)
  }

  /// The first line: the size of the picture, and when its first moment was.
  package func header(_ size: Size, title: String, start: Timestamp) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("version")
    json.integer(version.rawValue)
    switch version {
    case .two: writeSize(size, "width", "height", to: &json)
    case .three:
      json.key("term")
      json.beginObject()
      writeSize(size, "cols", "rows", to: &json)
      json.endObject()
    }
    json.key("timestamp")
    json.integer(start.microseconds / 1_000_000)
    json.key("title")
    json.string(title)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// The line that changes the screen to a frame.
  package mutating func frame(_ grid: Grid, at time: Span) -> [UInt8] {
    line("o", String(decoding: picture(grid), as: UTF8.self), at: time)
  }

  /// The line of a marker.
  package mutating func marker(_ label: String, at time: Span) -> [UInt8] {
    line("m", label, at: time)
  }

  /// The last line: the cursor below the picture, and shown.
  package mutating func end(at time: Span) -> [UInt8] {
    let row = (last?.size.height ?? 0) + 1
    return line("o", "\u{1B}[m\u{1B}[\(row);1H\u{1B}[?25h", at: time)
  }

  /// What turns a terminal that shows the frame before into one that shows this.
  mutating func picture(_ grid: Grid) -> [UInt8] {
    var bytes: [UInt8] = []
    // The terminal may show anything before the first frame.
    if last == nil { bytes += Array("\u{1B}[?25l\u{1B}[2J".utf8) }
    encoder.encode(from: last, to: grid, into: &bytes)
    last = grid
    return bytes
  }

  private func writeSize(_ size: Size, _ columns: String, _ rows: String, to json: inout JSONWriter)
  {
    json.key(columns)
    json.integer(size.width)
    json.key(rows)
    json.integer(size.height)
  }

  /// A line; its time counts from the beginning in version 2, from the line before in version 3.
  private mutating func line(_ code: String, _ data: String, at time: Span) -> [UInt8] {
    let time = max(time, lastTime)
    let shown = version == .two ? time : time - lastTime
    lastTime = time
    var json = JSONWriter(bytes: Array("[\(Self.seconds(shown)),\"\(code)\",".utf8))
    json.string(data)
    return json.bytes + Array("]\n".utf8)
  }

  private static func seconds(_ span: Span) -> String {
    let fraction = String(span.microseconds % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
    return "\(span.wholeSeconds).\(zeros)\(fraction)"
  }
}

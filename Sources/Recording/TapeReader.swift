import Domain
import Wire

/// Reads a tape: bytes in, entries out; a line cut off at the end is left out and said so.
///
/// A line may have at most `maximumLineBytes`; longer ones are an error that names the line.
package struct TapeReader {
  /// The bound on one line. A frame of 16 MiB doubles when every byte of it is escaped.
  package static let maximumLineBytes = 64 << 20

  /// The header, once its line has been read.
  package private(set) var header: TapeHeader?
  /// Lines read so far.
  package private(set) var lines = 0
  private let maximumLineBytes: Int
  private var lineBuffer: [UInt8] = []
  private var now = Timestamp(microseconds: 0)

  /// Nothing read.
  package init(maximumLineBytes: Int = TapeReader.maximumLineBytes) {
    self.maximumLineBytes = maximumLineBytes
  }

  /// Whether bytes of an unfinished line are left: the tape was cut off there.
  package var isCutOff: Bool { !lineBuffer.isEmpty }

  /// Reads more bytes and hands over each entry they complete.
  package mutating func receive(
    _ bytes: some Sequence<UInt8>, _ each: (TapeEntry) -> Void
  ) throws(TapeError) {
    for byte in bytes {
      guard byte == UInt8(ascii: "\n") else {
        guard lineBuffer.count < maximumLineBytes else {
          lines += 1
          throw fault("longer than \(maximumLineBytes) bytes; this is no tape of podium's")
        }
        lineBuffer.append(byte)
        continue
      }
      lines += 1
      try readLine(each)
      lineBuffer.removeAll(keepingCapacity: true)
    }
  }

  private mutating func readLine(_ each: (TapeEntry) -> Void) throws(TapeError) {
    let isBlank = lineBuffer.allSatisfy { $0 == 0x20 || $0 == 0x0D }
    guard !isBlank, lineBuffer.first != UInt8(ascii: "#") else { return }
    let value: JSONValue
    do {
      value = try JSONValue(parsing: lineBuffer)
    } catch {
      throw fault(header == nil ? "not a tape: it does not begin with JSON" : "not JSON (\(error))")
    }
    guard header != nil else {
      header = try readHeader(value)
      return
    }
    if let entry = try entry(value) { each(entry) }
  }

  private mutating func readHeader(_ value: JSONValue) throws(TapeError) -> TapeHeader {
    guard case .object = value, let cast = value["version"]?.integer else {
      throw fault("not a tape: expected an asciicast header object with a version")
    }
    guard let podium = value["podium"], let version = podium["version"]?.integer,
      let start = podium["start"]?.integer
    else {
      throw fault("an asciicast v\(cast) of another program; podium replays only its own tapes")
    }
    guard version <= TapeHeader.version else {
      throw fault("written by a newer podium (tape version \(version)); upgrade podium to read it")
    }
    now = Timestamp(microseconds: start)
    let sources = (podium["sources"]?.array ?? []).compactMap(\.string)
    return TapeHeader(
      start: now, sources: sources, columns: Int(clamping: value["term"]?["cols"]?.integer ?? 80),
      rows: Int(clamping: value["term"]?["rows"]?.integer ?? 24))
  }

  private mutating func entry(_ value: JSONValue) throws(TapeError) -> TapeEntry? {
    guard let parts = value.array, parts.count == 3, let interval = parts[0].double,
      let code = parts[1].string, let data = parts[2].string
    else { throw fault("expected [interval, code, data]") }
    guard interval >= 0, interval < 1e13 else {
      throw fault("the interval \(interval) is not a time")
    }
    now = now + Span(microseconds: Int64(min(9e18, (interval * 1_000_000).rounded())))
    switch code {
    case "d": return TapeEntry(at: now, body: try frame(data))
    case "c": return TapeEntry(at: now, body: try fact(data))
    case "m": return TapeEntry(at: now, body: .marker(data))
    default: return nil
    }
  }

  // Read as bytes: among characters, a mark that combines would hide the blank or colon before it.
  private func frame(_ data: String) throws(TapeError) -> TapeEntry.Body {
    let parts = data.utf8.split(
      separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let connection = Self.connection(parts[0]),
      let format = FrameFormatName.format(parts[1])
    else { throw fault("a frame is \"<connection> <format> u:<text>\"") }
    let payload = parts[2].dropFirst(2)
    if parts[2].starts(with: "u:".utf8) {
      return .inbound(connection: connection, .frame(format, Array(payload)))
    }
    guard parts[2].starts(with: "b:".utf8) else {
      throw fault("a frame's payload begins with u: or b:")
    }
    guard let bytes = Base64.decode(payload) else { throw fault("a frame's base64 is broken") }
    return .inbound(connection: connection, .frame(format, bytes))
  }

  private func fact(_ data: String) throws(TapeError) -> TapeEntry.Body {
    let parts = data.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
    guard parts.count == 2, let connection = Self.connection(parts[0]),
      let fact = ConnectionFactForm.fact(Array(parts[1]))
    else { throw fault("a connection fact is \"<connection> <JSON object>\"") }
    return .inbound(connection: connection, .fact(fact))
  }

  private static func connection(_ digits: Substring.UTF8View) -> Int? {
    String(digits).flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  private func fault(_ problem: String) -> TapeError {
    TapeError(line: max(1, lines), problem: problem)
  }
}

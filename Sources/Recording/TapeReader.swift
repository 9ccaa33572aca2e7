package import Domain
import Wire

/// Reads a tape: lines in, entries out; or bytes in, where a line cut off at the end is left out
/// and said so.
///
/// A line may have at most `maximumLineBytes`; longer ones are an error that names the line.
package struct TapeReader: Sendable {
  /// The bound on one line. A frame of 16 MiB doubles when every byte of it is escaped.
  package static let maximumLineBytes = 64 << 20
  /// The bound on what may come before the header's line has ended.
  package static let maximumHeaderBytes = 1 << 20

  /// The header, once its line has been read.
  package private(set) var header: TapeHeader?
  /// Lines read so far.
  package private(set) var lines = 0
  /// Keyframes read over so far.
  package private(set) var keyframes = 0
  /// The time of the newest line.
  package private(set) var clock = Timestamp(microseconds: 0)
  private let longestLine: Int
  private var lineBuffer: [UInt8] = []

  /// Nothing read.
  package init(maximumLineBytes: Int = TapeReader.maximumLineBytes) {
    longestLine = maximumLineBytes
  }

  /// A reader that goes on at a place of a tape whose header is known.
  package init(_ header: TapeHeader, at place: TapePlace) {
    self.init()
    self.header = header
    lines = place.line - 1
    clock = place.clock
  }

  /// Whether bytes of an unfinished line are left: the tape was cut off there.
  package var isCutOff: Bool { !lineBuffer.isEmpty }

  /// Reads more bytes and hands over each entry they complete.
  package mutating func receive(
    _ bytes: some Sequence<UInt8>, _ each: (TapeEntry) -> Void
  ) throws(TapeError) {
    var rest = Array(bytes)[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lineBuffer += rest[..<end]
      rest = rest[(end + 1)...]
      let line = lineBuffer
      lineBuffer.removeAll(keepingCapacity: true)
      if let entry = try read(line: line) { each(entry) }
    }
    lineBuffer += rest
    try check(unfinished: lineBuffer.count)
  }

  private mutating func read(line: [UInt8]) throws(TapeError) -> TapeEntry? {
    let outcome = line.withUnsafeBytes { raw in
      Result { () throws(TapeError) in try read(line: raw) }
    }
    return try outcome.get()
  }

  /// Refuses a line of which so many bytes have come without its end.
  package func check(unfinished count: Int) throws(TapeError) {
    if header == nil, count > Self.maximumHeaderBytes {
      throw TapeError(line: lines + 1, problem: "not a tape: its first line does not end")
    }
    guard count <= longestLine else { throw tooLong(lines + 1) }
  }

  /// Reads the next line, without its line feed; nil where it holds nothing to be taken in.
  package mutating func read(line: UnsafeRawBufferPointer) throws(TapeError) -> TapeEntry? {
    lines += 1
    guard line.count <= longestLine else { throw tooLong(lines) }
    guard line.first != UInt8(ascii: "#"), !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) else {
      return nil
    }
    guard header != nil else {
      header = try readHeader(line)
      return nil
    }
    return try entry(line)
  }

  private mutating func entry(_ line: UnsafeRawBufferPointer) throws(TapeError) -> TapeEntry? {
    guard let parts = TapeLineParts(line) else { throw shapeFault(line) }
    let interval = parts.interval
    guard interval >= 0, interval < 1e13 else {
      throw fault("the interval \(interval) is not a time: time does not run backwards on a tape")
    }
    clock = clock + Span(microseconds: Int64(min(9e18, (interval * 1_000_000).rounded())))
    switch parts.code {
    case .frame: return TapeEntry(at: clock, body: try TapeLineData.frame(parts.data, fault))
    case .fact: return TapeEntry(at: clock, body: try TapeLineData.fact(parts.data, fault))
    case .marker: return TapeEntry(at: clock, body: .marker(parts.data.string))
    case .keyframe:
      guard KeyframeLine.head(line) != nil else { throw fault(Self.brokenKeyframe) }
      keyframes += 1
      return nil
    case .exit: return TapeEntry(at: clock, body: .exit)
    case .unknown: return nil
    }
  }

  /// What is said of a keyframe that cannot be used.
  package static let brokenKeyframe = "this keyframe is broken; \(withoutKeyframes)"
  /// What to do about that.
  package static let withoutKeyframes =
    "the tape plays without its k lines: grep -v '^\\[[0-9.]*,\"k\"'"

  private func shapeFault(_ line: UnsafeRawBufferPointer) -> TapeError {
    var reader = JSONReader(line)
    do throws(JSONError) {
      try reader.skipValue()
      try reader.finish()
      return fault("expected [interval, code, data]")
    } catch {
      return fault("not JSON (\(error))")
    }
  }

  private mutating func readHeader(
    _ line: UnsafeRawBufferPointer
  ) throws(TapeError) -> TapeHeader {
    guard let value = try? JSONValue(parsing: Array(line)) else {
      throw fault("not a tape: it does not begin with JSON")
    }
    do throws(TapeHeaderFault) {
      let header = try TapeHeader(value)
      clock = header.start
      return header
    } catch {
      throw fault(error.problem)
    }
  }

  private func tooLong(_ line: Int) -> TapeError {
    TapeError(
      line: line, problem: "longer than \(longestLine) bytes; this is no tape of podium's")
  }

  private func fault(_ problem: String) -> TapeError {
    TapeError(line: max(1, lines), problem: problem)
  }
}

/// Why a header is none that can be read.
struct TapeHeaderFault: Error {
  let problem: String
}

extension TapeHeader {
  /// Reads the header's object.
  init(_ value: JSONValue) throws(TapeHeaderFault) {
    guard case .object = value, let cast = value["version"]?.integer else {
      throw TapeHeaderFault(
        problem: "not a tape: expected an asciicast header object with a version")
    }
    guard let podium = value["podium"], let version = podium["version"]?.integer,
      let start = podium["start"]?.integer
    else {
      throw TapeHeaderFault(
        problem: "an asciicast v\(cast) of another program; podium replays only its own tapes")
    }
    guard version <= Self.version else {
      throw TapeHeaderFault(
        problem:
          "written by a newer podium (tape version \(version)); upgrade podium to read it")
    }
    self.init(
      start: Timestamp(microseconds: start),
      sources: (podium["sources"]?.array ?? []).compactMap(\.string),
      columns: Int(clamping: value["term"]?["cols"]?.integer ?? 80),
      rows: Int(clamping: value["term"]?["rows"]?.integer ?? 24),
      segment: TapeSegment(podium))
  }
}

extension TapeSegment {
  /// Reads the part of the header's object; nil where it tells of no run.
  fileprivate init?(_ podium: JSONValue) {
    guard let run = podium["run"]?.string, let number = podium["segment"]?.integer, number >= 1,
      let lines = podium["lines"]?.integer, lines >= 0
    else { return nil }
    self.init(
      run: run, number: Int(clamping: number), linesBefore: Int(clamping: min(lines, 1 << 53)),
      previous: podium["previous"]?.string)
  }
}

import Domain

/// Turns Claude Code transcripts (JSON lines) into events, while the files grow.
///
/// One decoder takes all files of one project folder: a session's main file and the files of its
/// sub-agents, in any order and any pieces. What two files both tell is told once.
///
/// The laws of this decoder:
/// - No row is fatal: one that cannot be read is counted and handed over as a problem.
/// - What is counted is keyed by the ids in the rows (row, message, tool call), never by time.
/// - Every table forgets its oldest entries at a stated bound; a file costs at most one unfinished
///   row until `finish(file:)`.
/// - A state that no row states but that follows from one carries `basis: inferred`.
package struct ClaudeCodeDecoder: Codable, Sendable {
  /// Rows read, over all files.
  package private(set) var rows = 0
  /// Rows that were handed over as problems.
  package private(set) var problems = 0
  /// Rows whose uuid had been read before, passed over.
  package private(set) var repeats = 0

  private let maximumLineBytes: Int
  private var files: [String: TranscriptFile] = [:]
  private var seen = RecentTable<Bool>(bound: 65_536)
  private var session = TranscriptSession()

  /// - Parameter maximumLineBytes: bound on one row. Rows hold whole files and images; 16 MiB is a
  ///   hundred times the longest seen.
  package init(maximumLineBytes: Int = 16 << 20) {
    self.maximumLineBytes = maximumLineBytes
  }

  /// Reads the next bytes of a file. A line without its line end waits for the rest.
  package mutating func receive(
    _ bytes: UnsafeRawBufferPointer, file: String, _ each: (TranscriptItem) -> Void
  ) {
    let state = files.removeValue(forKey: file) ?? TranscriptFile(maximumLineBytes)
    var (lines, origin) = (state.lines, state.origin)
    lines.receive(bytes) { item in read(item, of: file, &origin, each) }
    files[file] = TranscriptFile(lines: lines, origin: origin)
  }

  /// The file ended or was replaced: its last line counts as whole, and its next byte is the first
  /// of a new line 1.
  package mutating func finish(file: String, _ each: (TranscriptItem) -> Void) {
    guard let state = files.removeValue(forKey: file) else { return }
    var (lines, origin) = (state.lines, state.origin)
    lines.finish { item in read(item, of: file, &origin, each) }
  }

  private mutating func read(
    _ item: NDJSONItem, of file: String, _ origin: inout TranscriptOrigin?,
    _ each: (TranscriptItem) -> Void
  ) {
    rows &+= 1
    switch item {
    case .fault(let number, .bound(let error)):
      report(.tooLong(error), file, number, each)
    case .fault(let number, .syntax(let error)):
      report(.syntax(error), file, number, each)
    case .line(let number, let bytes):
      do throws(JSONError) {
        let row = try TranscriptRow(reading: bytes)
        apply(row, at: (file, number), &origin, each)
      } catch {
        report(.syntax(error), file, number, each)
      }
    }
  }

  private mutating func apply(
    _ row: TranscriptRow, at place: (file: String, line: Int),
    _ origin: inout TranscriptOrigin?, _ each: (TranscriptItem) -> Void
  ) {
    guard let type = row.type else {
      return report(.missing("type"), place.file, place.line, each)
    }
    if let session = row.session, !session.isValue(origin?.session) {
      origin = TranscriptOrigin(session: session.string)
    }
    let known = TranscriptSession.RowType(type.string)
    if known == nil { report(.unknownType(type.string), place.file, place.line, each) }
    if known == .silent { return }
    guard let origin else {
      return report(.missing("sessionId"), place.file, place.line, each)
    }
    let id = row.uuid?.string ?? "\(place.file)#\(place.line)"
    guard seen.insert(id) else {
      repeats &+= 1
      return
    }
    var events = RowEvents(origin: origin, row: id, time: row.time, number: Int64(rows))
    if let known { session.apply(row, known, to: &events, seen: &seen) }
    if known == nil { events.addUnmapped("claude-code.\(type.string)") }
    if let missing = session.takeMissing() {
      report(.missing(missing), place.file, place.line, each)
    }
    for event in events.events { each(.event(event)) }
  }

  private mutating func report(
    _ reason: TranscriptProblem.Reason, _ file: String, _ line: Int,
    _ each: (TranscriptItem) -> Void
  ) {
    problems &+= 1
    each(.problem(TranscriptProblem(file: file, line: line, reason: reason)))
  }
}

/// What is known of one file.
private struct TranscriptFile: Codable {
  var lines: NDJSONDecoder
  /// The session of its newest row; rows without `sessionId` belong to it.
  var origin: TranscriptOrigin?

  init(lines: NDJSONDecoder, origin: TranscriptOrigin?) {
    self.lines = lines
    self.origin = origin
  }

  init(_ maximumLineBytes: Int) {
    lines = NDJSONDecoder(maximumLineBytes: maximumLineBytes, checksSyntax: false)
  }
}

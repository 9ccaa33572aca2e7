package import Domain
import Glibc
package import Recording
package import Wire

/// Records what arrives: one place that all of it passes before it is written.
///
/// It keeps a session of its own over what it writes, so that keyframes hold nothing that the lines
/// do not, and a tape can be taken up at any of them as if it had been played from its beginning.
package final class TapeRecorder {
  /// A file of this recording that is still there.
  struct Piece {
    /// Its number, from 1.
    let number: Int
    /// Its path; empty for one in memory.
    let path: String
    /// The file while it is written to, or in memory: others are only held open by who reads them.
    var file: TapeFile?
  }

  /// The files of this recording that are still there, in order.
  private(set) var pieces: [Piece] = []
  /// Why the place that was asked for is not written to (any longer).
  package private(set) var failure: FileError?
  /// The path that is, or was, written to: that of the first file that is still there.
  package private(set) var path: String?
  /// The files written.
  package private(set) var fileCount = 1
  private var place: RecordingPlace
  private var file: TapeFile
  private var run: String
  private var session: Session
  private let codec: SessionCodec?
  private var redactor: Redactor?
  private var schedule: KeyframeSchedule

  /// Begins a recording of connections.
  ///
  /// A folder that cannot be written to is no error: the recording goes into memory, and `failure`
  /// tells.
  /// - Parameter redactor: what looks through everything before it is written; nil where nothing does.
  /// - Throws: `FileError` when a file of its own cannot be created.
  package init(
    _ place: RecordingPlace, sources: [String], start: Timestamp,
    codec: SessionCodec? = .standard, redactor: Redactor? = nil
  ) throws(FileError) {
    self.place = place
    self.codec = codec
    self.redactor = redactor
    let sources = redactor.map { redactor in sources.map { redactor.redact($0) } } ?? sources
    session = Session(start: start)
    for source in sources { session.addConnection(source) }
    run = TapeFolder.runName(start, sources: sources)
    schedule = KeyframeSchedule(offset: 0, at: start)
    let header = TapeHeader(start: start, sources: sources, columns: 120, rows: 40)
    switch place {
    case .file(let path):
      file = try TapeFile(creating: path, header: header)
      self.path = path
    case .memory: file = try TapeFile(inMemory: header)
    case .folder(let folder):
      do throws(FileError) {
        file = try folder.beginRun(&run, header)
        path = file.path
      } catch {
        failure = error
        self.place = .memory
        file = try TapeFile(inMemory: header)
      }
    }
    schedule = KeyframeSchedule(offset: file.place.offset, at: start)
    pieces = [Piece(number: 1, path: file.path, file: file)]
  }

  /// How it stands.
  package var state: RecorderState {
    RecorderState(path: path, fileCount: fileCount, failure: failure)
  }

  /// The board by what was recorded, and its moment.
  package var board: (board: Board, at: Timestamp) { (session.board, session.now) }

  // MARK: Recording

  /// Records what arrived.
  package func append(_ inbound: Inbound) {
    for inbound in redactor?.redact(inbound) ?? [inbound] { write(inbound) }
  }

  private func write(_ inbound: Inbound) {
    file.append(inbound)
    session.ingest(inbound)
    // Nobody asks for these; they would pile up.
    _ = session.takeChanges()
    _ = session.takeDamaged()
    lookAfterFiles()
  }

  /// Records a marker.
  package func mark(_ label: String, at moment: Timestamp) {
    file.mark(redactor?.redact(label) ?? label, at: moment)
    lookAfterFiles()
  }

  /// Records that the session was left at a moment: nothing comes after it.
  package func finish(at moment: Timestamp) {
    for inbound in redactor?.finish() ?? [] { write(inbound) }
    session.advance(to: moment)
    file.exit(at: session.now)
    flush()
  }

  /// Writes what is pending.
  package func flush() {
    file.flush()
    lookAfterFiles()
  }

  private func lookAfterFiles() {
    if let failure = file.failure { fallBack(failure) }
    let place = file.place
    if place.offset >= self.place.fileBytes { return rotate() }
    let events = session.board.stream.received
    guard let codec, schedule.isDue(offset: place.offset, at: session.now, events: events),
      let payload = KeyframePayload(format: codec.format, state: codec.encode(session)),
      schedule.admits(payload.lineBytes, offset: place.offset)
    else { return }
    append(payload, before: place)
  }

  private func append(_ payload: KeyframePayload, before place: TapePlace) {
    file.append(payload, at: session.now, before: place)
    schedule.note(
      offset: file.place.offset, at: session.now, events: session.board.stream.received)
  }

  // MARK: Files

  /// Goes on in memory when the place that was asked for fails.
  private func fallBack(_ failure: FileError) {
    guard place != .memory else { return }
    self.failure = failure
    place = .memory
    rotate()
  }

  /// Begins another file with the state so far.
  private func rotate() {
    let last = file
    last.flush()
    var header = last.header
    let segment = last.header.segment
    let number = (segment?.number ?? 1) + 1
    header.start = max(session.now, last.place.clock)
    header.segment = TapeSegment(
      run: run, number: number,
      linesBefore: (segment?.linesBefore ?? 0) + last.place.line - 1,
      previous: last.path.lastIndex(of: "/").map {
        String(last.path[last.path.index(after: $0)...])
      })
    do throws(FileError) {
      file = try begin(header, number)
    } catch {
      return fallBack(error)
    }
    fileCount += place == .memory ? 0 : 1
    keep(file, number)
    schedule = KeyframeSchedule(
      offset: file.place.offset, at: session.now, events: session.board.stream.received)
    guard let codec,
      let payload = KeyframePayload(format: codec.format, state: codec.encode(session))
    else { return }
    _ = schedule.admits(payload.lineBytes, offset: 0)
    append(payload, before: file.place)
  }

  private func begin(_ header: TapeHeader, _ number: Int) throws(FileError) -> TapeFile {
    guard case .folder(let folder) = place else { return try TapeFile(inMemory: header) }
    return try folder.goOn(run, number, header)
  }

  /// Of the files on disk those that were not removed are kept, in memory two halves.
  private func keep(_ file: TapeFile, _ number: Int) {
    for index in pieces.indices where !pieces[index].path.isEmpty { pieces[index].file = nil }
    pieces.append(Piece(number: number, path: file.path, file: file))
    let inMemory = pieces.indices.filter { pieces[$0].path.isEmpty }
    let surplus = inMemory.count > 2 ? inMemory[0] : nil
    pieces = pieces.enumerated().filter { index, piece in
      index != surplus && (piece.path.isEmpty || access(piece.path, R_OK) == 0)
    }.map(\.element)
    path = pieces.first { !$0.path.isEmpty }?.path ?? path
  }
}

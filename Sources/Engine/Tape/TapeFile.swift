import CLinux
package import Domain
import Glibc
package import Recording
package import Wire

/// A file of a tape being written. Lines are gathered and written when a stretch is full or a second
/// old, so that a recording costs no write an event; what was written is always whole lines.
package final class TapeFile {
  /// The path it is written to; empty for one in memory.
  package let path: String
  /// What its first line says.
  package let header: TapeHeader
  let descriptor: Int32
  private var writer: TapeWriter
  private var pending: [UInt8]
  private var lastFlush: Timestamp
  private var written: Int64 = 0
  /// Why recording stopped, when it did (disk full).
  package private(set) var failure: FileError?

  /// Creates a tape; refuses to overwrite a file.
  package convenience init(creating path: String, header: TapeHeader) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("create", path, code: errno) }
    // Whoever removes old tapes leaves this one alone while it is held.
    flock(descriptor, LOCK_EX | LOCK_NB)
    self.init(descriptor, path: path, header: header)
  }

  /// Creates a tape in memory.
  convenience init(inMemory header: TapeHeader) throws(FileError) {
    let descriptor = clinux_memory_file()
    guard descriptor >= 0 else { throw FileError("create", "a tape in memory", code: errno) }
    self.init(descriptor, path: "", header: header)
  }

  private init(_ descriptor: Int32, path: String, header: TapeHeader) {
    self.descriptor = descriptor
    self.path = path
    self.header = header
    writer = TapeWriter(header)
    pending = TapeWriter.headerLine(header)
    lastFlush = header.start
  }

  deinit {
    flush()
    close(descriptor)
  }

  /// Where the next line goes.
  package var place: TapePlace { writer.place }

  /// Adds what arrived.
  package func append(_ inbound: Inbound) {
    guard failure == nil else { return }
    writer.append(inbound, to: &pending)
    flushIfDue(at: inbound.at)
  }

  /// Adds a marker.
  package func mark(_ label: String, at moment: Timestamp) {
    guard failure == nil else { return }
    pending += writer.marker(label, at: moment)
    flushIfDue(at: moment)
  }

  /// Adds that the session was left.
  func exit(at moment: Timestamp) {
    guard failure == nil else { return }
    pending += writer.exit(at: moment)
  }

  /// Adds a keyframe: the state at a moment, with everything before a place taken in.
  package func append(_ payload: KeyframePayload, at moment: Timestamp, before place: TapePlace) {
    guard failure == nil else { return }
    writer.append(payload, at: moment, before: place, to: &pending)
    flush()
  }

  private func flushIfDue(at moment: Timestamp) {
    guard pending.count >= 64 << 10 || moment - lastFlush >= .seconds(1) else { return }
    flush()
    lastFlush = moment
  }

  /// Writes what is pending; a failure ends the recording and is kept, and what was written of a
  /// last line is taken back.
  package func flush() {
    guard !pending.isEmpty, failure == nil else { return }
    if writeWhole(pending, to: descriptor) {
      written += Int64(pending.count)
    } else {
      failure = FileError("write", path.isEmpty ? "a tape in memory" : path, code: errno)
      ftruncate(descriptor, off_t(written))
    }
    pending.removeAll(keepingCapacity: pending.capacity <= 1 << 20)
  }
}

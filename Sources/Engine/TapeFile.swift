import Domain
import Glibc
package import Recording
package import Wire

/// Why a file cannot be used.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried, on which file, and why it failed.
  package let description: String
  /// Whether the file is missing or unreadable, rather than of the wrong contents.
  package let isMissing: Bool

  init(_ verb: String, _ path: String, code: Int32) {
    let advice =
      switch code {
      case EEXIST: "; choose another name"
      case ENOENT: "; check the path"
      case EISDIR: "; name a file"
      default: ""
      }
    description = "cannot \(verb) \(path): \(String(cString: strerror(code)))\(advice)"
    isMissing = true
  }

  init(_ path: String, problem: String) {
    description = "\(path): \(problem)"
    isMissing = false
  }
}

/// A tape being written. Lines are gathered and written when a stretch is full or a second old,
/// so that a recording costs no write an event; what was written is always whole lines.
package final class TapeFile {
  /// The path it is written to.
  package let path: String
  private let descriptor: Int32
  private var writer: TapeWriter
  private var pending: [UInt8]
  private var lastFlush: Timestamp
  /// Why recording stopped, when it did (disk full).
  package private(set) var failure: FileError?

  /// Creates a tape; refuses to overwrite a file.
  package init(creating path: String, header: TapeHeader) throws(FileError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("create", path, code: errno) }
    self.path = path
    writer = TapeWriter(header)
    pending = TapeWriter.headerLine(header)
    lastFlush = header.start
  }

  deinit {
    flush()
    close(descriptor)
  }

  /// Adds what arrived.
  package func append(_ inbound: Inbound) {
    guard failure == nil else { return }
    pending += writer.line(inbound)
    if pending.count >= 64 << 10 || inbound.at - lastFlush >= .seconds(1) {
      flush()
      lastFlush = inbound.at
    }
  }

  /// Writes what is pending; a failure ends the recording and is kept.
  package func flush() {
    var written = 0
    while written < pending.count, failure == nil {
      let count = pending.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count > 0 {
        written += count
      } else if errno != EINTR {
        failure = FileError("write", path, code: errno)
      }
    }
    pending.removeAll(keepingCapacity: true)
  }
}

/// A tape being read, a stretch at a time.
package final class TapeInput {
  /// The path it is read from.
  package let path: String
  private let descriptor: Int32
  private var reader = TapeReader()
  private var entries: [TapeEntry] = []
  private var taken = 0
  private var isAtEnd = false
  /// What the tape says of itself.
  package private(set) var header = TapeHeader(
    start: Timestamp(microseconds: 0), sources: [], columns: 80, rows: 24)

  /// Opens a tape and reads its header.
  package init(path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("open", path, code: errno) }
    while reader.header == nil, !isAtEnd { try readMore() }
    guard let header = reader.header else {
      throw FileError(path, problem: "not a tape: it has no header line")
    }
    self.header = header
  }

  deinit {
    close(descriptor)
  }

  /// Whether the last line was cut off: the writer was stopped in the middle of it.
  package var isCutOff: Bool { isAtEnd && reader.isCutOff }

  /// The next entry, without taking it; nil at the end.
  package func peek() throws(FileError) -> TapeEntry? {
    while taken == entries.count, !isAtEnd { try readMore() }
    return taken < entries.count ? entries[taken] : nil
  }

  /// Takes the next entry; nil at the end.
  package func next() throws(FileError) -> TapeEntry? {
    guard let entry = try peek() else { return nil }
    taken += 1
    return entry
  }

  private func readMore() throws(FileError) {
    var code: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: 256 << 10) { buffer, count in
      let got = read(descriptor, buffer.baseAddress, buffer.count)
      if got < 0 { code = errno }
      count = max(0, got)
    }
    guard code == 0 else { throw FileError("read", path, code: code) }
    guard !chunk.isEmpty else {
      isAtEnd = true
      return
    }
    entries.removeAll(keepingCapacity: true)
    taken = 0
    do throws(TapeError) {
      try reader.receive(chunk) { entries.append($0) }
    } catch {
      throw FileError(path, problem: "\(error)")
    }
  }
}

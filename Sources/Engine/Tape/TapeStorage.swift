import CLinux
import Domain
import Glibc
import Recording

/// The bytes of one file of a tape, read at any place; uncompressed, whatever the file is.
final class TapeStorage {
  /// What it is called in words.
  let path: String
  /// What its first line says.
  private(set) var header: TapeHeader
  /// Where the line after the header's begins.
  private(set) var first: TapePlace
  /// Whether it was compressed and could not be unpacked to its end.
  let isDamaged: Bool
  /// Whether it is in memory alone.
  let isInMemory: Bool
  private let descriptor: Int32
  /// The newest keyframe as it was found, and the size that the file had then.
  var newest: (size: Int64, link: KeyframeHead.Link?)?

  /// Opens a file and reads its header.
  convenience init(opening path: String) throws(FileError) {
    // A pipe without a writer would keep whoever opens it for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw FileError("open", path, code: errno) }
    try self.init(descriptor, path: path)
  }

  /// Takes over a descriptor, which is closed with this value.
  init(_ opened: Int32, path: String, isInMemory: Bool = false) throws(FileError) {
    self.path = path
    self.isInMemory = isInMemory
    header = TapeHeader(
      start: Timestamp(microseconds: 0), sources: [], columns: 80, rows: 24)
    first = TapePlace(line: 1, offset: 0, clock: Timestamp(microseconds: 0))
    guard clinux_is_file(opened) == 1 else {
      close(opened)
      throw FileError(path, problem: Self.noFile(path))
    }
    // Whoever removes old tapes leaves alone what is being read.
    flock(opened, LOCK_SH | LOCK_NB)
    do throws(FileError) {
      (descriptor, isDamaged) = try PackedTape.unpacked(opened, path: path)
    } catch {
      close(opened)
      throw error
    }
    try readHeader()
  }

  deinit {
    close(descriptor)
  }

  private static func noFile(_ path: String) -> String {
    clinux_is_folder(path) == 1
      ? "is a folder, and a tape is a file: name one of the tapes in it"
      : "is no file but a pipe or device: save what comes from it first, then name the file"
  }

  /// The bytes there are now.
  var size: Int64 { max(0, clinux_file_size(descriptor)) }

  /// Bytes from a place on, fewer at the end.
  func read(at offset: Int64, count: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(at: offset, count: count, into: &bytes)
    return bytes
  }

  /// Appends bytes from a place on; returns how many, 0 at the end.
  @discardableResult
  func read(at offset: Int64, count: Int, into bytes: inout [UInt8]) throws(FileError) -> Int {
    var done = 0
    while done < count {
      var code: Int32 = 0
      let piece = withUnsafeTemporaryAllocation(
        byteCount: min(count - done, 64 << 10), alignment: 16
      ) { room in
        let got = pread(descriptor, room.baseAddress, room.count, off_t(offset) + off_t(done))
        if got < 0 { code = errno }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<max(0, got)]))
        return max(0, got)
      }
      if code == EINTR { continue }
      guard code == 0 else { throw FileError("read", path, code: code) }
      if piece == 0 { break }
      done += piece
    }
    return done
  }

  /// An error of a line.
  func fault(_ error: TapeError) -> FileError { FileError(path, problem: "\(error)") }

  private func readHeader() throws(FileError) {
    var reader = TapeReader()
    var lines = TapeLines()
    while reader.header == nil {
      switch try lines.next(
        from: self,
        { raw in
          Result { () throws(TapeError) in try reader.read(line: raw) }
        })
      {
      case .line(.failure(let error)): throw fault(error)
      case .line: break
      case .end:
        throw FileError(path, problem: "not a tape: it has no header line")
      case .more(let count):
        do throws(TapeError) { try reader.check(unfinished: count) } catch { throw fault(error) }
      }
    }
    header = reader.header ?? header
    first = TapePlace(line: reader.lines + 1, offset: lines.offset, clock: header.start)
  }
}

/// Cuts a file into lines, a stretch at a time.
struct TapeLines {
  /// What came of asking for a line.
  enum Outcome<Result> {
    /// What was made of the line.
    case line(Result)
    /// More has to be read before a line is whole, of which there are so many bytes.
    case more(Int)
    /// There is no whole line now.
    case end
  }

  private static let stretch = 256 << 10

  /// The byte at which the next line begins.
  private(set) var offset: Int64 = 0
  private var buffer: [UInt8] = []
  /// Where in the buffer the next line begins, and up to where no line feed was found.
  private var start = 0, searched = 0

  /// Lines from a place on.
  init(at offset: Int64 = 0) {
    self.offset = offset
  }

  /// The bytes of an unfinished line.
  var unfinished: Int { buffer.count - start }

  /// Takes the next line, without its line feed, or reads on.
  mutating func next<Value>(
    from storage: TapeStorage, _ take: (UnsafeRawBufferPointer) -> Value
  ) throws(FileError) -> Outcome<Value> {
    if let end = lineEnd() {
      let line = start..<end
      start = end + 1
      searched = start
      offset += Int64(line.count + 1)
      return .line(
        buffer.withUnsafeBytes { take(UnsafeRawBufferPointer(rebasing: $0[line])) })
    }
    searched = buffer.count
    if start > 0 {
      // What a long line needed is given back.
      buffer = Array(buffer[start...])
      searched -= start
      start = 0
    }
    let place = offset + Int64(buffer.count)
    let count = try storage.read(at: place, count: Self.stretch, into: &buffer)
    return count == 0 ? .end : .more(buffer.count)
  }

  private func lineEnd() -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard searched < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + searched, 0x0A, bytes.count - searched)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}

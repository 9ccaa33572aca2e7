import CLinux
package import Recording
import Wire

/// A tape being read, a stretch at a time, from any place of it. One that still grows may be asked
/// again after it said that there is nothing more; one of several files is read as if it were one.
package final class TapeInput {
  /// Opens the file after one of a run; nil where there is none, or none yet.
  typealias Following = (TapeStorage) throws(FileError) -> TapeStorage?

  /// The files in memory that are held open.
  private static let memoryFiles = 3

  /// The path it is read from.
  package let path: String
  /// The files opened so far, in order, and the one being read.
  private(set) var storages: [TapeStorage]
  private(set) var current = 0
  private let following: Following
  private var lines: TapeLines
  private var reader: TapeReader
  private var peeked: (entry: TapeEntry, line: Int)?
  private var isAtEnd = false
  private var passedKeyframes = 0

  /// Opens a tape and reads its header.
  package convenience init(path: String) throws(FileError) {
    self.init(try TapeStorage(opening: path), following: TapeRun.following)
  }

  /// A tape that begins with a file.
  init(_ storage: TapeStorage, following: @escaping Following) {
    path = storage.path
    storages = [storage]
    self.following = following
    lines = TapeLines(at: storage.first.offset)
    reader = TapeReader(storage.header, at: storage.first)
  }

  /// What the tape says of itself: the header of its first file.
  package var header: TapeHeader { storages[0].header }

  /// The files opened so far, in order: all of them once the end was reached.
  package var files: [String] { storages.map(\.path) }

  /// The keyframes that were read over so far.
  package var keyframes: Int { passedKeyframes + reader.keyframes }

  /// Whether the last line was cut off: the writer was stopped in the middle of it.
  package var isCutOff: Bool { isAtEnd && (lines.unfinished > 0 || storages[current].isDamaged) }

  /// The number, from 1 over all files of a run, of the line that `next()` gives next: after
  /// `peek()` that of the entry seen, before it that of the first line that may hold it.
  package var line: Int { peeked?.line ?? linesBefore(current) + reader.lines + 1 }

  /// The next entry, without taking it; nil at the end.
  package func peek() throws(FileError) -> TapeEntry? {
    if let peeked { return peeked.entry }
    while true {
      switch try readLine() {
      case .end: return nil
      case .nothing: continue
      case .entry(let entry):
        peeked = (entry, linesBefore(current) + reader.lines)
        return entry
      }
    }
  }

  /// Takes the next entry; nil at the end.
  package func next() throws(FileError) -> TapeEntry? {
    let entry = try peek()
    peeked = nil
    return entry
  }

  /// An error of a line of the file being read.
  func fault(_ line: Int, _ problem: String) -> FileError {
    storages[current].fault(TapeError(line: line, problem: problem))
  }

  /// The lines of a run before one of its files.
  func linesBefore(_ index: Int) -> Int { storages[index].header.segment?.linesBefore ?? 0 }

  /// The file after those opened so far; nil where there is none, or none yet.
  func openNext() throws(FileError) -> TapeStorage? {
    guard let next = try following(storages[storages.count - 1]) else { return nil }
    storages.append(next)
    return next
  }

  /// Goes on at a place of one of the files opened so far.
  func resume(_ index: Int, at place: TapePlace) {
    current = index
    lines = TapeLines(at: place.offset)
    passedKeyframes += reader.keyframes
    reader = TapeReader(storages[index].header, at: place)
    peeked = nil
    isAtEnd = false
    // What the recorder has forgotten is not to be kept alive by whoever once read it.
    while current > 0, storages.count > Self.memoryFiles, storages[0].isInMemory {
      storages.removeFirst()
      current -= 1
    }
  }

  private enum Line {
    /// It holds something to be taken in.
    case entry(TapeEntry)
    /// It does not, or there is more to read before it is whole.
    case nothing
    /// There is none, or none yet.
    case end
  }

  private func readLine() throws(FileError) -> Line {
    let storage = storages[current]
    let outcome = try lines.next(from: storage) { raw in
      Result { () throws(TapeError) in try reader.read(line: raw) }
    }
    isAtEnd = false
    do throws(TapeError) {
      switch outcome {
      case .line(let result): return try result.get().map { .entry($0) } ?? .nothing
      case .more(let count):
        try reader.check(unfinished: count)
        return .nothing
      case .end: break
      }
    } catch {
      throw storage.fault(error)
    }
    guard try hasNext() else {
      isAtEnd = true
      return .end
    }
    resume(current + 1, at: storages[current + 1].first)
    return .nothing
  }

  private func hasNext() throws(FileError) -> Bool {
    if current + 1 < storages.count { return true }
    return try openNext() != nil
  }
}

/// The files of a run beside one another in a folder.
enum TapeRun {
  /// The file after one, by its name and what both say of themselves.
  static func following(_ storage: TapeStorage) throws(FileError) -> TapeStorage? {
    guard let segment = storage.header.segment, !storage.path.isEmpty else { return nil }
    let folder = storage.path.lastIndex(of: "/").map { String(storage.path[...$0]) } ?? ""
    let path = folder + TapeSegment.fileName(run: segment.run, number: segment.number + 1)
    guard hasBytes(path),
      let next = try? TapeStorage(opening: path), next.header.segment?.run == segment.run,
      next.header.segment?.number == segment.number + 1
    else { return nil }
    return next
  }

  /// Whether a file has been begun: its writer may be about to.
  private static func hasBytes(_ path: String) -> Bool {
    var bytes: Int64 = 0
    var changed: Int64 = 0
    return clinux_file_facts(path, &bytes, &changed) == 0 && bytes > 0
  }
}

package import Domain
import Glibc
package import Recording

/// A place to look for on a tape.
package enum TapeTarget: Equatable, Sendable {
  /// Its beginning.
  case start
  /// After everything up to a moment, that included.
  case moment(Timestamp)
  /// Before a line, counted from 1 over all files of a run.
  case line(Int)
  /// After everything.
  case end
}

extension TapeInput {
  /// The farthest back that the newest keyframe is looked for, in bytes.
  static let reach: Int64 = 256 << 20
  private static let block = 256 << 10

  /// Goes to the last keyframe before a target, of a format that can be read, and hands it over: what
  /// is read from there on completes its state. Nil where there is none: then to the beginning.
  ///
  /// Reads a few blocks at the end of the file and O(log n) keyframes' heads.
  /// - Throws: `FileError` naming the line of a keyframe that is broken.
  package func seek(to target: TapeTarget, format: Int?) throws(FileError) -> TapeKeyframe? {
    var index = try storage(for: target)
    while target != .start, let format {
      let found = try keyframe(in: storages[index], before: local(target, in: index), format)
      if let found {
        resume(index, at: found.head.place)
        return found
      }
      guard index > 0 else { break }
      index -= 1
    }
    resume(0, at: storages[0].first)
    guard let format else { return nil }
    return try inheritance(format)
  }

  /// The state that a tape begins with which goes on with a run; nil where it begins with nothing.
  private func inheritance(_ format: Int) throws(FileError) -> TapeKeyframe? {
    let storage = storages[0]
    guard (storage.header.segment?.number ?? 1) > 1, let newest = try newestKeyframe(of: storage)
    else { return nil }
    let link = try head(at: newest, in: storage).back.last ?? newest
    let head = try head(at: link, in: storage)
    guard head.format == format, head.place == storage.first else { return nil }
    return try keyframe(at: link, in: storage)
  }

  /// The moment of the last line there is now. What is read next stays the same.
  package func end() throws(FileError) -> Timestamp {
    while try openNext() != nil {}
    let storage = storages[storages.count - 1]
    var place = storage.first
    if let newest = try newestKeyframe(of: storage) {
      place = try head(at: newest, in: storage).place
    }
    var lines = TapeLines(at: place.offset)
    var reader = TapeReader(storage.header, at: place)
    while true {
      let outcome = try lines.next(from: storage) { raw in
        Result { () throws(TapeError) in try reader.read(line: raw) }
      }
      do throws(TapeError) {
        switch outcome {
        case .line(let result): _ = try result.get()
        case .more(let count): try reader.check(unfinished: count)
        case .end: return reader.clock
        }
      } catch {
        throw storage.fault(error)
      }
    }
  }

  /// The file that holds a target.
  private func storage(for target: TapeTarget) throws(FileError) -> Int {
    var index = 0
    while true {
      if index + 1 == storages.count, try openNext() == nil { return index }
      let next = storages[index + 1].header
      switch target {
      case .start: return 0
      case .moment(let moment) where next.start > moment: return index
      case .line(let line) where linesBefore(index + 1) >= line: return index
      case .moment, .line, .end: index += 1
      }
    }
  }

  private func local(_ target: TapeTarget, in index: Int) -> TapeTarget {
    if case .line(let line) = target { .line(max(0, line) - linesBefore(index)) } else { target }
  }

  private func keyframe(
    in storage: TapeStorage, before target: TapeTarget, _ format: Int
  ) throws(FileError) -> TapeKeyframe? {
    guard var link = try newestKeyframe(of: storage) else { return nil }
    var head = try head(at: link, in: storage)
    while !Self.isBefore(target, link, head) {
      // The farthest that is still too late is the next to ask; when none is, the one before is it.
      let tooLate = head.back.last { !Self.isBefore(target, $0, nil) }
      guard let next = tooLate ?? head.back.first else { return nil }
      link = next
      head = try self.head(at: link, in: storage)
    }
    guard head.format == format else { return nil }
    return try keyframe(at: link, in: storage)
  }

  /// Whether the state of a keyframe comes before a target. A line's number tells it without the
  /// head to be sure: its state ends before its own line.
  private static func isBefore(
    _ target: TapeTarget, _ link: KeyframeHead.Link, _ head: KeyframeHead?
  ) -> Bool {
    switch target {
    case .start: false
    case .moment(let moment): link.at <= moment
    case .line(let line): (head?.place.line ?? link.line) < line
    case .end: true
    }
  }

  private func head(
    at link: KeyframeHead.Link, in storage: TapeStorage
  ) throws(FileError) -> KeyframeHead {
    // The byte before tells whether a line begins there.
    let bytes = try storage.read(at: link.offset - 1, count: KeyframeLine.headBytes + 1)
    let head = bytes.withUnsafeBytes { raw in
      raw.first == 0x0A ? KeyframeLine.head(UnsafeRawBufferPointer(rebasing: raw[1...])) : nil
    }
    guard let head, head.place.offset <= link.offset,
      head.back.first.map({ $0.offset < link.offset }) ?? true
    else { throw try broken(link, in: storage) }
    return head
  }

  private func keyframe(
    at link: KeyframeHead.Link, in storage: TapeStorage
  ) throws(FileError) -> TapeKeyframe {
    var lines = TapeLines(at: link.offset)
    while true {
      switch try lines.next(from: storage, KeyframeLine.keyframe) {
      case .line(let keyframe?):
        let before = try storage.read(at: keyframe.head.place.offset - 1, count: 1)
        guard before == [0x0A] else { throw try broken(link, in: storage) }
        return keyframe
      case .more(let count) where count <= TapeReader.maximumLineBytes: continue
      case .line, .more, .end: throw try broken(link, in: storage)
      }
    }
  }

  private func broken(
    _ link: KeyframeHead.Link, in storage: TapeStorage
  ) throws(FileError) -> FileError {
    var line = 1
    var place: Int64 = 0
    while place < link.offset {
      let count = Int(min(Int64(Self.block), link.offset - place))
      let bytes = try storage.read(at: place, count: count)
      guard !bytes.isEmpty else { break }
      line += bytes.count { $0 == 0x0A }
      place += Int64(bytes.count)
    }
    return storage.fault(TapeError(line: line, problem: TapeReader.brokenKeyframe))
  }

  /// The last whole line that is a keyframe, looked for from the end of the file.
  private func newestKeyframe(
    of storage: TapeStorage
  ) throws(FileError) -> KeyframeHead.Link? {
    let size = storage.size
    if let newest = storage.newest, newest.size == size { return newest.link }
    var end = size
    var isWhole = false
    while end > 0, size - end < Self.reach {
      let start = max(0, end - Int64(Self.block))
      let bytes = try storage.read(
        at: start, count: Int(end - start) + KeyframeLine.beginning + 1)
      let found = Self.lastKeyframe(in: bytes, within: Int(end - start), isWhole: &isWhole)
      if let found {
        let offset = start + Int64(found)
        // Its number and moment are asked of its head, which names no number of its own line.
        let link = KeyframeHead.Link(offset: offset, line: .max, at: .init(microseconds: .min))
        let head = try head(at: link, in: storage)
        let exact = KeyframeHead.Link(offset: offset, line: head.place.line, at: head.at)
        storage.newest = (size, exact)
        return exact
      }
      end = start
    }
    storage.newest = (size, nil)
    return nil
  }

  /// Where in a block the last whole line begins that is a keyframe, of those that begin after one
  /// of its first bytes; whole is what a line feed follows.
  private static func lastKeyframe(
    in bytes: [UInt8], within count: Int, isWhole: inout Bool
  ) -> Int? {
    bytes.withUnsafeBytes { raw in
      var found: Int?
      var candidate: Int?
      var place = 0
      while place < count, let base = raw.baseAddress,
        let feed = memchr(base + place, 0x0A, count - place)
      {
        found = candidate ?? found
        candidate = nil
        place = UnsafeRawPointer(feed) - base + 1
        let line = UnsafeRawBufferPointer(
          rebasing: raw[place...].prefix(KeyframeLine.beginning + 8))
        if KeyframeLine.dataStart(line) != nil { candidate = place }
      }
      if isWhole { found = candidate ?? found }
      isWhole = isWhole || place > 0
      return found
    }
  }
}

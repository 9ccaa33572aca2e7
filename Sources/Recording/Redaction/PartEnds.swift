import Wire

/// Where the parts of a stream end.
enum PartEnds: Sendable {
  /// Blocks of an event stream.
  case blocks(BlockEnds)
  /// Lines that end in LF.
  case lines

  var isBlocks: Bool { if case .blocks = self { true } else { false } }

  /// The same for another stream.
  var restarted: PartEnds { isBlocks ? .blocks(BlockEnds()) : .lines }

  /// Reads a piece and hands over the place behind each end in it.
  mutating func find(in raw: UnsafeRawBufferPointer, _ each: (Int) -> Void) {
    switch self {
    case .blocks(var ends):
      ends.find(in: raw, each)
      self = .blocks(ends)
    case .lines:
      guard let base = raw.baseAddress else { return }
      let start = base.assumingMemoryBound(to: UInt8.self)
      var place = start
      while let end = firstByte(0x0A, from: place, to: start + raw.count) {
        place = end + 1
        each(place - start)
      }
    }
  }
}

/// Finds where the blocks of an event stream end. Lines end as they do for the decoder (WHATWG HTML
/// section 9.2.6): at a LF, a CR, or both. A comment between blocks is a part of its own.
struct BlockEnds: Sendable {
  private enum Line: Sendable {
    case empty, comment, field
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private var line = Line.empty
  /// Whether a line before this one, since the last end, names a field.
  private var hasField = false
  /// The last byte was a CR: a LF that follows belongs to it.
  private var isAfterReturn = false
  /// How many bytes of a byte order mark the stream began with; nil once something else came.
  private var marked: Int? = 0

  mutating func find(in raw: UnsafeRawBufferPointer, _ each: (Int) -> Void) {
    guard let base = raw.baseAddress, !raw.isEmpty else { return }
    let start = base.assumingMemoryBound(to: UInt8.self)
    let limit = start + raw.count
    var place = start
    if isAfterReturn, place[0] == 0x0A {
      place += 1
      if line == .empty, !hasField { each(1) }
    }
    isAfterReturn = false
    var scanner = LineScanner(place, end: limit)
    while place < limit {
      if line == .empty, !begin(place[0]) {
        place += 1
        continue
      }
      guard let end = scanner.lineEnd(from: place) else { return }
      place = end + 1
      if end[0] == 0x0D {
        isAfterReturn = place == limit
        if place < limit, place[0] == 0x0A { place += 1 }
      }
      finishLine { each(place - start) }
    }
  }

  /// Takes the first byte of a line for what it is; false for one of the mark before the first line.
  private mutating func begin(_ byte: UInt8) -> Bool {
    if let count = marked {
      if count < 3, byte == Self.mark[count] {
        marked = count + 1
        return false
      }
      marked = nil
      if count == 1 || count == 2 { line = .field }
    }
    if line == .empty, byte != 0x0A, byte != 0x0D {
      line = byte == UInt8(ascii: ":") ? .comment : .field
    }
    return true
  }

  private mutating func finishLine(_ end: () -> Void) {
    let isPart = line == .empty || line == .comment && !hasField
    hasField = !isPart
    line = .empty
    if isPart { end() }
  }
}

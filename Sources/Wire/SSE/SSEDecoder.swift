import Domain

/// An event stream decoder after WHATWG HTML section 9.2.6: chunks in, events out.
///
/// The laws of this decoder:
/// - Any split of the stream into chunks gives the same items, each as early as its bytes allow: a
///   CR ends its line at once, and a LF after it, in the next chunk too, is swallowed.
/// - An event that lies wholly in one chunk is handed over without a copy.
/// - Memory is bounded: an event that passes a bound is reported, counted and skipped up to the next
///   blank line; the events after it are unharmed.
package struct SSEDecoder: Codable {
  /// Longest delay a server may ask for, an hour in milliseconds.
  package static let maximumRetry = 3_600_000

  /// Events skipped because they passed a bound.
  package internal(set) var skippedEvents = 0
  /// Blocks so far that named an id.
  package internal(set) var committedIDs = 0
  /// The server's last valid `retry`, in milliseconds and clamped to an hour.
  package internal(set) var retryMilliseconds: Int?

  let maximumLineBytes: Int
  let maximumEventBytes: Int
  var mode = Mode.mark(matched: 0)
  var block = SSEBlock()
  var lastID: SSEValue
  /// The start of a line whose end has not come.
  var partialLine = SSEValue()
  /// The last chunk ended in CR: a LF at the start of the next belongs to it.
  var swallowsLineFeed = false
  /// Stream offset of the chunk, and of the line being read.
  var chunkOffset = 0
  var lineOffset = 0

  enum Mode: Codable {
    /// A byte order mark may begin the stream; so many of its bytes came.
    case mark(matched: Int)
    case reading
    /// Inside a line that passed a bound.
    case discardingLine
    /// Between lines of an event that passed a bound, up to its blank line.
    case discardingBlock
  }

  /// - Parameters:
  ///   - lastEventID: the id the stream is resumed after; empty at first.
  ///   - maximumLineBytes: bound on one line, its end not counted. A snapshot of 200 kitchens has
  ///     12 MB in one line; raise it for larger ones, at that much memory.
  ///   - maximumEventBytes: bound on the joined data lines of one event.
  package init(
    lastEventID: [UInt8] = [], maximumLineBytes: Int = 16 << 20, maximumEventBytes: Int = 16 << 20
  ) {
    lastID = SSEValue(lastEventID)
    self.maximumLineBytes = max(maximumLineBytes, 1)
    self.maximumEventBytes = max(maximumEventBytes, 1)
  }

  /// The id to resume after, as UTF-8 bytes; empty where the stream never gave one.
  package var lastEventID: [UInt8] { lastID.copy }

  /// Reads the next bytes of the stream and hands over each item they complete, in order.
  package mutating func receive(_ chunk: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void) {
    guard let base = chunk.baseAddress, !chunk.isEmpty else { return }
    let start = base.assumingMemoryBound(to: UInt8.self)
    let end = start + chunk.count
    var place = start
    if case .mark(let matched) = mode { skipMark(matched, &place, end) }
    if swallowsLineFeed, place < end {
      swallowsLineFeed = false
      if place[0] == 0x0A { place += 1 }
    }
    readLines(start, place, end, each)
    block.keep()
    lastID.keep()
    chunkOffset &+= chunk.count
  }

  /// The stream ended: the block without a blank line is dropped with its id, as the standard says.
  /// The last event id stays, and the decoder is ready for the stream's next connection.
  package mutating func finish() {
    block.clear()
    partialLine.clear()
    mode = .mark(matched: 0)
    swallowsLineFeed = false
    chunkOffset = 0
    lineOffset = 0
  }

  /// Throws when more of a byte order mark came than it has.
  func check() throws(StateFault) {
    guard case .mark(let matched) = mode else { return }
    try StateFault.check((0...2).contains(matched), "a byte order mark has \(matched) bytes")
  }

  /// Like `receive`, with items that own their contents; for paths that are not hot.
  package mutating func messages(in bytes: [UInt8]) -> [SSEMessage] {
    var messages: [SSEMessage] = []
    bytes.withUnsafeBytes { chunk in
      receive(chunk) { if let message = SSEMessage($0) { messages.append(message) } }
    }
    return messages
  }
}

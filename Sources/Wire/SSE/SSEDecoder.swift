/// An event stream decoder after WHATWG HTML section 9.2.6: chunks in, events out.
///
/// The laws of this decoder:
/// - Any split of the stream into chunks gives the same items, each as early as its bytes allow: a
///   CR ends its line at once, and a LF after it, in the next chunk too, is swallowed.
/// - An event that lies wholly in one chunk is handed over without a copy.
/// - Memory is bounded: an event that passes a bound is reported, counted and skipped up to the next
///   blank line; the events after it are unharmed.
package struct SSEDecoder {
  /// Longest delay a server may ask for, an hour in milliseconds.
  package static let maximumRetry = 3_600_000

  /// Events skipped because they passed a bound.
  package private(set) var skippedEvents = 0
  /// The server's last valid `retry`, in milliseconds and clamped to an hour.
  package private(set) var retryMilliseconds: Int?

  private let maximumLineBytes: Int
  private let maximumEventBytes: Int
  private var mode = Mode.mark(matched: 0)
  private var block = SSEBlock()
  private var lastID: SSEValue
  /// The start of a line whose end has not come.
  private var partialLine = SSEValue()
  /// The last chunk ended in CR: a LF at the start of the next belongs to it.
  private var swallowsLineFeed = false
  /// Stream offset of the chunk, and of the line being read.
  private var chunkOffset = 0
  private var lineOffset = 0

  private enum Mode {
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

  /// Like `receive`, with items that own their contents; for paths that are not hot.
  package mutating func messages(in bytes: [UInt8]) -> [SSEMessage] {
    var messages: [SSEMessage] = []
    bytes.withUnsafeBytes { chunk in receive(chunk) { messages.append(SSEMessage($0)) } }
    return messages
  }

  // MARK: Lines

  private mutating func readLines(
    _ start: UnsafePointer<UInt8>, _ first: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>,
    _ each: (SSEItem) -> Void
  ) {
    var place = first
    var scanner = LineScanner(place, end: end)
    if partialLine.isAbsent { lineOffset = chunkOffset &+ (place - start) }
    while let lineEnd = scanner.lineEnd(from: place) {
      finishLine(place, lineEnd, each)
      place = lineEnd + 1
      if lineEnd[0] == 0x0D {
        if place == end { swallowsLineFeed = true }
        if place < end, place[0] == 0x0A { place += 1 }
      }
      lineOffset = chunkOffset &+ (place - start)
    }
    if place < end {
      keepPartialLine(UnsafeRawBufferPointer(start: place, count: end - place), each)
    }
  }

  @inline(__always)
  private mutating func finishLine(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ each: (SSEItem) -> Void
  ) {
    let rest = UnsafeRawBufferPointer(start: start, count: end - start)
    guard case .reading = mode, partialLine.isAbsent, rest.count <= maximumLineBytes else {
      return finishUnusualLine(rest, each)
    }
    line(rest, each)
  }

  @inline(never)
  private mutating func finishUnusualLine(
    _ rest: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void
  ) {
    switch mode {
    case .discardingLine: mode = .discardingBlock
    case .discardingBlock:
      if rest.isEmpty, partialLine.isAbsent { mode = .reading }
      partialLine.clear()
    case .mark, .reading:
      mode = .reading
      guard partialLine.count &+ rest.count <= maximumLineBytes else {
        discard(.line, bound: maximumLineBytes, each)
        return
      }
      partialLine.append(rest)
      var whole = SSEValue()
      swap(&whole, &partialLine)
      whole.withBytes { line($0, each) }
      block.keep()
      whole.clear()
      swap(&whole, &partialLine)
    }
  }

  /// The chunk ends within a line.
  private mutating func keepPartialLine(
    _ part: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void
  ) {
    switch mode {
    case .discardingLine: return
    case .discardingBlock: mode = .discardingLine
    case .mark, .reading:
      guard partialLine.count &+ part.count <= maximumLineBytes else {
        discard(.line, bound: maximumLineBytes, each)
        mode = .discardingLine
        return
      }
      partialLine.append(part)
    }
  }

  /// Gives up the event being read; its remaining lines are passed over.
  private mutating func discard(
    _ kind: WireError.Kind, bound: Int, _ each: (SSEItem) -> Void
  ) {
    block.clear()
    partialLine.clear()
    mode = .discardingBlock
    skippedEvents &+= 1
    each(.fault(WireError(kind: kind, offset: lineOffset, bound: bound)))
  }

  /// Strips one leading EF BB BF, also when it comes bytewise.
  private mutating func skipMark(
    _ alreadyMatched: Int, _ place: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) {
    let mark: (UInt8, UInt8, UInt8) = (0xEF, 0xBB, 0xBF)
    var matched = alreadyMatched
    while place < end {
      let expected = matched == 0 ? mark.0 : matched == 1 ? mark.1 : mark.2
      guard place[0] == expected else { break }
      place += 1
      matched += 1
      if matched == 3 {
        mode = .reading
        return
      }
    }
    guard place < end else {
      mode = .mark(matched: matched)
      return
    }
    // What looked like a mark is the start of the first line.
    withUnsafeBytes(of: mark) {
      partialLine.append(UnsafeRawBufferPointer(rebasing: $0[..<matched]))
    }
    if matched == 0 { partialLine.clear() }
    mode = .reading
  }

  // MARK: Fields

  /// One whole line (section 9.2.6, "process the field").
  @inline(__always)
  private mutating func line(_ line: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void) {
    guard let first = line.first else { return dispatch(each) }
    switch first {
    case UInt8(ascii: "d"):
      if let value = line.value(ofField: "data") { appendData(value, each) }
    case UInt8(ascii: "i"):
      if let value = line.value(ofField: "id"), !value.contains(0) { block.id.refer(to: value) }
    case UInt8(ascii: "e"):
      if let value = line.value(ofField: "event") { block.type.refer(to: value) }
    case UInt8(ascii: "r"):
      if let value = line.value(ofField: "retry") { setRetry(value, each) }
    case UInt8(ascii: ":"): each(.comment(UnsafeRawBufferPointer(rebasing: line.dropFirst())))
    default: break
    }
  }

  @inline(__always)
  private mutating func appendData(
    _ value: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void
  ) {
    if block.data.isAbsent, value.count <= maximumEventBytes {
      block.data.refer(to: value)
    } else if block.data.count &+ 1 &+ value.count <= maximumEventBytes {
      block.data.appendLine(value)
    } else {
      discard(.event, bound: maximumEventBytes, each)
    }
  }

  private mutating func setRetry(_ value: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void) {
    guard !value.isEmpty else { return }
    var milliseconds = 0
    for byte in value {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      milliseconds = min(milliseconds &* 10 &+ Int(digit), SSEDecoder.maximumRetry)
    }
    retryMilliseconds = milliseconds
    each(.retry(milliseconds: milliseconds))
  }

  /// A blank line: the id is committed even where there is no data and so no event.
  @inline(__always)
  private mutating func dispatch(_ each: (SSEItem) -> Void) {
    if !block.id.isAbsent {
      swap(&lastID, &block.id)
      block.id.clear()
    }
    if !block.data.isAbsent { emit(each) }
    block.data.clear()
    block.type.clear()
  }

  @inline(__always)
  private func emit(_ each: (SSEItem) -> Void) {
    block.type.withBytes { type in
      block.data.withBytes { data in
        lastID.withBytes { id in
          let type = type.isEmpty ? SSEDecoder.defaultType : type
          each(.event(SSEEvent(type: type, data: data, lastEventID: id)))
        }
      }
    }
  }

  @inline(__always)
  private static var defaultType: UnsafeRawBufferPointer {
    let word: StaticString = "message"
    return UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
  }
}

extension UnsafeRawBufferPointer {
  /// The value of a line `name`, `name:value` or `name: value`; nil when the field is another.
  @inline(__always)
  fileprivate func value(ofField name: StaticString) -> UnsafeRawBufferPointer? {
    let length = name.utf8CodeUnitCount
    guard count >= length else { return nil }
    for index in 0..<length where self[index] != name.utf8Start[index] { return nil }
    guard count > length else { return UnsafeRawBufferPointer(rebasing: self[length...]) }
    guard self[length] == UInt8(ascii: ":") else { return nil }
    let hasSpace = count > length &+ 1 && self[length &+ 1] == 0x20
    return UnsafeRawBufferPointer(rebasing: self[(length &+ (hasSpace ? 2 : 1))...])
  }
}

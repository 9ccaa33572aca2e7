// Chunks to lines: WHATWG HTML section 9.2.5, and the bounds on what is kept.

extension SSEDecoder {
  mutating func readLines(
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
  mutating func discard(
    _ kind: WireError.Kind, bound: Int, _ each: (SSEItem) -> Void
  ) {
    block.clear()
    partialLine.clear()
    mode = .discardingBlock
    skippedEvents &+= 1
    each(.fault(WireError(kind: kind, offset: lineOffset, bound: bound)))
  }

  /// Strips one leading EF BB BF, also when it comes bytewise.
  mutating func skipMark(
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
    lineOffset = 0
    if matched == 0 { partialLine.clear() }
    mode = .reading
  }
}

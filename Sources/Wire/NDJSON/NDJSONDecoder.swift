/// One line of newline-delimited JSON, as slices valid only during the call that hands them over.
package enum NDJSONItem {
  /// A line that is not blank, its line end (LF or CRLF) left out. Lines are numbered from 1.
  case line(number: Int, bytes: UnsafeRawBufferPointer)
  /// A line that was passed over; the next one is unharmed.
  case fault(number: Int, reason: NDJSONFault)
}

/// Why a line was passed over.
package enum NDJSONFault: Equatable, Sendable, CustomStringConvertible {
  /// The line passed the decoder's bound.
  case bound(WireError)
  /// The line is not one JSON value.
  case syntax(JSONError)

  package var description: String {
    switch self {
    case .bound(let error): error.description
    case .syntax(let error): error.description
    }
  }
}

/// Splits a byte stream into lines of JSON: LF ends a line, a CR before it is dropped, blank lines
/// are passed over, and a last line without LF counts.
package struct NDJSONDecoder: Codable {
  private let maximumLineBytes: Int
  private let checksSyntax: Bool
  private var partialLine: [UInt8] = []
  private var isDiscarding = false
  private var lineNumber = 1
  /// Stream offset of the chunk, and of the line being read.
  private var chunkOffset = 0
  private var lineOffset = 0

  /// - Parameters:
  ///   - maximumLineBytes: bound on one line; raise it for sources that send larger snapshots.
  ///   - checksSyntax: whether a line that is not JSON is a fault. Switch it off where the caller
  ///     reads every line as JSON anyway.
  package init(maximumLineBytes: Int = 16 << 20, checksSyntax: Bool = true) {
    self.maximumLineBytes = max(maximumLineBytes, 1)
    self.checksSyntax = checksSyntax
  }

  /// Reads the next bytes and hands over each line they complete.
  package mutating func receive(_ chunk: UnsafeRawBufferPointer, _ each: (NDJSONItem) -> Void) {
    guard let base = chunk.baseAddress else { return }
    let start = base.assumingMemoryBound(to: UInt8.self)
    let end = start + chunk.count
    var place = start
    while let lineFeed = firstByte(0x0A, from: place, to: end) {
      finishLine(UnsafeRawBufferPointer(start: place, count: lineFeed - place), each)
      place = lineFeed + 1
      lineNumber &+= 1
      lineOffset = chunkOffset &+ (place - start)
    }
    if place < end { keep(UnsafeRawBufferPointer(start: place, count: end - place), each) }
    chunkOffset &+= chunk.count
  }

  /// The stream ended: a last line without a line end is handed over. The decoder starts afresh.
  package mutating func finish(_ each: (NDJSONItem) -> Void) {
    finishLine(UnsafeRawBufferPointer(start: nil, count: 0), each)
    self = NDJSONDecoder(maximumLineBytes: maximumLineBytes, checksSyntax: checksSyntax)
  }

  private mutating func finishLine(
    _ rest: UnsafeRawBufferPointer, _ each: (NDJSONItem) -> Void
  ) {
    if !isDiscarding, partialLine.isEmpty, rest.count <= maximumLineBytes {
      return emit(rest, each)
    }
    keep(rest, each)
    if !isDiscarding { partialLine.withUnsafeBytes { emit($0, each) } }
    isDiscarding = false
    partialLine.removeAll(keepingCapacity: partialLine.capacity < 1 << 20)
  }

  private mutating func keep(_ part: UnsafeRawBufferPointer, _ each: (NDJSONItem) -> Void) {
    guard !isDiscarding else { return }
    guard partialLine.count &+ part.count <= maximumLineBytes else {
      let error = WireError(kind: .line, offset: lineOffset, bound: maximumLineBytes)
      each(.fault(number: lineNumber, reason: .bound(error)))
      partialLine = []
      isDiscarding = true
      return
    }
    partialLine.append(contentsOf: part)
  }

  private func emit(_ whole: UnsafeRawBufferPointer, _ each: (NDJSONItem) -> Void) {
    let line = whole.last == 0x0D ? UnsafeRawBufferPointer(rebasing: whole.dropLast()) : whole
    guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return }
    if checksSyntax {
      do throws(JSONError) {
        var reader = JSONReader(line)
        try reader.skipValue()
        try reader.finish()
      } catch {
        return each(.fault(number: lineNumber, reason: .syntax(error)))
      }
    }
    each(.line(number: lineNumber, bytes: line))
  }
}

/// A pull walker over the bytes of one JSON text (RFC 8259), without a tree and without copies.
///
/// The laws of this reader:
/// - What it has walked over is valid: grammar, numbers, escapes, surrogate pairs and UTF-8. Nothing
///   is known of what lies after the cursor, so a caller ends with `finish()`.
/// - It never reads outside the buffer and never traps, whatever the bytes or the order of calls.
/// - The buffer must outlive the reader and every slice taken from it.
///
/// Walk an object with `beginObject()` and then `nextKey()` until it gives nil, consuming exactly one
/// value after each key; an array with `beginArray()` and `nextElement()` until it is false.
package struct JSONReader {
  /// Depth to which values may be nested. The skipper keeps one bit a level in a `UInt128`.
  package static let maximumDepth = 128

  let start: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  var cursor: UnsafePointer<UInt8>
  private(set) var depth = 0
  let depthLimit: Int
  /// The innermost container was just opened: no comma may precede its first entry.
  private var isFresh = false

  /// - Parameters:
  ///   - bytes: one JSON text. The reader refers to it and does not copy it.
  ///   - maximumDepth: nesting accepted, from 1 to 128; raise nothing here for honest feeds.
  package init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int = JSONReader.maximumDepth) {
    let empty = UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    start = (bytes.baseAddress ?? empty).assumingMemoryBound(to: UInt8.self)
    end = start + bytes.count
    cursor = start
    depthLimit = min(max(maximumDepth, 1), JSONReader.maximumDepth)
  }

  /// Bytes walked so far.
  package var offset: Int { cursor - start }

  // MARK: Structure

  /// Enters an object.
  package mutating func beginObject() throws(JSONError) {
    try open(UInt8(ascii: "{"), or: .expectedObject)
  }

  /// The next member name of the innermost object, or nil when the object has been left.
  @inline(__always)
  package mutating func nextKey() throws(JSONError) -> JSONString? {
    guard try advance(past: UInt8(ascii: "}"), or: .expectedCommaOrBrace) else { return nil }
    return try key()
  }

  /// Enters an array.
  package mutating func beginArray() throws(JSONError) {
    try open(UInt8(ascii: "["), or: .expectedArray)
  }

  /// Whether the innermost array has another element; false when the array has been left.
  @inline(__always)
  package mutating func nextElement() throws(JSONError) -> Bool {
    try advance(past: UInt8(ascii: "]"), or: .expectedCommaOrBracket)
  }

  /// Checks that only white space follows. Call it after the top value.
  package mutating func finish() throws(JSONError) {
    skipWhitespace()
    guard cursor == end else { throw failure(.trailingBytes) }
  }

  // MARK: Parts shared by the reader's other files

  /// A member name and the colon after it.
  @inline(__always)
  mutating func key() throws(JSONError) -> JSONString {
    skipWhitespace()
    guard cursor < end else { throw failure(.unexpectedEnd) }
    guard cursor[0] == UInt8(ascii: "\"") else { throw failure(.expectedKey) }
    let name = try stringBody()
    skipWhitespace()
    guard cursor < end else { throw failure(.unexpectedEnd) }
    guard cursor[0] == UInt8(ascii: ":") else { throw failure(.expectedColon) }
    cursor += 1
    return name
  }

  @inline(__always)
  mutating func skipWhitespace() {
    while cursor < end, isWhitespace(cursor[0]) { cursor += 1 }
  }

  @inline(__always)
  private func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The first byte of the next value, white space skipped; the cursor stays on it.
  @inline(__always)
  mutating func valueByte() throws(JSONError) -> UInt8 {
    skipWhitespace()
    guard cursor < end else { throw failure(.unexpectedEnd) }
    return cursor[0]
  }

  /// An error at the cursor, or at `place` when that is given.
  func failure(_ reason: JSONError.Reason, at place: UnsafePointer<UInt8>? = nil) -> JSONError {
    JSONError(offset: (place ?? cursor) - start, reason: reason)
  }

  @inline(__always)
  private mutating func open(_ byte: UInt8, or reason: JSONError.Reason) throws(JSONError) {
    guard try valueByte() == byte else { throw unexpected(reason) }
    guard depth < depthLimit else { throw failure(.tooDeep) }
    depth += 1
    cursor += 1
    isFresh = true
  }

  @inline(__always)
  mutating func advance(
    past close: UInt8, or reason: JSONError.Reason
  ) throws(JSONError) -> Bool {
    let byte = try valueByte()
    let wasFresh = isFresh
    isFresh = false
    if byte == close {
      cursor += 1
      depth -= 1
      return false
    }
    if wasFresh { return true }
    guard byte == UInt8(ascii: ",") else { throw failure(reason) }
    cursor += 1
    return true
  }
}

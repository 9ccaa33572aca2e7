extension JSONReader {
  /// Walks over the next value, checking all of it, and gives its bytes.
  ///
  /// The containers inside are remembered one bit each, so depth costs neither stack nor heap.
  @discardableResult
  package mutating func skipValue() throws(JSONError) -> UnsafeRawBufferPointer {
    _ = try valueByte()
    let first = cursor
    var nest = Nest(room: depthLimit - depth)
    repeat {
      if try enterOrSkipScalar(&nest) { continue }
      try leaveClosed(&nest)
    } while nest.depth > 0
    return UnsafeRawBufferPointer(start: first, count: cursor - first)
  }

  /// Consumes a scalar or an empty container; true when a container was entered and a value follows.
  @inline(__always)
  private mutating func enterOrSkipScalar(_ nest: inout Nest) throws(JSONError) -> Bool {
    switch try peek() {
    case .string: _ = try stringBody()
    case .number: _ = try numberBody()
    case .bool: _ = try readBool()
    case .null: try readNull()
    case .object: return try enter(&nest, isObject: true, close: UInt8(ascii: "}"))
    case .array: return try enter(&nest, isObject: false, close: UInt8(ascii: "]"))
    }
    return false
  }

  private mutating func enter(
    _ nest: inout Nest, isObject: Bool, close: UInt8
  ) throws(JSONError) -> Bool {
    guard nest.depth < nest.room else { throw failure(.tooDeep) }
    cursor += 1
    if try valueByte() == close {
      cursor += 1
      return false
    }
    nest.push(isObject: isObject)
    if isObject { _ = try key() }
    return true
  }

  /// After a value: closes what ends here, or steps over a comma to the next value.
  @inline(__always)
  private mutating func leaveClosed(_ nest: inout Nest) throws(JSONError) {
    while nest.depth > 0 {
      let byte = try valueByte()
      let isObject = nest.isObject
      if byte == UInt8(ascii: ",") {
        cursor += 1
        if isObject { _ = try key() }
        return
      }
      guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw failure(isObject ? .expectedCommaOrBrace : .expectedCommaOrBracket)
      }
      cursor += 1
      nest.pop()
    }
  }

  /// The open containers, innermost in bit 0: 1 for an object, 0 for an array.
  private struct Nest {
    let room: Int
    private(set) var depth = 0
    private var bits: UInt128 = 0

    init(room: Int) { self.room = room }

    var isObject: Bool { bits & 1 == 1 }

    mutating func push(isObject: Bool) {
      bits = bits &<< 1 | (isObject ? 1 : 0)
      depth += 1
    }

    mutating func pop() {
      bits = bits &>> 1
      depth -= 1
    }
  }
}

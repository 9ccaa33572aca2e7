/// The kind of a JSON value, told from its first byte.
package enum JSONKind: Equatable, Sendable {
  case object, array, string, number, bool, null
}

extension JSONReader {
  /// The kind of the next value, which stays unread. Its validity is not checked yet.
  @inline(__always)
  package mutating func peek() throws(JSONError) -> JSONKind {
    switch try valueByte() {
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
    case UInt8(ascii: "n"): .null
    default: throw unexpected(.expectedValue)
    }
  }

  /// The next value where it is a string, else nil and nothing is read; the cheapest first question.
  @inline(__always)
  mutating func readStringIfNext() throws(JSONError) -> JSONString? {
    try valueByte() == UInt8(ascii: "\"") ? try stringBody() : nil
  }

  /// The next value, which must be a string, as a slice of the text.
  @inline(__always)
  package mutating func readString() throws(JSONError) -> JSONString {
    guard try valueByte() == UInt8(ascii: "\"") else { throw unexpected(.expectedString) }
    return try stringBody()
  }

  /// The next value, which must be `true` or `false`.
  package mutating func readBool() throws(JSONError) -> Bool {
    switch try valueByte() {
    case UInt8(ascii: "t"):
      try literal("true", or: .expectedBool)
      return true
    case UInt8(ascii: "f"):
      try literal("false", or: .expectedBool)
      return false
    default: throw unexpected(.expectedBool)
    }
  }

  /// The next value, which must be `null`.
  package mutating func readNull() throws(JSONError) {
    guard try valueByte() == UInt8(ascii: "n") else { throw unexpected(.expectedNull) }
    try literal("null", or: .expectedNull)
  }

  /// The next value, which must be a number, as a slice of the text.
  @inline(__always)
  package mutating func readNumber() throws(JSONError) -> JSONNumber {
    let byte = try valueByte()
    guard byte == UInt8(ascii: "-") || isDigit(byte) else { throw unexpected(.expectedNumber) }
    return try numberBody()
  }

  /// The next value, which must be a number without fraction or exponent that fits 64 bits.
  package mutating func readInteger() throws(JSONError) -> Int64 {
    let number = try readNumber()
    guard let value = number.int64 else {
      throw JSONError(offset: offset - number.bytes.count, reason: .integerOutOfRange)
    }
    return value
  }

  /// The next value, which must be a number. One too small for a double is 0; one too large throws.
  package mutating func readDouble() throws(JSONError) -> Double {
    let number = try readNumber()
    guard let value = number.double else {
      throw JSONError(offset: offset - number.bytes.count, reason: .numberOutOfRange)
    }
    return value
  }

  func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Replaces a mere "expected x" by the deeper cause where the bytes show one.
  func unexpected(_ reason: JSONError.Reason) -> JSONError {
    guard cursor < end else { return failure(.unexpectedEnd) }
    let isMark = cursor == start && end - cursor >= 3
    if isMark, cursor[0] == 0xEF, cursor[1] == 0xBB, cursor[2] == 0xBF {
      return failure(.byteOrderMark)
    }
    return failure(reason)
  }

  mutating func literal(_ word: StaticString, or reason: JSONError.Reason) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard cursor + index < end else { throw failure(.unexpectedEnd, at: end) }
      guard cursor[index] == word.utf8Start[index] else { throw failure(reason) }
    }
    cursor += word.utf8CodeUnitCount
  }
}

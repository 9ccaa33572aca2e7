/// Why a text is not JSON, and the byte at which that was known.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Byte offset from the start of the text, 0 for its first byte.
  package let offset: Int
  package let reason: Reason

  package init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }

  /// One line for a log or a screen, such as `JSON byte 12: a string is not closed`.
  package var description: String { "JSON byte \(offset): \(reason.rawValue)" }

  /// What is wrong, in words that follow "JSON byte n:".
  package enum Reason: String, Equatable, Sendable {
    case unexpectedEnd = "the text ends where more is needed"
    case expectedValue = "a value is expected (object, array, string, number, true, false, null)"
    case expectedKey = "a member name in double quotes is expected"
    case expectedColon = "a colon is expected after the member name"
    case expectedCommaOrBrace = "a comma or } is expected after a member"
    case expectedCommaOrBracket = "a comma or ] is expected after an element"
    case expectedObject = "an object is expected"
    case expectedArray = "an array is expected"
    case expectedString = "a string is expected"
    case expectedNumber = "a number is expected"
    case expectedBool = "true or false is expected"
    case expectedNull = "null is expected"
    case invalidNumber = "the number breaks the grammar of RFC 8259 section 6"
    case numberOutOfRange = "the number does not fit a 64-bit floating-point value"
    case integerOutOfRange = "a whole number within 64 bits is expected"
    case unterminatedString = "a string is not closed"
    case controlCharacter = "a control character in a string must be written as an escape"
    case invalidEscape = "the escape is none of RFC 8259 section 7"
    case loneSurrogate = "a \\u escape is half of a surrogate pair"
    case invalidUTF8 = "the bytes are not UTF-8"
    case byteOrderMark = "a byte order mark must not begin the text"
    case tooDeep = "values are nested deeper than the bound allows"
    case trailingBytes = "nothing may follow the top value"
  }
}

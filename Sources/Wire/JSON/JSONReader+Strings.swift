// Strings are scanned a word of eight bytes at a time for the four sorts of byte that matter: the
// quote, the backslash, a control character, and the start of a multi-byte UTF-8 sequence. Text in
// ASCII therefore costs one validation-free pass; the rest is checked sequence by sequence.

extension JSONReader {
  /// A string whose opening quote is under the cursor; leaves the cursor after the closing quote.
  @inline(__always)
  mutating func stringBody() throws(JSONError) -> JSONString {
    let first = cursor + 1
    let at = plainRun(from: first)
    guard at < end, at[0] == UInt8(ascii: "\"") else { return try unusualString(first, from: at) }
    cursor = at + 1
    return JSONString(
      bytes: UnsafeRawBufferPointer(start: first, count: at - first), isEscaped: false)
  }

  /// A string with an escape, a multi-byte sequence or a fault at `place`.
  @inline(never)
  private mutating func unusualString(
    _ first: UnsafePointer<UInt8>, from place: UnsafePointer<UInt8>
  ) throws(JSONError) -> JSONString {
    var at = place
    var isEscaped = false
    while at < end, at[0] != UInt8(ascii: "\"") {
      if at[0] == UInt8(ascii: "\\") {
        isEscaped = true
        at += try escapeLength(at)
      } else if at[0] < 0x20 {
        throw failure(.controlCharacter, at: at)
      } else {
        at += try sequenceLength(at)
      }
      at = plainRun(from: at)
    }
    guard at < end else { throw failure(.unterminatedString, at: end) }
    cursor = at + 1
    let bytes = UnsafeRawBufferPointer(start: first, count: at - first)
    return JSONString(bytes: bytes, isEscaped: isEscaped)
  }

  /// The first place from `place` on that is not plain: a quote, backslash, control or non-ASCII byte.
  @inline(__always)
  private func plainRun(from place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var at = place
    while end - at >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
      let quote = (word ^ (ones &* 0x22)) &- ones
      let backslash = (word ^ (ones &* 0x5C)) &- ones
      let control = word &- (ones &* 0x20)
      // A borrow spoils only bytes above the first hit, so the lowest hit is exact.
      let hits = (quote | backslash | control | word) & (ones &* 0x80)
      if hits != 0 { return at + (hits.trailingZeroBitCount &>> 3) }
      at += 8
    }
    while at < end, isPlain(at[0]) { at += 1 }
    return at
  }

  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Bytes of the escape at `place`, both halves for a surrogate pair.
  private func escapeLength(_ place: UnsafePointer<UInt8>) throws(JSONError) -> Int {
    guard end - place >= 2 else { throw failure(.unterminatedString, at: end) }
    guard place[1] == UInt8(ascii: "u") else {
      guard JSONEscape.byte(for: place[1]) != nil else { throw failure(.invalidEscape, at: place) }
      return 2
    }
    let unit = try codeUnit(place)
    if !UTF16.isLeadSurrogate(unit), !UTF16.isTrailSurrogate(unit) { return 6 }
    guard UTF16.isLeadSurrogate(unit), end - place >= 8, place[6] == UInt8(ascii: "\\"),
      place[7] == UInt8(ascii: "u"), UTF16.isTrailSurrogate(try codeUnit(place + 6))
    else { throw failure(.loneSurrogate, at: place) }
    return 12
  }

  private func codeUnit(_ place: UnsafePointer<UInt8>) throws(JSONError) -> UInt16 {
    guard end - place >= 6 else { throw failure(.unterminatedString, at: end) }
    guard let unit = JSONEscape.codeUnit(UnsafeRawPointer(place + 2)) else {
      throw failure(.invalidEscape, at: place)
    }
    return unit
  }

  /// Bytes of the UTF-8 sequence at `place`, which begins with a byte of 0x80 or more.
  @inline(__always)
  private func sequenceLength(_ place: UnsafePointer<UInt8>) throws(JSONError) -> Int {
    let length = utf8SequenceLength(UnsafeRawBufferPointer(start: place, count: end - place))
    guard length > 0 else { throw failure(.invalidUTF8, at: place) }
    return length
  }
}

/// Bytes of the well-formed UTF-8 sequence that `bytes` begins with, or 0 when it begins with none
/// (Unicode 16, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
@inline(__always)
func utf8SequenceLength(_ bytes: UnsafeRawBufferPointer) -> Int {
  guard let lead = bytes.first else { return 0 }
  let length: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch lead {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF:
    length = 3
    if lead == 0xE0 { second = 0xA0...0xBF }
    if lead == 0xED { second = 0x80...0x9F }
  case 0xF0...0xF4:
    length = 4
    if lead == 0xF0 { second = 0x90...0xBF }
    if lead == 0xF4 { second = 0x80...0x8F }
  default: return 0
  }
  guard bytes.count >= length, second.contains(bytes[1]) else { return 0 }
  for index in 2..<max(length, 2) where bytes[index] & 0xC0 != 0x80 { return 0 }
  return length
}

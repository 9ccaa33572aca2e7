extension JSONReader {
  /// A number whose first byte is under the cursor (RFC 8259 section 6); leaves the cursor after it.
  @inline(__always)
  mutating func numberBody() throws(JSONError) -> JSONNumber {
    let first = cursor
    var at = first
    if at[0] == UInt8(ascii: "-") { at += 1 }
    guard at < end, isDigit(at[0]) else { throw failure(.invalidNumber, at: at) }
    if at[0] == UInt8(ascii: "0") {
      at += 1
      guard at == end || !isDigit(at[0]) else { throw failure(.invalidNumber, at: at) }
    } else {
      at = digits(from: at + 1)
    }
    var isInteger = true
    if at < end, at[0] == UInt8(ascii: ".") || at[0] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      at = try fractionAndExponent(at)
    }
    cursor = at
    return JSONNumber(
      bytes: UnsafeRawBufferPointer(start: first, count: at - first), isInteger: isInteger)
  }

  private func fractionAndExponent(
    _ place: UnsafePointer<UInt8>
  ) throws(JSONError) -> UnsafePointer<UInt8> {
    var at = place
    if at[0] == UInt8(ascii: ".") { at = try someDigits(from: at + 1) }
    guard at < end, at[0] | 0x20 == UInt8(ascii: "e") else { return at }
    at += 1
    if at < end, at[0] == UInt8(ascii: "+") || at[0] == UInt8(ascii: "-") { at += 1 }
    return try someDigits(from: at)
  }

  private func someDigits(
    from place: UnsafePointer<UInt8>
  ) throws(JSONError) -> UnsafePointer<UInt8> {
    let at = digits(from: place)
    guard at > place else { throw failure(.invalidNumber, at: place) }
    return at
  }

  @inline(__always)
  private func digits(from place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var at = place
    while at < end, isDigit(at[0]) { at += 1 }
    return at
  }
}

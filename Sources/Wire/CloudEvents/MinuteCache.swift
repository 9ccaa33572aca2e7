import Domain

/// Reads RFC 3339 times, remembering the minute of the last one: a feed's times lie close together,
/// and the date is the dear part of them.
struct MinuteCache {
  /// `2025-06-21T19:42` of the last time in UTC, as two words; what no text gives to begin with.
  private var minute: (UInt64, UInt64) = (0, 0)
  /// Its start in microseconds since the epoch.
  private var start: Int64 = 0

  /// The moment of a text, or nil where it is not RFC 3339.
  @inline(__always)
  mutating func moment(_ text: UnsafeRawBufferPointer) -> Timestamp? {
    guard text.count == 24, text.loadUnaligned(as: UInt64.self) == minute.0,
      text.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == minute.1,
      let rest = MinuteCache.rest(text)
    else { return learn(text) }
    return Timestamp(microseconds: start &+ rest)
  }

  @inline(never)
  private mutating func learn(_ text: UnsafeRawBufferPointer) -> Timestamp? {
    let moment = Timestamp(rfc3339: text.assumingMemoryBound(to: UInt8.self))
    guard let moment, text.count == 24, let rest = MinuteCache.rest(text) else { return moment }
    minute.0 = text.loadUnaligned(as: UInt64.self)
    minute.1 = text.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    start = moment.microseconds &- rest
    return moment
  }

  /// The microseconds of `:08.112Z` at the end of a text of 24 bytes; nil for any other form, and
  /// for a leap second.
  @inline(__always)
  private static func rest(_ text: UnsafeRawBufferPointer) -> Int64? {
    guard text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "."),
      text[23] == UInt8(ascii: "Z")
    else { return nil }
    var digits: Int64 = 0
    for index in 17...22 where index != 19 {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      digits = digits &* 10 &+ Int64(digit)
    }
    return digits < 60_000 ? digits &* 1_000 : nil
  }
}

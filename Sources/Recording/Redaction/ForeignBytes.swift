/// A text that is looked through: bytes of anybody's, read at any place without harm.
struct ForeignBytes {
  let raw: UnsafeRawBufferPointer
  /// Whether it is an object or a list of JSON, in which only strings hold anything but structure.
  let isJSON: Bool

  init(_ raw: UnsafeRawBufferPointer) {
    self.raw = raw
    let first = raw.first { $0 > 0x20 }
    isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  @inline(__always)
  var count: Int { raw.count }

  /// The byte at a place; 0 outside.
  @inline(__always)
  subscript(place: Int) -> UInt8 { place >= 0 && place < raw.count ? raw[place] : 0 }

  /// Two bytes at a place inside, as a little-endian number.
  @inline(__always)
  func pair(at place: Int) -> UInt16 {
    UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt16.self))
  }

  /// The first place from `start` on that is not in a set; at most `bound` bytes on.
  func end(of set: ByteSet, from start: Int, bound: Int = .max) -> Int {
    let limit = bound < count &- start ? start &+ bound : count
    var place = start
    while place < limit, set.contains(raw[place]) { place &+= 1 }
    return place
  }

  /// How many of one byte stand in a row from a place on.
  func run(of byte: UInt8, from start: Int) -> Int {
    var place = start
    while self[place] == byte, place < count { place &+= 1 }
    return place &- start
  }

  /// How many of one byte stand in a row before a place.
  func run(of byte: UInt8, before end: Int) -> Int {
    var place = end
    while place > 0, raw[place &- 1] == byte { place &-= 1 }
    return end &- place
  }

  /// Whether a lower-case word stands at a place, in any case.
  func has(_ word: StaticString, at place: Int) -> Bool {
    guard place >= 0, place &+ word.utf8CodeUnitCount <= count else { return false }
    for index in 0..<word.utf8CodeUnitCount
    where raw[place &+ index].lowercased != word.utf8Start[index] { return false }
    return true
  }

  /// Whether a word can begin at a place: what stands before it is no part of it, or an escape such
  /// as `\n` or `\u0027`, and it is not itself the letter of one.
  func isBoundary(_ place: Int, _ part: (UInt8) -> Bool = \.isAlphanumeric) -> Bool {
    let before = self[place - 1], backslash = UInt8(ascii: "\\")
    if before == backslash { return !ByteSet("bfnrtu").contains(self[place]) }
    guard part(before) else { return true }
    if before.isLetter, self[place - 2] == backslash { return true }
    return self[place - 5] == UInt8(ascii: "u") && self[place - 6] == backslash
  }

  /// The bytes of a range as text.
  func text(_ range: Range<Int>) -> String {
    String(decoding: raw[range], as: UTF8.self)
  }
}

/// A stretch of a text, and what takes its place.
struct Redaction: Equatable {
  let range: Range<Int>
  let mark: String

  init(_ range: Range<Int>, as name: String) {
    self.range = range
    mark = "[redacted:\(name)]"
  }

  init(_ range: Range<Int>, mark: String) {
    self.range = range
    self.mark = mark
  }
}

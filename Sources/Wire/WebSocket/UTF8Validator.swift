/// Checks UTF-8 (RFC 3629) that comes in pieces, and fails at the first byte that no valid text can
/// have there.
struct UTF8Validator {
  /// Continuation bytes that must follow.
  private var due = 0
  /// What the next one may be; narrower after some lead bytes, so that surrogates, overlong forms and
  /// what lies beyond U+10FFFF show at once.
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Whether the text may end here.
  var isComplete: Bool { due == 0 }

  /// Takes the next bytes; false when they are not the continuation of valid text.
  mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    let count = bytes.count
    while place < count {
      if due == 0 { place = skipASCII(bytes, from: place) }
      guard place < count else { return true }
      guard step(bytes[place]) else { return false }
      place &+= 1
    }
    return true
  }

  @inline(__always)
  private func skipASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var place = start
    while place &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      guard word & 0x8080_8080_8080_8080 == 0 else { break }
      place &+= 8
    }
    while place < bytes.count, bytes[place] < 0x80 { place &+= 1 }
    return place
  }

  @inline(__always)
  private mutating func step(_ byte: UInt8) -> Bool {
    guard due == 0 else {
      guard byte >= low, byte <= high else { return false }
      expect(due &- 1)
      return true
    }
    switch byte {
    case 0x00...0x7F: break
    case 0xC2...0xDF: expect(1)
    case 0xE0: expect(2, from: 0xA0)
    case 0xED: expect(2, to: 0x9F)
    case 0xE1...0xEF: expect(2)
    case 0xF0: expect(3, from: 0x90)
    case 0xF1...0xF3: expect(3)
    case 0xF4: expect(3, to: 0x8F)
    default: return false
    }
    return true
  }

  @inline(__always)
  private mutating func expect(_ count: Int, from low: UInt8 = 0x80, to high: UInt8 = 0xBF) {
    due = count
    self.low = low
    self.high = high
  }
}

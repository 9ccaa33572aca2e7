/// A set of byte values.
package struct ByteSet: Hashable, Sendable {
  private var words = SIMD4<UInt64>()

  /// The bytes of a text in which `a-z` stands for a range; a `-` at its end stands for itself.
  package init(_ text: String) {
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      if rest.count > 1, rest.first == UInt8(ascii: "-"), let last = rest.dropFirst().first {
        rest = rest.dropFirst(2)
        for byte in first...max(first, last) { insert(byte) }
      } else {
        insert(first)
      }
    }
  }

  /// Whether a byte is in it.
  @inline(__always)
  package func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  private mutating func insert(_ byte: UInt8) {
    words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
  }
}

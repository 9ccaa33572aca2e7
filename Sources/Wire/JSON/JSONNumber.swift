/// One JSON number as it stands in the text, its grammar checked, its value not yet worked out.
///
/// It refers to the reader's buffer and is valid only while that is.
package struct JSONNumber {
  package let bytes: UnsafeRawBufferPointer
  /// Written without fraction and exponent.
  package let isInteger: Bool

  @inline(__always)
  init(bytes: UnsafeRawBufferPointer, isInteger: Bool) {
    self.bytes = bytes
    self.isInteger = isInteger
  }

  /// The value, or nil when it is written with a fraction or exponent or does not fit 64 bits.
  @inline(__always)
  package var int64: Int64? {
    guard isInteger else { return nil }
    return decimalInteger(bytes)
  }

  /// The nearest double, or nil when the number is beyond the largest finite one.
  package var double: Double? {
    if let exact = exactDouble { return exact }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { return nil }
    return value.isFinite ? value : nil
  }

  /// Clinger's fast path: a significand of at most 2^53 times or divided by an exact power of ten is
  /// rounded once and so is correctly rounded.
  private var exactDouble: Double? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var significand: UInt64 = 0
    var scale = 0
    var isFraction = false
    for byte in bytes.dropFirst(isNegative ? 1 : 0) {
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10, significand < 1 << 53 / 10 else { return nil }
      significand = significand &* 10 &+ UInt64(digit)
      scale &+= isFraction ? 1 : 0
    }
    guard scale < JSONNumber.powersOfTen.count else { return nil }
    let magnitude = Double(significand) / JSONNumber.powersOfTen[scale]
    return isNegative ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

/// The value of an optional minus sign and one or more ASCII digits, or nil for anything else and
/// for what does not fit 64 bits.
@inline(__always)
func decimalInteger(_ bytes: UnsafeRawBufferPointer) -> Int64? {
  let isNegative = bytes.first == UInt8(ascii: "-")
  var index = isNegative ? 1 : 0
  guard index < bytes.count, bytes.count &- index <= 19 else { return nil }
  var magnitude: UInt64 = 0
  while index < bytes.count {
    let digit = bytes[index] &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    magnitude = magnitude &* 10 &+ UInt64(digit)
    index &+= 1
  }
  // Nineteen nines are below 2^64, so the magnitude itself cannot have wrapped.
  if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
  return Int64(exactly: magnitude)
}

/// Letters for styles, in order of first appearance; `.` is the default style.
struct StyleLegend {
  private(set) var entries: [(letter: Unicode.Scalar, style: Style)] = []
  private var letters: [Style: Unicode.Scalar] = [.default: "."]

  /// Letters of one column each: Latin first, syllabics and private use when gradients need more.
  private static let ranges: [ClosedRange<UInt32>] = [
    0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F,
    0x1401...0x166C, 0xF0000...0xFFFFD, 0x100000...0x10FFFD,
  ]

  /// The letter of `style`, new or known.
  mutating func letter(for style: Style) -> Unicode.Scalar {
    if let known = letters[style] { return known }
    let letter = Self.letter(number: entries.count)
    letters[style] = letter
    entries.append((letter, style))
    return letter
  }

  private static func letter(number: Int) -> Unicode.Scalar {
    var rest = number
    for range in ranges {
      if rest < range.count {
        return Unicode.Scalar(range.lowerBound + UInt32(rest)) ?? HostileText.replacement
      }
      rest -= range.count
    }
    return HostileText.replacement
  }
}

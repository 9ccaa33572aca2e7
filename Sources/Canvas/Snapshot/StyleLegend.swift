/// Letters for the styles of a grid; `.` is the default style.
///
/// A letter is drawn from the style itself: a style that comes or goes leaves the letters of the
/// others, and so the lines of a golden, as they are (but for the rare two that wanted the same).
struct StyleLegend {
  /// The styles by their words, so that a new one is one new line.
  private(set) var entries: [(letter: Unicode.Scalar, words: String)] = []
  private var letters: [Style: Unicode.Scalar] = [.default: "."]
  private var taken: Set<Unicode.Scalar> = ["."]
  /// Where the search for a free letter goes on once drawing has failed.
  private var spare = 0

  /// Letters of one column each: Latin first, syllabics and private use when gradients need more.
  private static let ranges: [ClosedRange<UInt32>] = [
    0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F,
    0x1401...0x166C, 0xF0000...0xFFFFD, 0x100000...0x10FFFD,
  ]
  /// How many letters are ASCII, and how many times one is drawn among them.
  private static let (plainLetters, draws) = (62, 8)

  /// The letters for the styles of `grid`.
  init(of grid: Grid) {
    var styles = Set<Style>()
    var last = Style.default
    for cell in grid.cells where cell.style != last {
      last = cell.style
      styles.insert(last)
    }
    styles.remove(.default)
    let named = styles.map { (words: StyleWords.text($0), style: $0) }
    for (words, style) in named.sorted(by: { $0.words < $1.words }) {
      let letter = freeLetter(for: words)
      taken.insert(letter)
      letters[style] = letter
      entries.append((letter, words))
    }
  }

  /// The letter of a style of the grid.
  func letter(of style: Style) -> Unicode.Scalar {
    letters[style] ?? HostileText.replacement
  }

  private mutating func freeLetter(for words: String) -> Unicode.Scalar {
    var hash = Self.hash(words)
    for _ in 0..<Self.draws {
      let drawn = Self.letter(number: Int(hash % UInt64(Self.plainLetters)))
      if !taken.contains(drawn) { return drawn }
      hash /= UInt64(Self.plainLetters)
    }
    while taken.contains(Self.letter(number: spare)), spare < 1 << 20 { spare += 1 }
    return Self.letter(number: spare)
  }

  /// FNV-1a, with its last bits mixed, as the letters are drawn from all of them.
  private static func hash(_ words: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in words.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 33
    hash = hash &* 0xFF51_AFD7_ED55_8CCD
    return hash ^ hash >> 33
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

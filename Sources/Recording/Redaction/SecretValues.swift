// Where a value ends.

extension ForeignBytes {
  private static let blanks = ByteSet(" \t\r\n")
  private static let bareEnds = ByteSet(" \t\r\n&;\"'`\\,)]}<>|")

  /// Behind the blanks at a place, of which a value may have a few before it.
  func skipBlanks(from place: Int) -> Int { end(of: Self.blanks, from: place, bound: 64) }

  /// Where a value without quotes ends.
  func bareEnd(from start: Int) -> Int {
    var place = start
    while place < count, raw[place] >= 0x20, !Self.bareEnds.contains(raw[place]) { place += 1 }
    return place
  }

  /// Where a line ends, in a string too.
  func lineEnd(from start: Int) -> Int {
    var place = start
    while place < count, raw[place] >= 0x20, raw[place] != UInt8(ascii: "\""),
      raw[place] != UInt8(ascii: "'"), raw[place] != UInt8(ascii: "\\")
    {
      place += 1
    }
    return place
  }

  /// How many strings of JSON the string lies in whose quote has so many backslashes before it: 0
  /// for `"`, 1 for `\"`, 2 for `\\\"`. What is more is escaped backslashes before the quote.
  private func depth(ofQuoteAfter backslashes: Int) -> Int { (~backslashes).trailingZeroBitCount }

  /// What is between the quotes of the string that begins at a place; to the end of what it lies in
  /// where it is not closed, nil where none begins.
  ///
  /// - Parameter backslashes: how many there must be before the quotes; nil where nothing tells. In
  ///   JSON a quote without any then ends the string that the place is in.
  func string(at place: Int, after backslashes: Int? = nil) -> Range<Int>? {
    if self[place] == UInt8(ascii: "'") {
      return place + 1..<singleQuotedEnd(from: place + 1)
    }
    let count = run(of: UInt8(ascii: "\\"), from: place)
    let depth = depth(ofQuoteAfter: count)
    let start = place + count + 1
    guard self[start - 1] == UInt8(ascii: "\""), depth < 16, count == 1 << depth - 1,
      backslashes ?? count == count
    else { return nil }
    if backslashes == nil {
      let isOver = ByteSet(",:}]").contains(self[start])
      guard !isOver, count > 0 || !isJSON else { return nil }
    }
    return start..<stringEnd(from: start, depth)
  }

  /// The end of a string of a depth: its quote, or that of a string it lies in.
  private func stringEnd(from start: Int, _ depth: Int) -> Int {
    var place = start
    while place < count, raw[place] != 0x0A, raw[place] != 0x0D {
      if raw[place] == UInt8(ascii: "\"") {
        let run = min(place - start, run(of: UInt8(ascii: "\\"), before: place))
        let other = self.depth(ofQuoteAfter: run)
        if other <= depth { return place - (1 << other - 1) }
      }
      place += 1
    }
    return place - min(place - start, run(of: UInt8(ascii: "\\"), before: place))
  }

  /// The end of a string in single quotes. Nothing tells how deep it lies, so that any other quote
  /// ends it too.
  private func singleQuotedEnd(from start: Int) -> Int {
    var place = start
    while place < count, raw[place] != 0x0A, raw[place] != 0x0D {
      if raw[place] == UInt8(ascii: "'") { return place }
      if raw[place] == UInt8(ascii: "\"") { break }
      place += 1
    }
    return place - min(place - start, run(of: UInt8(ascii: "\\"), before: place))
  }

  /// Hides the strings of an object or a list whose name has so many backslashes before its quotes,
  /// but not the names in it; to the end where it is not closed.
  func record(at start: Int, after backslashes: Int, _ mark: NameMark) -> Finding? {
    var redactions: [Redaction] = []
    var nesting = 0
    var place = start
    while place < count {
      switch raw[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): nesting += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): nesting -= 1
      case UInt8(ascii: "\""):
        let run = run(of: UInt8(ascii: "\\"), before: place)
        guard run >= backslashes, let content = string(at: place - run, after: backslashes) else {
          return Finding(redactions, end: place)
        }
        place = content.upperBound + backslashes
        let isName = self[skipBlanks(from: place + 1)] == UInt8(ascii: ":")
        if !isName, !content.isEmpty, !isMark(content) {
          redactions.append(Redaction(content, as: mark.name))
        }
      default: break
      }
      place += 1
      if nesting == 0 { break }
    }
    return Finding(redactions, end: min(place, count))
  }
}

// Home folders, which tell a person's name: `/home/ana/x` becomes `~/x`.

extension ForeignBytes {
  /// The characters that no name of a home folder holds.
  private static let ends = ByteSet("/\\\"'`:;,)]}<>|&*?$({[%#=~ \t\r\n")

  /// `/home/ana`, `/Users/ana`, also with the slashes escaped.
  func home(_ word: Range<Int>) -> Finding? {
    guard beginsPath(word.lowerBound) else { return nil }
    return home(word.lowerBound, nameAt: word.upperBound)
  }

  /// `C:\Users\ana`, with as many backslashes as its depth in strings of JSON asks for.
  func windowsHome(_ word: Range<Int>) -> Finding? {
    let backslash = UInt8(ascii: "\\")
    let start = word.lowerBound + 1 - run(of: backslash, before: word.lowerBound + 1)
    guard self[start - 1] == UInt8(ascii: ":"), self[start - 2].isLetter, isBoundary(start - 2),
      self[start - 3] != backslash
    else { return nil }
    let last = word.upperBound - 1
    return home(start - 2, nameAt: last + run(of: backslash, from: last))
  }

  func rootHome(_ word: Range<Int>) -> Finding? {
    let next = self[word.upperBound]
    let isEnd = next == UInt8(ascii: ".") && !self[word.upperBound + 1].isNamePart
    guard beginsPath(word.lowerBound), isEnd || !next.isNamePart else { return nil }
    return Finding(Redaction(word, mark: "~"))
  }

  private func home(_ start: Int, nameAt place: Int) -> Finding? {
    var end = place
    while end < count, end - place < 256, raw[end] > 0x20, !Self.ends.contains(raw[end]) {
      end += 1
    }
    let name = text(place..<end)
    guard !name.isEmpty, !["Shared", "Public", ".", ".."].contains(name) else { return nil }
    return Finding(Redaction(start..<end, mark: "~"))
  }

  /// Whether a path begins at a slash: no other part of a path stands before it.
  private func beginsPath(_ start: Int) -> Bool {
    let before = self[start - 1]
    // The slash itself is escaped.
    if before == UInt8(ascii: "\\") { return false }
    if before == UInt8(ascii: "/") { return self[start - 2] == UInt8(ascii: "/") }
    let isPart = { (byte: UInt8) in
      byte.isNamePart || byte == UInt8(ascii: "~") || byte == UInt8(ascii: ")") || byte >= 0x80
    }
    return isBoundary(start, isPart)
  }
}

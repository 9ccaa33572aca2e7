/// The lines of a golden, read from the top.
struct SnapshotLines {
  private let bytes: [UInt8]
  private var position = 0
  /// The line last read, from 1.
  private(set) var number = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var isAtEnd: Bool { position >= bytes.count }

  func error(_ problem: String) -> SnapshotTextError {
    SnapshotTextError(line: number, problem: problem)
  }

  /// The next line without its end; `wanted` says in an error what is missing.
  private mutating func next(_ wanted: String) throws(SnapshotTextError) -> String {
    number += 1
    guard !isAtEnd else { throw error("the golden is cut off here: expected \(wanted)") }
    let lineFeed = bytes[position...].firstIndex(of: 0x0A)
    let end = lineFeed ?? bytes.endIndex
    var line = bytes[position..<end]
    position = end + 1
    if line.last == 0x0D { line = line.dropLast() }
    guard let text = String(validating: line, as: UTF8.self) else {
      guard number > 1 else { throw error(Self.noGolden) }
      throw error(
        lineFeed == nil
          ? "the golden is cut off here: expected \(wanted)" : "the line is not UTF-8")
    }
    if text.hasPrefix("<<<<<<<") { throw error("a merge conflict is not resolved") }
    return text
  }

  private static let noGolden =
    "this is no golden: expected \"\(SnapshotText.magic)\(SnapshotText.newestVersion) 120x40\""

  /// The version and the size.
  mutating func header() throws(SnapshotTextError) -> (version: Int, size: Size) {
    let line = try next("\"\(SnapshotText.magic)\(SnapshotText.newestVersion) 120x40\"")
    guard line.hasPrefix(SnapshotText.magic) else { throw error(Self.noGolden) }
    let words = line.dropFirst(SnapshotText.magic.count)
      .split(separator: " ", omittingEmptySubsequences: false)
    guard let version = words.first.flatMap({ Int($0) }), version > 0 else {
      throw error(Self.noGolden)
    }
    guard version <= SnapshotText.newestVersion else {
      throw error(
        "format version \(version) is newer than the \(SnapshotText.newestVersion) that this"
          + " podium reads: use a newer podium")
    }
    return (version, try size(words.dropFirst().first ?? ""))
  }

  private func size(_ text: Substring) throws(SnapshotTextError) -> Size {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (0...Grid.maximumSide).contains(width), (0...Grid.maximumSide).contains(height)
    else { throw error("the size must be like 120x40, each side at most \(Grid.maximumSide)") }
    // Each cell has a style letter: less than that is cut off, whatever it claims.
    guard width * height <= bytes.count else {
      throw error("the golden is cut off: \(width)x\(height) cells take more than its bytes")
    }
    return Size(width: width, height: height)
  }

  mutating func name() throws(SnapshotTextError) -> String {
    let line = try next("the line \"case NAME\"")
    guard line.hasPrefix(SnapshotText.caseWord) else {
      throw error("expected the line \"case NAME\"")
    }
    return HostileText.escaped(String(line.dropFirst(SnapshotText.caseWord.count)))
  }

  mutating func expect(_ word: String) throws(SnapshotTextError) {
    guard try next("the line \"\(word)\"") == word else {
      throw error("expected the line \"\(word)\"")
    }
  }

  /// What stands between the bars of the next line.
  mutating func row(_ y: Int, of height: Int) throws(SnapshotTextError) -> String {
    let line = try next("row \(y + 1) of \(height)")
    guard line.count >= 2, line.first == SnapshotText.bar, line.last == SnapshotText.bar else {
      throw error(
        isAtEnd
          ? "the golden is cut off here, in row \(y + 1) of \(height)"
          : "a row stands between two \(SnapshotText.bar)")
    }
    return String(line.dropFirst().dropLast())
  }

  /// The styles up to the line `end`; version 1 ends with the file.
  mutating func legend(hasEnd: Bool) throws(SnapshotTextError) -> [Unicode.Scalar: Style] {
    var styles: [Unicode.Scalar: Style] = [".": .default]
    while hasEnd || !isAtEnd {
      let line = try next("a style or the line \"end\"")
      if hasEnd, line == "end" { break }
      try read(legendLine: line, into: &styles)
    }
    while !isAtEnd {
      guard try next("").isEmpty else { throw error("nothing may follow the line \"end\"") }
    }
    return styles
  }

  private func read(
    legendLine line: String, into styles: inout [Unicode.Scalar: Style]
  ) throws(SnapshotTextError) {
    let scalars = line.unicodeScalars
    guard let letter = scalars.first else { return }
    let words = Substring(scalars.dropFirst())
    guard words.first == " ", let style = StyleWords.parse(words) else {
      throw error("a legend line is a letter, a space and a style such as \"fg=#7aa2f7 bold\"")
    }
    guard styles.updateValue(style, forKey: letter) == nil else {
      throw error("style \(HostileText.shown(letter)) is given twice")
    }
  }
}

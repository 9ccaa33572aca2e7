/// Text as it is seen: in visual order (UAX #9 without explicit embeddings), Arabic letters joined.
///
/// A text is isolated from what stands beside it (as between FSI and PDI): its own letters decide
/// in which direction it runs. Blanks at its ends belong to the line and stay where the line has
/// them.
package enum BidiText {
  /// Whether text may hold a character that runs from right to left. Quick, and seldom wrong the
  /// other way: some signs beyond the Latin ones make it true in vain.
  package static func isNeeded(for text: Substring) -> Bool {
    text.utf8.contains { $0 >= 0xD6 && ($0 <= 0xE0 || $0 == 0xEF || $0 == 0xF0) }
  }

  /// The direction of a text in a line: of its first strong letter (P2); in a line from right to
  /// left one letter of that direction is enough, as a text often begins with a name.
  package static func direction(of text: Substring, in line: TextDirection) -> TextDirection {
    guard isNeeded(for: text) else { return .leftToRight }
    for scalar in text.unicodeScalars {
      let kind = BidiClass(scalar)
      if kind.isRight { return .rightToLeft }
      if kind == .left, line == .leftToRight { return .leftToRight }
    }
    return .leftToRight
  }

  /// A text as it is seen in a line of a direction. Without `reorders` its letters are left alone,
  /// for a terminal that does this itself.
  package static func arranged(
    _ text: Substring, in line: TextDirection, reorders: Bool = true
  ) -> String {
    let start = text.firstIndex { $0 != " " } ?? text.endIndex
    let end = text.lastIndex { $0 != " " }.map { text.index(after: $0) } ?? start
    let core = text[start..<end]
    let seen = reorders && isNeeded(for: core) ? visual(core, in: line) : String(core)
    return switch line {
    case .leftToRight: text[..<start] + seen + text[end...]
    case .rightToLeft: text[end...] + seen + text[..<start]
    }
  }

  private static func visual(_ text: Substring, in line: TextDirection) -> String {
    let isMixed = text.unicodeScalars.contains {
      let kind = BidiClass($0)
      return kind.isRight || kind == .arabicNumber
    }
    guard isMixed else { return String(text) }
    let base = direction(of: text, in: line)
    let clusters = Array(ArabicShaping.shaped(text))
    let items = clusters.map { cluster -> BidiLevels.Item in
      let scalar = cluster.unicodeScalars[cluster.unicodeScalars.startIndex]
      return BidiLevels.Item(kind: BidiClass(scalar), scalar: scalar)
    }
    let levels = BidiLevels(items, base: base)
    var seen = ""
    for place in levels.visualOrder {
      let isMirrored = levels.levels[place] % 2 == 1
      if isMirrored, let image = Brackets.image(of: items[place].scalar) {
        seen.unicodeScalars.append(image)
        seen.unicodeScalars.append(contentsOf: clusters[place].unicodeScalars.dropFirst())
      } else {
        seen.append(clusters[place])
      }
    }
    return seen
  }
}

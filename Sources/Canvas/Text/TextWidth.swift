/// How many terminal columns text takes when a `Grid` draws it.
///
/// The rule per grapheme cluster is the sum of its scalars' widths, at most 2; East Asian Ambiguous
/// counts 1. A character followed by VARIATION SELECTOR-16 that has an emoji form counts 2 (UTS #51
/// emoji presentation); terminals disagree on that one, so chrome should not use it. Characters a
/// grid replaces (`HostileText`) count as the one column of their replacement.
package enum TextWidth {
  /// The columns of all of `text`.
  package static func columns(of text: String) -> Int {
    columns(of: Substring(text))
  }

  /// The columns of all of `text`.
  package static func columns(of text: Substring) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    var total = 0
    var previous: Unicode.Scalar = "\0"
    for character in text { total += columns(of: character, after: &previous) }
    return total
  }

  /// The columns of one cluster behind another, of which `previous` is the first scalar: none for
  /// an alef that a grid joins with the lam before it.
  static func columns(of character: Character, after previous: inout Unicode.Scalar) -> Int {
    let scalars = character.unicodeScalars
    let first = scalars[scalars.startIndex]
    defer { previous = first }
    return ArabicShaping.isLigature(previous, first) ? 0 : columns(ofCluster: scalars)
  }

  /// The columns of one grapheme cluster: 0, 1 or 2.
  package static func columns(of character: Character) -> Int {
    columns(ofCluster: character.unicodeScalars)
  }

  static func columns(ofCluster scalars: some Sequence<Unicode.Scalar>) -> Int {
    var total = 0
    var previous: Unicode.Scalar = "\0"
    for scalar in scalars {
      if scalar.value == 0xFE0F, contains(WidthRanges.emojiBySelector, previous.value) {
        total += 1
      } else {
        total += columns(of: scalar)
      }
      previous = scalar
    }
    // CR LF is one cluster, and the only one of two control characters.
    return min(2, total)
  }

  /// The columns of one scalar alone: 0, 1 or 2.
  package static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    if HostileText.isHostile(value) { return 1 }
    // What dashboards are full of: frames, blocks, braille; and ideographs and Hangul.
    if (0x2500..<0x25FD).contains(value) || (0x2800..<0x2900).contains(value) { return 1 }
    if (0x4E00..<0xA000).contains(value) || (0xAC00..<0xD7A4).contains(value) { return 2 }
    if contains(WidthRanges.zero, value) { return 0 }
    return value >= 0x1100 && contains(WidthRanges.wide, value) ? 2 : 1
  }

  /// Binary search in pairs of first and last.
  private static func contains(_ ranges: [UInt32], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if value > ranges[2 * middle + 1] {
        low = middle + 1
      } else if value < ranges[2 * middle] {
        high = middle
      } else {
        return true
      }
    }
    return false
  }
}

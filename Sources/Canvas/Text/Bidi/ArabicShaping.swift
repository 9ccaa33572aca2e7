// Terminals and fixed cells know no joining: each letter is replaced by the presentation form that
// it has beside its neighbours (Unicode Presentation Forms A and B).

/// Joins Arabic letters.
enum ArabicShaping {
  /// How a letter joins those beside it.
  private enum Joining {
    case none
    /// To the letter before it alone: alef, dal, reh, waw.
    case before
    case both
  }

  private struct Letter {
    /// The isolated form; the final, initial and medial ones follow it.
    let isolated: UInt32
    let joining: Joining
  }

  /// Text in logical order with its letters joined; lam and alef become one.
  static func shaped(_ text: Substring) -> String {
    let scalars = Array(text.unicodeScalars)
    let joining = scalars.map(joining(of:))
    let letters = scalars.indices.filter { !isTransparent(scalars[$0]) }
    var shown = scalars.map(Optional.some)
    var isJoinedBefore = false
    var rank = 0
    while rank < letters.count {
      let place = letters[rank]
      let next = rank + 1 < letters.count ? letters[rank + 1] : nil
      if let next, let ligature = ligature(scalars[place], scalars[next]) {
        shown[place] = Unicode.Scalar(ligature + (isJoinedBefore ? 1 : 0))
        shown[next] = nil
        isJoinedBefore = false
        rank += 2
        continue
      }
      let joinsBefore = isJoinedBefore && joining[place] != .none
      let joinsAfter = joining[place] == .both && next.map { joining[$0] != .none } == true
      let beside = [rank > 0 ? letters[rank - 1] : nil, next].compactMap(\.self)
      // Between other signs, such as those of an emoji, a joiner is part of what is shown.
      if !isJoiner(scalars[place]) || beside.contains(where: { isLetter(scalars[$0]) }) {
        shown[place] = form(of: scalars[place], joinsBefore, joinsAfter)
      }
      isJoinedBefore = joining[place] == .both
      rank += 1
    }
    return String(String.UnicodeScalarView(shown.compactMap(\.self)))
  }

  /// Whether a grid shows two letters as one: lam and a following alef.
  static func isLigature(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    ligature(first, second) != nil
  }

  private static func ligature(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> UInt32? {
    guard first == "\u{644}" else { return nil }
    return switch second {
    case "\u{622}": 0xFEF5
    case "\u{623}": 0xFEF7
    case "\u{625}": 0xFEF9
    case "\u{627}": 0xFEFB
    default: nil
    }
  }

  /// What is shown of a scalar: nil for one whose only use is to join or part others.
  private static func form(
    of scalar: Unicode.Scalar, _ joinsBefore: Bool, _ joinsAfter: Bool
  ) -> Unicode.Scalar? {
    guard let letter = letters[scalar.value] else {
      return isJoiner(scalar) ? nil : scalar
    }
    let step: UInt32 =
      switch (joinsBefore, joinsAfter) {
      case (false, false): 0
      case (true, false): 1
      case (false, true): 2
      case (true, true): 3
      }
    return Unicode.Scalar(letter.isolated + step)
  }

  private static let joiner: Unicode.Scalar = "\u{200D}"
  private static let nonJoiner: Unicode.Scalar = "\u{200C}"
  private static let tatweel: Unicode.Scalar = "\u{640}"

  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar == joiner || scalar == nonJoiner
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { letters[scalar.value] != nil }

  private static func joining(of scalar: Unicode.Scalar) -> Joining {
    if scalar == tatweel || scalar == joiner { return .both }
    return letters[scalar.value]?.joining ?? .none
  }

  /// Marks on a letter do not come between it and the next one.
  private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300..<0x370, 0x610...0x61A, 0x64B...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E4,
      0x6E7, 0x6E8, 0x6EA...0x6ED, 0x8D3...0x8E1, 0x8E3...0x8FF, 0xFE00...0xFE0F:
      true
    default: false
    }
  }

  private static let letters: [UInt32: Letter] = {
    var letters: [UInt32: Letter] = [0x621: Letter(isolated: 0xFE80, joining: .none)]
    for (value, isolated) in right { letters[value] = Letter(isolated: isolated, joining: .before) }
    for (value, isolated) in dual { letters[value] = Letter(isolated: isolated, joining: .both) }
    return letters
  }()

  private static let right: [(UInt32, UInt32)] = [
    (0x622, 0xFE81), (0x623, 0xFE83), (0x624, 0xFE85), (0x625, 0xFE87), (0x627, 0xFE8D),
    (0x629, 0xFE93), (0x62F, 0xFEA9), (0x630, 0xFEAB), (0x631, 0xFEAD), (0x632, 0xFEAF),
    (0x648, 0xFEED), (0x649, 0xFEEF), (0x671, 0xFB50), (0x688, 0xFB88), (0x68C, 0xFB84),
    (0x68D, 0xFB82), (0x68E, 0xFB86), (0x691, 0xFB8C), (0x698, 0xFB8A), (0x6BA, 0xFB9E),
    (0x6C0, 0xFBA4), (0x6C5, 0xFBE0), (0x6C6, 0xFBD9), (0x6C7, 0xFBD7), (0x6C8, 0xFBDB),
    (0x6C9, 0xFBE2), (0x6CB, 0xFBDE), (0x6D2, 0xFBAE), (0x6D3, 0xFBB0),
  ]

  private static let dual: [(UInt32, UInt32)] = [
    (0x626, 0xFE89), (0x628, 0xFE8F), (0x62A, 0xFE95), (0x62B, 0xFE99), (0x62C, 0xFE9D),
    (0x62D, 0xFEA1), (0x62E, 0xFEA5), (0x633, 0xFEB1), (0x634, 0xFEB5), (0x635, 0xFEB9),
    (0x636, 0xFEBD), (0x637, 0xFEC1), (0x638, 0xFEC5), (0x639, 0xFEC9), (0x63A, 0xFECD),
    (0x641, 0xFED1), (0x642, 0xFED5), (0x643, 0xFED9), (0x644, 0xFEDD), (0x645, 0xFEE1),
    (0x646, 0xFEE5), (0x647, 0xFEE9), (0x64A, 0xFEF1), (0x679, 0xFB66), (0x67A, 0xFB5E),
    (0x67B, 0xFB52), (0x67E, 0xFB56), (0x67F, 0xFB62), (0x680, 0xFB5A), (0x683, 0xFB76),
    (0x684, 0xFB72), (0x686, 0xFB7A), (0x687, 0xFB7E), (0x6A4, 0xFB6A), (0x6A6, 0xFB6E),
    (0x6A9, 0xFB8E), (0x6AD, 0xFBD3), (0x6AF, 0xFB92), (0x6B1, 0xFB9A), (0x6B3, 0xFB96),
    (0x6BB, 0xFBA0), (0x6BE, 0xFBAA), (0x6C1, 0xFBA6), (0x6CC, 0xFBFC), (0x6D0, 0xFBE4),
  ]
}

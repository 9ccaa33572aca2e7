/// What a character means for the order of a line (UAX #9, table 4), as far as text without
/// explicit embeddings needs: separators and bidirectional controls count as other neutrals, since
/// a grid shows them as signs.
///
/// The standard library does not tell this property; it is derived here from blocks and general
/// categories. Signs that are strong in rarely seen blocks count as neutral.
enum BidiClass: UInt8 {
  case left, right, arabicLetter
  case europeanNumber, arabicNumber
  case europeanSeparator, europeanTerminator, commonSeparator
  case mark, neutral

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0..<0x80: self = Self.ascii(scalar.value)
    case 0x590..<0x900: self = Self.semitic(scalar)
    case 0xFB1D..<0xFE00, 0xFE70..<0xFEFD: self = Self.presentation(scalar)
    case 0x10800..<0x11000, 0x1E800..<0x1F000: self = Self.supplementary(scalar)
    default: self = Self.elsewhere(scalar)
    }
  }

  /// Whether it begins text from right to left.
  var isRight: Bool { self == .right || self == .arabicLetter }

  private static func ascii(_ value: UInt32) -> BidiClass {
    switch value {
    case 0x30...0x39: .europeanNumber
    case 0x41...0x5A, 0x61...0x7A: .left
    case 0x2B, 0x2D: .europeanSeparator
    case 0x23...0x25: .europeanTerminator
    case 0x2C, 0x2E, 0x2F, 0x3A: .commonSeparator
    default: .neutral
    }
  }

  /// Hebrew, Arabic, Syriac, Thaana, NKo, Samaritan, Mandaic.
  private static func semitic(_ scalar: Unicode.Scalar) -> BidiClass {
    switch scalar.value {
    case 0x600...0x605, 0x660...0x669, 0x66B, 0x66C, 0x6DD, 0x890, 0x891, 0x8E2: .arabicNumber
    case 0x6F0...0x6F9: .europeanNumber
    case 0x609, 0x60A, 0x66A: .europeanTerminator
    case 0x60C: .commonSeparator
    case 0x606, 0x607, 0x60E, 0x60F, 0x6DE, 0x6E9, 0x7F6...0x7F9: .neutral
    case 0x61C: .neutral
    case _ where isMark(scalar): .mark
    case 0x600..<0x7C0, 0x860..<0x900: .arabicLetter
    default: .right
    }
  }

  private static func presentation(_ scalar: Unicode.Scalar) -> BidiClass {
    switch scalar.value {
    case 0xFB29: .europeanSeparator
    case 0xFD3E...0xFD4F, 0xFDCF, 0xFDFD...0xFDFF: .neutral
    case _ where isMark(scalar): .mark
    case 0xFB1D..<0xFB50: .right
    default: .arabicLetter
    }
  }

  private static func supplementary(_ scalar: Unicode.Scalar) -> BidiClass {
    switch scalar.value {
    case 0x10D30...0x10D39, 0x10E60...0x10E7E: .arabicNumber
    case _ where isMark(scalar): .mark
    case 0x10D00..<0x10D40, 0x10EC0..<0x10F00, 0x10F30..<0x10F70: .arabicLetter
    case 0x1EC70..<0x1ECC0, 0x1ED00..<0x1ED50, 0x1EE00..<0x1EF00: .arabicLetter
    default: .right
    }
  }

  private static func elsewhere(_ scalar: Unicode.Scalar) -> BidiClass {
    switch scalar.value {
    case 0xB2, 0xB3, 0xB9, 0x2070, 0x2074...0x2079, 0x2080...0x2089: .europeanNumber
    case 0xFF10...0xFF19, 0x1D7CE...0x1D7FF: .europeanNumber
    case 0x207A, 0x207B, 0x208A, 0x208B, 0x2212, 0xFE62, 0xFE63, 0xFF0B, 0xFF0D: .europeanSeparator
    case 0xA2...0xA5, 0xB0, 0xB1, 0x58F, 0x2030...0x2034, 0x20A0...0x20CF: .europeanTerminator
    case 0x2213, 0xFE5F, 0xFE69, 0xFE6A, 0xFF03...0xFF05: .europeanTerminator
    case 0xA0, 0x202F, 0x2044, 0xFE50, 0xFE52, 0xFE55, 0xFF0C, 0xFF0E, 0xFF0F, 0xFF1A:
      .commonSeparator
    default: byCategory(scalar)
    }
  }

  private static func byCategory(_ scalar: Unicode.Scalar) -> BidiClass {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .spacingMark, .decimalNumber, .letterNumber, .privateUse, .unassigned:
      .left
    case .nonspacingMark, .enclosingMark: .mark
    default: .neutral
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }
}

/// Scalars that are a whole grapheme cluster by themselves beside any of their kind (UAX #29
/// property Other, or a complete Hangul syllable) and are not hostile. Text made of them needs no
/// cluster search. The list may miss some; it must never hold one too many.
enum SimpleScalars {
  static func contains(_ value: UInt32) -> Bool {
    switch value {
    case 0x20..<0x7F, 0xA0..<0xA9, 0xAA..<0xAD, 0xAF..<0x300: true
    case 0x370..<0x483, 0x48A..<0x590: true
    case 0x2010..<0x2028, 0x2030..<0x2060, 0x2070..<0x20D0, 0x2100..<0x2CEF: true
    case 0x2E00..<0x302A, 0x3031..<0x3099, 0x309B..<0xA66F, 0xAC00..<0xD7A4: true
    case 0x1F300..<0x1F3FB, 0x1F400..<0x1FB00, 0x20000..<0x2FFFE: true
    default: false
    }
  }
}

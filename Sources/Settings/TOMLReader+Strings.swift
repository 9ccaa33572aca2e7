extension TOMLReader {
  /// A string of one line: basic, with escapes, or literal.
  mutating func string() throws(SettingsFault) -> String {
    guard let quote = bytes.popFirst() else { throw unended }
    if bytes.starts(with: [quote, quote]) {
      throw fault("text over several lines is not understood here")
    }
    var text: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case quote:
        guard let string = String(validating: text, as: UTF8.self) else {
          throw fault("a text is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): text += try escape().utf8
      case 0x09, 0x20..<0x7F, 0x80...: text.append(byte)
      case 0x0A, 0x0D: throw unended
      default: throw fault("a text has a control character")
      }
    }
    throw unended
  }

  private var unended: SettingsFault { fault("a text lacks its closing quote") }

  private mutating func escape() throws(SettingsFault) -> String {
    switch bytes.popFirst() {
    case UInt8(ascii: "b")?: return "\u{8}"
    case UInt8(ascii: "t")?: return "\t"
    case UInt8(ascii: "n")?: return "\n"
    case UInt8(ascii: "f")?: return "\u{C}"
    case UInt8(ascii: "r")?: return "\r"
    case UInt8(ascii: "\"")?: return "\""
    case UInt8(ascii: "\\")?: return "\\"
    case UInt8(ascii: "u")?: return try scalar(digits: 4)
    case UInt8(ascii: "U")?: return try scalar(digits: 8)
    default:
      throw fault("a text has an unknown escape: write \\\\ for \\, or use 'single quotes'")
    }
  }

  private mutating func scalar(digits count: Int) throws(SettingsFault) -> String {
    let digits = bytes.prefix(count)
    let isHexadecimal = digits.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
    }
    guard digits.count == count, isHexadecimal,
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw fault("a text has a \\u escape that is no character") }
    bytes = bytes.dropFirst(count)
    return String(Character(scalar))
  }
}

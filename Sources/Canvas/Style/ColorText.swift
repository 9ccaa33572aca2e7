// The written form of colours, as themes and goldens use it.
extension Color {
  /// The ANSI names in palette order; a `bright-` prefix adds 8.
  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// Reads `default`, `#rrggbb`, `#rgb`, a palette number 0–255, or one of the 16 ANSI names
  /// (`red`, `bright-red`, `brightred`; `gray` and `grey` are bright black). Case is ignored.
  package init?(_ text: String) {
    let lowered = text.lowercased()
    if lowered.first == "#" {
      self.init(hexadecimal: lowered.utf8.dropFirst())
    } else if let index = UInt8(lowered) {
      self = .indexed(index)
    } else {
      self.init(name: lowered)
    }
  }

  private init?(hexadecimal digits: Substring.UTF8View) {
    let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      .map(UInt8.init(truncatingIfNeeded:))
    guard values.count == digits.count else { return nil }
    switch values.count {
    case 3: self = .rgb(values[0] * 17, values[1] * 17, values[2] * 17)
    case 6:
      self = .rgb(
        values[0] << 4 | values[1], values[2] << 4 | values[3], values[4] << 4 | values[5])
    default: return nil
    }
  }

  private init?(name: String) {
    switch name {
    case "default": self = .terminalDefault
    case "gray", "grey": self = .indexed(8)
    default:
      let bright = name.hasPrefix("bright")
      var plain = bright ? name.dropFirst(6) : name[...]
      if bright, plain.first == "-" || plain.first == "_" { plain = plain.dropFirst() }
      guard let index = Self.names.firstIndex(where: { $0 == plain }) else { return nil }
      self = .indexed(UInt8(index + (bright ? 8 : 0)))
    }
  }

  /// The text `init(_:)` reads back: `default`, a palette number, or `#rrggbb`.
  package var text: String {
    switch self {
    case .terminalDefault: "default"
    case .indexed(let index): String(index)
    case .rgb(let red, let green, let blue): "#" + Self.hex(red) + Self.hex(green) + Self.hex(blue)
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

/// Text made safe inside XML and HTML.
enum Markup {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      // Not characters in XML 1.0, and so an error for the whole document.
      case "\u{FFFE}", "\u{FFFF}": escaped.unicodeScalars.append(HostileText.replacement)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

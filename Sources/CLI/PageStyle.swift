import Canvas
import Glibc

/// How a page for a person may look on the standard output.
struct PageStyle {
  /// What a part of a page is about.
  enum Tone {
    case plain, title, quiet, good, warning, bad
  }

  var hasColor: Bool
  var isASCII: Bool

  /// Colour on a terminal alone, unless NO_COLOR asks for none; signs as the locale allows.
  static var standardOutput: PageStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let asksNoColor = variable("NO_COLOR").map { !$0.isEmpty } ?? false
    let locales = [variable("LC_ALL"), variable("LC_CTYPE"), variable("LANG")]
    let locale = locales.compactMap(\.self).first { !$0.isEmpty }?.lowercased() ?? ""
    let isUTF8 = locale.contains("utf-8") || locale.contains("utf8")
    return PageStyle(hasColor: isTerminal && !asksNoColor, isASCII: !isUTF8)
  }

  /// A line whose lead has a tone. What a server said in it is shown, never obeyed.
  func line(_ tone: Tone, _ lead: String, _ rest: String) -> String {
    let (lead, rest) = (HostileText.escaped(lead), HostileText.escaped(rest))
    guard hasColor, let color = Self.color(tone) else { return lead + rest + "\n" }
    return "\u{1B}[\(color)m\(lead)\u{1B}[m\(rest)\n"
  }

  private static func color(_ tone: Tone) -> String? {
    switch tone {
    case .plain: nil
    case .title: "1"
    case .quiet: "2"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

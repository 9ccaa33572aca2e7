package import Canvas
import Glibc

extension ColorDepth {
  /// The colours a terminal shows, from its environment and its terminfo entry.
  ///
  /// A non-empty NO_COLOR (no-color.org) means mono, which keeps bold and reverse. `maximumColors`
  /// is terminfo's `colors`, negative when absent; `hasDirectColor` its `RGB` or `Tc`.
  package static func detected(
    environment: [String: String], maximumColors: Int, hasDirectColor: Bool
  ) -> ColorDepth {
    if !(environment["NO_COLOR"] ?? "").isEmpty { return .mono }
    let promise = environment["COLORTERM"]
    if hasDirectColor || promise == "truecolor" || promise == "24bit" { return .truecolor }
    return switch maximumColors {
    case 256...: .ansi256
    case 8...: .ansi16
    default: .mono
    }
  }
}

/// The variables that describe the terminal, where set.
func terminalEnvironment() -> [String: String] {
  var variables: [String: String] = [:]
  for name in ["TERM", "COLORTERM", "NO_COLOR", "SSH_TTY"] {
    if let value = getenv(name) { variables[name] = String(cString: value) }
  }
  return variables
}

/// Sets the character set of the process from its locale and tells which glyphs that allows.
///
/// The plain C locale says nothing about the terminal, and containers have no other: UTF-8 is
/// assumed there. A locale that names another character set is believed.
func adoptLocale() -> Charset {
  let isKnown = setlocale(LC_CTYPE, "") != nil
  if isKnown, currentCodeset() == "UTF-8" { return .unicode }
  if isKnown, currentCodeset() != "ANSI_X3.4-1968" { return .ascii }
  return setlocale(LC_CTYPE, "C.UTF-8") == nil ? .ascii : .unicode
}

private func currentCodeset() -> String {
  nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? ""
}

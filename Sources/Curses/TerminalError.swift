/// Why the screen cannot be used. Each description is one line: what is wrong and what to do.
package enum TerminalError: Error, Hashable, Sendable {
  /// Standard output is a file or a pipe.
  case outputIsNotATerminal
  /// Standard input is no terminal and the process has no controlling one to read keys from.
  case noKeyboard
  /// TERM is unset or empty.
  case termIsNotSet
  /// No terminfo entry describes this value of TERM.
  case unknownTerm(String)
  /// The terminal cannot place its cursor, as `dumb` cannot.
  case incapableTerm(String)
  /// Another `Terminal` of this process is still in use.
  case alreadyOpen
  /// A system call failed: what was being done, and the system's reason.
  case system(doing: String, reason: String)
}

extension TerminalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .outputIsNotATerminal:
      "standard output is not a terminal: run in one, or use `podium snapshot` or `podium tail`"
    case .noKeyboard:
      "no keyboard: standard input is not a terminal and /dev/tty cannot be opened; run in a"
        + " terminal, for example with `ssh -t`"
    case .termIsNotSet:
      "TERM is not set: set it to your terminal's name, for example TERM=xterm-256color"
    case .unknownTerm(let name):
      "the terminal database has no entry for TERM=\(Self.printable(name)): install it"
        + " (ncurses-term), or try TERM=xterm-256color"
    case .incapableTerm(let name):
      "TERM=\(Self.printable(name)) cannot place a cursor: use a full-screen terminal and set"
        + " TERM, for example TERM=xterm-256color"
    case .alreadyOpen:
      "the terminal is already in use by this process: restore it before opening it again"
    case .system(let action, let reason):
      "\(action): \(reason); run in a terminal that is still open"
    }
  }

  /// A foreign value fit for a one-line message: at most 60 characters, no control characters.
  private static func printable(_ text: String) -> String {
    let isPlain = { (scalar: Unicode.Scalar) in scalar.value >= 0x20 && scalar.value != 0x7F }
    return String(text.unicodeScalars.prefix(60).map { isPlain($0) ? Character($0) : "?" })
  }
}

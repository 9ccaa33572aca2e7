/// A Bash command cut into its simple commands, as far as quotes and operators tell.
///
/// Not a shell: expansions stay as written, and reading ends at a here-document.
struct ShellCommand {
  /// A simple command and the operator behind it.
  struct Part: Equatable {
    var words: [String] = []
    /// `&&`, `||`, `|`, `;` or `&`; nil at the end.
    var next: String?
  }

  let parts: [Part]

  init(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    parts = scanner.parts()
  }

  /// Whether one of the parts runs that program with that first argument.
  func runs(_ program: String, _ argument: String) -> Bool {
    parts.contains { $0.words.starts(with: [program, argument]) }
  }

  /// Whether the exit code 0 of the whole says that this part ended with 0: only `&&` follows it.
  func isConclusive(_ index: Int) -> Bool {
    parts[index...].allSatisfy { $0.next == nil || $0.next == "&&" }
  }

  private struct Scanner {
    let bytes: [UInt8]
    var index = 0
    var words: [String] = []
    var word: [UInt8] = []

    mutating func parts() -> [Part] {
      var parts: [Part] = []
      while index < bytes.count {
        if starts(with: "<<") { break }
        guard let mark = step() else { continue }
        endWord()
        if !words.isEmpty { parts.append(Part(words: words, next: mark)) }
        words = []
      }
      endWord()
      if !words.isEmpty { parts.append(Part(words: words, next: nil)) }
      return parts
    }

    /// Takes one character or quoted text; gives the operator it met.
    private mutating func step() -> String? {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): takeQuoted(byte)
      case UInt8(ascii: "\\"): takeEscaped()
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        index += 1
        endWord()
      case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ";"), 0x0A: return takeOperator(byte)
      default:
        word.append(byte)
        index += 1
      }
      return nil
    }

    private mutating func takeOperator(_ byte: UInt8) -> String? {
      // `2>&1` and `&>file` redirect; they end nothing.
      if byte == UInt8(ascii: "&"), word.last == UInt8(ascii: ">") || starts(with: "&>") {
        word.append(byte)
        index += 1
        return nil
      }
      for mark in ["&&", "||"] where starts(with: mark) {
        index += 2
        return mark
      }
      index += 1
      return byte == 0x0A ? ";" : String(Unicode.Scalar(byte))
    }

    private mutating func takeQuoted(_ quote: UInt8) {
      index += 1
      while index < bytes.count, bytes[index] != quote {
        if quote == UInt8(ascii: "\""), bytes[index] == UInt8(ascii: "\\") { index += 1 }
        if index < bytes.count { word.append(bytes[index]) }
        index += 1
      }
      index += 1
    }

    private mutating func takeEscaped() {
      if index + 1 < bytes.count, bytes[index + 1] != 0x0A { word.append(bytes[index + 1]) }
      index += 2
    }

    private mutating func endWord() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }

    private func starts(with mark: String) -> Bool {
      bytes[index...].starts(with: mark.utf8)
    }
  }
}

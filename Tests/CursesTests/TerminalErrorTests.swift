import Curses
import Testing

@Suite("Terminal errors")
struct TerminalErrorTests {
  @Test(
    "each is one line that says what to do",
    arguments: [
      (TerminalError.outputIsNotATerminal, "podium snapshot"), (.noKeyboard, "ssh -t"),
      (.termIsNotSet, "TERM=xterm-256color"), (.unknownTerm("vt\n\u{1B}x"), "vt??x"),
      (.incapableTerm("dumb"), "TERM=dumb"), (.alreadyOpen, "restore"),
      (.system(doing: "entering the screen", reason: "Input/output error"), "entering the screen"),
    ])
  func oneLine(error: TerminalError, advice: String) {
    #expect(error.description.contains(advice))
    #expect(!error.description.contains("\n"))
  }

  @Test("a foreign TERM is shortened")
  func longTerm() {
    let error = TerminalError.unknownTerm(String(repeating: "x", count: 100_000))
    #expect(error.description.utf8.count < 200)
  }
}

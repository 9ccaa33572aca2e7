import Testing

@testable import Curses

@Suite("Terminfo strings")
struct TerminfoTests {
  @Test(
    "delays are removed",
    arguments: [
      ("\u{1B}[H\u{1B}[2J", "\u{1B}[H\u{1B}[2J"),
      ("\u{1B}[H$<50>\u{1B}[J$<20/>", "\u{1B}[H\u{1B}[J"),
      ("$<2*>", ""), ("a$b", "a$b"), ("a$<5", "a$<5"), ("$", "$"), ("", ""),
    ])
  func padding(text: String, expected: String) {
    #expect(String(decoding: withoutPadding(Array(text.utf8)), as: UTF8.self) == expected)
  }
}

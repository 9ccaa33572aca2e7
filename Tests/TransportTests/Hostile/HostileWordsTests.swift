import Domain
import Testing

@testable import Transport

@Suite("A server's words in ours")
struct HostileWordsTests {
  @Test("are shown, not obeyed: controls, turned reading orders and separators are replaced")
  func replaced() {
    #expect(harmless("a\u{1B}[2Jb") == "a\u{FFFD}[2Jb")
    #expect(
      harmless("\u{9B}31m\u{7F}\u{0}\r\n\t") == "\u{FFFD}31m"
        + String(repeating: "\u{FFFD}", count: 5))
    #expect(
      harmless("\u{202E}evil\u{2066}\u{2028}\u{200F}\u{61C}") == "\u{FFFD}evil"
        + String(repeating: "\u{FFFD}", count: 4))
    #expect(harmless("schön 日本 👩‍🍳") == "schön 日本 👩‍🍳")
  }

  @Test("are cut where they are long")
  func cut() {
    #expect(harmless("abcdef", limit: 3) == "abc…")
    #expect(harmless("abc", limit: 3) == "abc")
  }

  @Test(
    "never carry a control character, whatever field they came in",
    arguments: [
      Answer.Head(status: 200, contentType: "text/\u{9B}31m; charset=\u{1B}[2J"),
      Answer.Head(status: 200, contentType: "\u{1B}]0;evil\u{7}/x"),
      Answer.Head(status: 503, retryAfter: "\u{1B}[2J"),
      Answer.Head(status: 599), Answer.Head(status: 999), Answer.Head(status: -1),
      Answer.Head(status: 302, location: "\u{1B}[2J"),
    ])
  func answers(head: Answer.Head) {
    let words: String
    switch Answer(head, now: Timestamp(seconds: 0)) {
    case .refused(let reason): words = reason
    case .busy(let reason, let wait):
      words = reason
      #expect(wait == nil)
    default: words = ""
    }
    #expect(words.unicodeScalars.allSatisfy { harmless(String($0)) == String($0) })
  }

  @Test("a redirection's target is shown harmless")
  func location() async throws {
    try await Bench.run(
      [.status(302, [("Location", "http://evil\u{9B}31m.test/\u{202E}x")])]
    ) { bench in
      guard case .failed(.refused(let reason)) = await bench.group.firstOutcome(of: 0) else {
        Issue.record("it was followed")
        return
      }
      #expect(reason.unicodeScalars.allSatisfy { harmless(String($0)) == String($0) })
    }
  }
}

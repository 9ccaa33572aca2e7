import Domain
import Testing

@testable import Wire

@Suite("broken transcripts")
struct BrokenTranscriptTests {
  private func user(_ uuid: String, _ rest: String = "") -> String {
    #"{"type":"user","uuid":"\#(uuid)","sessionId":"s1234567-x","timestamp":"2026-01-01T00:00:00Z""#
      + #"\#(rest),"message":{"role":"user","content":"hello"}}"# + "\n"
  }

  @Test("a cut row, a row that is no object and garbage are passed over, the rest is read")
  func garbage() {
    var run = TranscriptRun()
    run.feed(#"{"type":"user","uuid":"#)
    run.feed("\n[1,2]\n\u{1}\u{2}\n\n" + user("a"))
    #expect(run.problems.map(\.line) == [1, 2, 3])
    #expect(run.decoder.problems == 3)
    #expect(run.count(.agentStarted) == 1)
  }

  @Test("a last line without its line end waits for the rest")
  func growingFile() {
    var run = TranscriptRun()
    let row = user("a")
    run.feed(String(row.dropLast(30)))
    #expect(run.events.isEmpty && run.problems.isEmpty)
    run.feed(String(row.suffix(30)))
    #expect(run.count(.agentStarted) == 1)
    run.feed(String(user("b").dropLast()))
    #expect(run.decoder.rows == 1)
    run.finish()
    #expect(run.decoder.rows == 2)
  }

  @Test("missing members are named: type, session, message, data")
  func missingMembers() {
    var run = TranscriptRun()
    run.feed(#"{"uuid":"a"}"# + "\n")
    run.feed(#"{"type":"user","uuid":"b","message":{}}"# + "\n")
    run.feed(#"{"type":"user","uuid":"c","sessionId":"s1234567-x"}"# + "\n")
    run.feed(#"{"type":"progress","uuid":"d"}"# + "\n")
    #expect(
      run.problems.map(\.reason) == [
        .missing("type"), .missing("sessionId"), .missing("message"), .missing("data"),
      ])
    #expect(
      run.problems.first?.description
        == "main.jsonl:1: the row has no type and was passed over")
  }

  @Test("members of another shape count as absent")
  func wrongShapes() {
    var run = TranscriptRun()
    run.feed(
      #"{"type":"assistant","uuid":7,"sessionId":"s1234567-x","timestamp":[],"isSidechain":"no","#
        + #""message":{"id":{},"usage":[1],"content":[7,{"type":"tool_use","id":1},"#
        + #"{"type":"tool_use","id":"t","name":"Edit","input":[]},{"type":"tool_result"}]},"#
        + #""toolUseResult":[{"status":1}]}"# + "\n")
    #expect(run.problems.isEmpty)
    #expect(run.tools == ["Edit": 1])
    #expect(run.events.allSatisfy { $0.time == nil })
    #expect(run.events.first?.id == "main.jsonl#1/agent.started/s1234567")
  }

  @Test("a row beyond the bound is reported, the next one is read")
  func tooLong() {
    var run = TranscriptRun(maximumLineBytes: 300)
    run.feed(user("a", #","x":"\#(String(repeating: "y", count: 400))""#) + user("b"))
    #expect(run.problems.count == 1)
    #expect(run.count(.agentStarted) == 1)
  }

  @Test("token counts that no message can have neither trap nor count below zero")
  func absurdTokens() {
    var run = TranscriptRun()
    let usage =
      #"{"input_tokens":9223372036854775807,"cache_creation_input_tokens":9e99,"#
      + #""output_tokens":-5,"cache_read_input_tokens":"many"}"#
    run.feed(
      #"{"type":"assistant","uuid":"a","sessionId":"s1234567-x","message":{"id":"m","usage":"#
        + usage + "}}\n")
    #expect(run.sum(.tokensIn) == 1 << 40)
    #expect(run.sum(.tokensOut) == 0)
  }

  @Test("every prefix of a row is a problem or nothing, never a crash")
  func everyCut() throws {
    let bytes = try SharedData.fixture("wire/claude-code/session.jsonl")
    let row = Array(bytes.split(separator: 0x0A)[3])
    for end in 1..<row.count {
      var run = TranscriptRun()
      run.feed(Array(row[..<end]) + [0x0A], as: "cut")
      #expect(run.problems.count == 1)
    }
  }
}

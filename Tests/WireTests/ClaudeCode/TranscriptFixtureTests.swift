import Domain
import Testing

@testable import Wire

@Suite("the written transcript")
struct TranscriptFixtureTests {
  private func run(size: Int = .max) throws -> TranscriptRun {
    var run = TranscriptRun()
    for file in ["session.jsonl", "subagents/agent-a111111.jsonl"] {
      run.feed(try SharedData.fixture("wire/claude-code/\(file)"), as: file, size: size)
      run.finish(file)
    }
    return run
  }

  @Test("its events are those written beside it")
  func wholeSession() throws {
    let text = String(
      decoding: try SharedData.fixture("wire/claude-code/session.events.txt"), as: UTF8.self)
    let expected = text.split(separator: "\n").map(String.init)
    let lines = try run().lines
    #expect(lines.count == expected.count)
    for (line, expected) in zip(lines, expected) { #expect(line == expected) }
  }

  @Test("pieces of any size give the same events", arguments: 1...9)
  func chunking(size: Int) throws {
    #expect(try run(size: size).events == run().events)
  }

  @Test("only the row of unknown type is a problem, and it gives an unmapped event")
  func unknownType() throws {
    let run = try run()
    #expect(
      run.problems == [
        TranscriptProblem(file: "session.jsonl", line: 56, reason: .unknownType("starlight"))
      ])
    #expect(run.events.contains { $0.type == .unmapped("claude-code.starlight") })
  }

  @Test("reading a file again tells nothing twice")
  func again() throws {
    var run = try run()
    let count = run.events.count
    run.feed(try SharedData.fixture("wire/claude-code/session.jsonl"), as: "session.jsonl")
    #expect(run.events.count == count)
    #expect(run.decoder.repeats == 3 + 55)
  }
}

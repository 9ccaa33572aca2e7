import Domain
import Testing

@testable import Wire

@Suite("transcripts on the board", .enabled(if: Transcripts.isExpected))
struct TranscriptBoardTests {
  /// A moment after every row of the public transcripts.
  private let now = Timestamp(rfc3339: "2026-03-02T00:00:00Z") ?? Timestamp(seconds: 0)

  private func board(of run: TranscriptRun) -> Board {
    var board = Board()
    for event in run.events { _ = board.apply(event, at: event.time ?? now) }
    return board
  }

  @Test("the long session shows its four agents with their calls, tokens and ends")
  func realSession() throws {
    var run = TranscriptRun()
    let files = ["\(Transcripts.session).jsonl"] + Transcripts.subagents
    for file in files { run.feed(try Transcripts.bytes(file), as: file) }
    let board = board(of: run)
    let root = try #require(board.fleet.agent("fa812bfe"))
    #expect(root.model == "claude-opus-4-6")
    #expect(root.permissionMode == "bypassPermissions")
    #expect(root.state == .idle)
    #expect(root.callCount == 197)
    #expect(root.failedCallCount == 8)
    #expect(root.usage.input == 261_714)
    #expect(root.usage.output == 36_256)
    #expect(root.usage.cached == 15_373_675)
    let child = try #require(board.fleet.agent("a93ccab"))
    #expect(child.parent == "fa812bfe")
    #expect(child.type == "Explore")
    #expect(child.state == .completed)
    #expect(child.callCount == 25)
    #expect(board.fleet.agent("acompact-70d8e7")?.state == .completed)
    #expect(board.stream.unmapped == 0)
    #expect(board.stream.duplicates == 0)
    #expect(board.stream.late == 0)
  }

  @Test("the written transcript shows its tasks and its one unmapped row")
  func writtenSession() throws {
    var run = TranscriptRun()
    run.feed(try SharedData.fixture("wire/claude-code/session.jsonl"), as: "session.jsonl")
    let board = board(of: run)
    #expect(board.fleet.task("5e551011.todo-2")?.state == .completed)
    #expect(board.fleet.task("5e551011.task-1")?.dependsOn == ["5e551011.task-7"])
    #expect(board.fleet.agent("a111111")?.state == .completed)
    #expect(board.stream.unmapped == 1)
  }
}

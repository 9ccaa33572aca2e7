import Domain
import Testing

@testable import Wire

/// The literal counts were taken from the files with jq, with these filters:
/// - tool calls: `jq -r 'select(.type=="assistant").message.content[]|select(.type=="tool_use").name'`
///   then `sort | uniq -c`
/// - failed calls: `jq -r 'select(.type=="user").message.content|arrays[]|select(.is_error)'`
/// - tokens: `jq -s '[.[]|select(.type=="assistant").message]|group_by(.id)|map(map(.usage)|{…max})'`,
///   summed; `in` is input_tokens and cache_creation_input_tokens together
@Suite("real transcripts", .enabled(if: Transcripts.isExpected))
struct RealTranscriptTests {
  private func run(_ files: [String]) throws -> TranscriptRun {
    var run = TranscriptRun()
    for file in files {
      run.feed(try Transcripts.bytes(file), as: file)
      run.finish(file)
    }
    return run
  }

  private var main: String { "\(Transcripts.session).jsonl" }

  @Test("a session and its sub-agents' files count each call, token and agent once, in any order")
  func wholeSession() throws {
    for files in [[main] + Transcripts.subagents, Transcripts.subagents + [main]] {
      let run = try run(files)
      #expect(run.decoder.rows == 2_110)
      #expect(run.problems.isEmpty)
      #expect(
        run.tools == [
          "Bash": 78, "Edit": 50, "Read": 62, "Write": 12, "Grep": 15, "Glob": 23, "Task": 2,
          "TaskOutput": 1,
        ])
      #expect(run.count(.agentToolFinished) == 235)
      #expect(run.count(.agentToolFailed) == 8)
      #expect(run.sum(.tokensIn) == 362_436)
      #expect(run.sum(.tokensOut) == 36_307)
      #expect(run.sum(.tokensCache) == 16_175_673)
      #expect(
        Set(run.events(.agentStarted).compactMap { $0.data.text(.agent) })
          == ["fa812bfe", "a93ccab", "aa84377", "acompact-70d8e7"])
      #expect(
        run.events(.agentStopped).compactMap { $0.data.text(.agent) }.sorted()
          == ["a93ccab", "aa84377", "acompact-70d8e7"])
      #expect(run.count(.agentLost) == 0)
    }
  }

  @Test("the main file alone tells its sub-agents from their progress rows")
  func mainFileAlone() throws {
    let run = try run([main])
    #expect(run.decoder.rows == 1_881)
    #expect(
      run.tools == [
        "Bash": 78, "Edit": 50, "Read": 62, "Write": 12, "Grep": 15, "Glob": 23, "Task": 2,
        "TaskOutput": 1,
      ])
    #expect(run.sum(.tokensIn) == 353_732)
    #expect(run.sum(.tokensOut) == 36_293)
    #expect(run.sum(.tokensCache) == 15_916_893)
    let starts = run.events(.agentStarted).filter { $0.data.text(.agent) == "a93ccab" }
    #expect(starts.first?.data.text(.type) == "Explore")
    #expect(starts.first?.data.text(.parent) == "fa812bfe")
    #expect(starts.first?.data.text(.basis) == "asserted")
    #expect(starts.first?.data.text(.description) == "Explore existing codebase")
  }

  @Test("event ids are unique, and the same whatever the order of the files")
  func identities() throws {
    let one = try run([main] + Transcripts.subagents)
    #expect(Set(one.events.map(\.id)).count == one.events.count)
    let calls: Set<EventKind> = [.agentToolStarted, .agentToolFinished, .agentToolFailed]
    let ids = { (run: TranscriptRun) in
      Set(calls.flatMap { run.events($0) }.map(\.id))
    }
    #expect(ids(one) == ids(try run(Transcripts.subagents + [main])))
  }

  @Test("1,432 progress rows give at most one sign of life a second and agent")
  func progressIsCoalesced() throws {
    let run = try run([main] + Transcripts.subagents)
    var last: [String: (state: String, time: Timestamp)] = [:]
    for event in run.events(.agentState) {
      guard let agent = event.data.text(.agent), let state = event.data.text(.state),
        let time = event.time
      else { continue }
      if let before = last[agent], before.state == state {
        #expect(state == "working" && time - before.time >= .seconds(1))
      }
      last[agent] = (state, time)
    }
    #expect(run.count(.agentState) == 170)
  }

  @Test("checks of the real session: exit codes give evidence, edits age it")
  func evidence() throws {
    let run = try run([main])
    #expect(run.count(.evidenceProvided) == 24)
    let verdicts = run.events(.evidenceJudged).map { $0.data.text(.verdict) }
    #expect(verdicts.count { $0 == "pass" } == 20)
    #expect(verdicts.count { $0 == "fail" } == 4)
  }

  @Test("a question and a plan are waited for, and the interrupt ends a turn")
  func waiting() throws {
    let asked = try run(["subagent.jsonl"])
    let waits = asked.events(.agentState).filter { $0.data.text(.state) == "waiting" }
    #expect(waits.map { $0.data.text(.reason) } == ["input", "permission"])
    #expect(asked.tools["WebSearch"] == 5)
    let heavy = try run(["tool_heavy.jsonl"])
    #expect(
      heavy.tools == ["Bash": 2, "WebSearch": 1, "Glob": 1, "Read": 1, "WebFetch": 1])
    let interrupts = heavy.events(.agentState).filter {
      $0.data.text(.reason) == "interrupted by user"
    }
    #expect(interrupts.count == 2)
  }

  @Test("pieces of any size give the events of the whole", arguments: 1...9)
  func chunking(size: Int) throws {
    for file in ["short.jsonl", "tool_heavy.jsonl"] {
      let bytes = try Transcripts.bytes(file)
      var whole = TranscriptRun()
      whole.feed(bytes, as: file)
      var pieces = TranscriptRun()
      pieces.feed(bytes, as: file, size: size)
      #expect(pieces.events == whole.events)
      #expect(!whole.events.isEmpty)
    }
  }
}

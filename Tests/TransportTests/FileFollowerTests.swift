import Domain
import Glibc
import Testing
import Wire

@testable import Transport

@Suite("Followed files", .timeLimit(.minutes(1)))
struct FileFollowerTests {
  @Test("a file is read from its start, then as it grows")
  func growth() async throws {
    try await follow("a.ndjson", format: .ndjson) { folder in
      folder.write("a.ndjson", "one\n")
    } check: { folder, sink in
      await sink.wait(forText: "one\n")
      folder.append("a.ndjson", "two\n")
      await sink.wait(forText: "one\ntwo\n")
      #expect(sink.facts == [.connecting(attempt: 1), .connected(.file, resumedFrom: nil)])
    }
  }

  @Test("a truncated file is reported and read from its start again")
  func truncation() async throws {
    try await follow("a.ndjson", format: .ndjson) { folder in
      folder.write("a.ndjson", "long line\n")
    } check: { folder, sink in
      await sink.wait(forText: "long line\n")
      folder.write("a.ndjson", "new\n")
      await sink.wait(forText: "long line\nnew\n")
      #expect(sink.facts.contains(.lost(reason: "a.ndjson was truncated")))
      #expect(sink.facts.last == .connected(.file, resumedFrom: nil))
    }
  }

  @Test("a file that another replaces is read from its start")
  func rotation() async throws {
    try await follow("a.ndjson", format: .ndjson) { folder in
      folder.write("a.ndjson", "old\n")
    } check: { folder, sink in
      await sink.wait(forText: "old\n")
      folder.write("b", "a longer new one\n")
      folder.rename("b", "a.ndjson")
      await sink.wait(forText: "old\na longer new one\n")
      folder.append("a.ndjson", "more\n")
      await sink.wait(forText: "one\nmore\n")
    }
  }

  @Test("a folder's transcripts are told apart, and new ones are found at any depth")
  func folder() async throws {
    try await follow("", format: .claudeCode) { folder in
      folder.write("b.jsonl", "b\n")
      folder.write("notes.txt", "no\n")
      folder.write("a.jsonl", "a\n")
    } check: { folder, sink in
      await sink.wait(forText: "a\nb\n")
      folder.makeFolder("s")
      folder.makeFolder("s/subagents")
      folder.write("s/subagents/agent-1.jsonl", "c\n")
      await sink.wait(forText: "a\nb\nc\n")
      folder.append("s/subagents/agent-1.jsonl", "d\n")
      folder.append("notes.txt", "no\n")
      await sink.wait(forText: "a\nb\nc\nd\n")
      #expect(sink.files == ["a.jsonl", "b.jsonl", "s/subagents/agent-1.jsonl"])
    }
  }

  @Test("a transcript brings its session's sub-agents, also those that come later")
  func companion() async throws {
    try await follow("x.jsonl", format: .claudeCode) { folder in
      folder.write("x.jsonl", "a\n")
      folder.write("y.jsonl", "no\n")
    } check: { folder, sink in
      await sink.wait(forText: "a\n")
      folder.makeFolder("x")
      folder.makeFolder("x/subagents")
      folder.write("x/subagents/agent-2.jsonl", "b\n")
      await sink.wait(forText: "a\nb\n")
      #expect(sink.files == ["x.jsonl", "x/subagents/agent-2.jsonl"])
    }
  }

  @Test("without following, a file ends where it ends")
  func ends() async throws {
    let folder = TemporaryFolder()
    folder.makeFolder("x")
    folder.write("x.jsonl", String(repeating: "0123456789abcdef", count: 40_000))
    folder.write("x/agent.jsonl", "b\n")
    let sink = CollectingSink()
    let group = TransportGroup(
      sources: [
        Source(.files(path: folder.path + "/x.jsonl", format: .claudeCode, follow: false))
      ], sink: sink)
    group.start()
    await group.finished()
    #expect(sink.bytes.count == 640_002)
    #expect(sink.inbound.allSatisfy { $0.size <= 262_144 })
    #expect(sink.facts.last == .ended)
    #expect(sink.files == ["x.jsonl", "x/agent.jsonl"])
  }

  @Test("what is not there, or no file, is refused")
  func refused() async throws {
    let folder = TemporaryFolder()
    let paths: [(String, FileFormat)] = [
      (folder.path + "/none", .ndjson), (folder.path, .ndjson), ("/dev/null", .ndjson),
    ]
    let sink = CollectingSink()
    let group = TransportGroup(
      sources: paths.map { Source(.files(path: $0.0, format: $0.1, follow: true)) }, sink: sink)
    group.start()
    for index in paths.indices {
      guard case .failed(.refused) = await group.firstOutcome(of: index) else {
        Issue.record("not refused: \(paths[index].0)")
        continue
      }
    }
    await group.finished()
    #expect(sink.facts.count { $0.isRefused } == 3)
  }

  @Test("piped input is handed on as it comes, to its end")
  func pipe() async throws {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    let sink = CollectingSink()
    let feed = Feed(connection: 0, sink: sink, clock: ManualClock().clock)
    let input = StandardInput(feed: feed, control: SourceControl(), descriptor: ends[0])
    async let done: Void = input.run()
    await sink.wait { CollectingSink.facts(of: $0).contains { $0.isConnected } }
    _ = write(ends[1], "{}\n", 3)
    await sink.wait(forText: "{}\n")
    close(ends[1])
    await done
    close(ends[0])
    #expect(
      sink.facts == [
        .connecting(attempt: 1), .connected(.standardInput, resumedFrom: nil), .ended,
      ])
  }

  @Test("a wait ends with what comes or when it is given up, and its descriptor may be closed then")
  func waits() async throws {
    for number in 0..<400 {
      var ends: [Int32] = [0, 0]
      try #require(Glibc.pipe(&ends) == 0)
      let (reading, writing) = (ends[0], ends[1])
      let task = Task { await readable(reading) }
      if number % 3 == 0 {
        task.cancel()
      } else if number % 3 == 1 {
        #expect(Glibc.write(writing, "x", 1) == 1)
      } else {
        close(writing)
      }
      #expect(await task.value == (number % 3 != 0))
      close(reading)
      if number % 3 != 2 { close(writing) }
    }
  }

  @Test("silent input lets go when it is cancelled; closed input is refused")
  func silentPipe() async throws {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    let sink = CollectingSink()
    let feed = Feed(connection: 0, sink: sink, clock: ManualClock().clock)
    let input = StandardInput(feed: feed, control: SourceControl(), descriptor: ends[0])
    let task = Task { await input.run() }
    await sink.wait { CollectingSink.facts(of: $0).contains { $0.isConnected } }
    task.cancel()
    await task.value
    close(ends[0])
    close(ends[1])
    await StandardInput(feed: feed, control: SourceControl(), descriptor: 1_023).run()
    #expect(sink.facts.last?.isRefused == true)
  }

  private func follow(
    _ name: String, format: FileFormat, prepare: (TemporaryFolder) -> Void,
    check: (TemporaryFolder, CollectingSink) async throws -> Void
  ) async throws {
    let folder = TemporaryFolder()
    prepare(folder)
    let sink = CollectingSink()
    let path = name.isEmpty ? folder.path : folder.path + "/" + name
    let group = TransportGroup(
      sources: [Source(.files(path: path, format: format, follow: true))], sink: sink)
    group.start()
    do { try await check(folder, sink) } catch { Issue.record(error) }
    await group.stop()
  }
}

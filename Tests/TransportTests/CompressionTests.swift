import Domain
import NIOHTTP1
import Testing
import Wire

@testable import Transport

@Suite("Compressed bodies", .timeLimit(.minutes(1)))
struct CompressionTests {
  @Test("a compressed stream gives each event when its bytes came, and tells what it saves")
  func prompt() async throws {
    let first = CompressedBody.gzipHead + CompressedBody.stored("data: a\n\n")
    try await Bench.run([stream(first, "gzip")], mode: .stream) { bench in
      await bench.sink.wait(forText: "data: a\n\n")
      bench.server.send(CompressedBody.stored("data: b\n\n"))
      await bench.sink.wait(forText: "data: b\n\n")
      #expect(bench.sink.events == ["a", "b"])
      #expect(bench.server.requests.map { $0.headers["Accept-Encoding"] } == [["gzip, deflate"]])
      // The clock of the test stands still: the second piece is within the same second.
      #expect(bench.sink.facts.filter(\.isCompression) == [.compressed(received: 24, inflated: 9)])
    }
  }

  @Test("deflate may come without its wrapper, as some servers send it")
  func rawDeflate() async throws {
    let body = CompressedBody.stored("data: a\n\n")
    try await Bench.run([stream(body, "Deflate")], mode: .stream) { bench in
      await bench.sink.wait(forText: "data: a\n\n")
    }
  }

  @Test("compressed documents are read, and what they save is added up over the connection")
  func documents() async throws {
    let answer = document(CompressedBody.stored("[{}]", isLast: true))
    try await Bench.run([answer, .status(304), .json("[1]"), answer], mode: .poll) { bench in
      bench.clock.stop(after: 3)
      await bench.sink.wait(count: 3) { $0.isCompression }
      #expect(bench.sink.text == "[{}][1][{}]")
      // A document without a coding counts as much on either side; the clock of the test moves by
      // the second between two polls.
      #expect(
        bench.sink.facts.filter(\.isCompression) == [
          .compressed(received: 9, inflated: 4), .compressed(received: 12, inflated: 7),
          .compressed(received: 21, inflated: 11),
        ])
    }
  }

  @Test("polls without a content coding tell nothing of compression")
  func plainDocuments() async throws {
    try await Bench.run([.json("[1]"), .json("[2]")], mode: .poll) { bench in
      bench.clock.stop(after: 1)
      await bench.until { bench.clock.slept.count == 2 }
      #expect(!bench.sink.facts.contains { $0.isCompression })
    }
  }

  @Test("an unknown coding is refused, its name made harmless")
  func unknown() async throws {
    try await Bench.run([stream([1, 2], "b\u{9B}r")], mode: .stream) { bench in
      let reason =
        "the server sends its answer in the coding “b\u{FFFD}r”, which was not asked for"
      #expect(await bench.group.firstOutcome(of: 0) == .failed(.refused(reason: reason)))
    }
  }

  @Test("a stream that is no gzip is lost, and tried again")
  func damaged() async throws {
    try await Bench.run([stream([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "gzip")], mode: .stream) {
      await $0.sink.wait { $0.isLost }
      #expect(
        $0.sink.facts.contains {
          guard case .lost(let reason) = $0 else { return false }
          return reason.hasPrefix("the compressed body is bad")
        })
    }
  }

  @Test("a document that inflates beyond the bound is refused, whatever its ratio")
  func bomb() async throws {
    let body = CompressedBody.bomb(of: 0x20, times: 10_000)
    #expect(body.count < 17_000)
    try await Bench.run(
      [document(body)], mode: .poll, options: { $0.maximumDocumentBytes = 1 << 20 }
    ) {
      #expect(
        await $0.group.firstOutcome(of: 0)
          == .failed(.refused(reason: "the answer is longer than 1 MiB: ask for less")))
    }
  }

  private func document(_ body: [UInt8]) -> ScriptedServer.Answer {
    ScriptedServer.Answer(
      status: 200,
      headers: [("Content-Type", "application/json"), ("Content-Encoding", "deflate")],
      body: body, end: .complete)
  }

  private func stream(_ body: [UInt8], _ coding: String) -> ScriptedServer.Answer {
    ScriptedServer.Answer(
      status: 200, headers: [("Content-Type", "text/event-stream"), ("Content-Encoding", coding)],
      body: body, end: .hold)
  }
}

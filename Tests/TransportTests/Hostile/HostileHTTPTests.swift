import Domain
import Testing
import Wire

@testable import Transport

@Suite("Servers that mean harm", .timeLimit(.minutes(1)))
struct HostileHTTPTests {
  @Test("headers without end are refused, with what is too much")
  func endlessHeaders() async throws {
    let field = "X-Filler: " + String(repeating: "x", count: 1_000) + "\r\n"
    let answer = RawServer.Answer("HTTP/1.1 200 OK\r\n", endless: field)
    #expect(try await outcome([answer]) == .failed(.refused(reason: tooLong)))
  }

  @Test("one header without end is refused too")
  func endlessHeader() async throws {
    let answer = RawServer.Answer(
      "HTTP/1.1 200 OK\r\nX: ", endless: String(repeating: "x", count: 4_096))
    #expect(try await outcome([answer]) == .failed(.refused(reason: tooLong)))
  }

  @Test("a head of more than 64 KiB is refused, also where it ends")
  func longHead() async throws {
    let fields = (0..<70).map { "X\($0): " + String(repeating: "x", count: 1_000) + "\r\n" }
    let answer = RawServer.Answer(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + fields.joined() + "\r\n")
    #expect(try await outcome([answer]) == .failed(.refused(reason: tooLong)))
  }

  @Test("a trailer without end loses the stream and no more")
  func endlessTrailer() async throws {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    let answer = RawServer.Answer(head + "0\r\n", endless: "X: " + filler(1_000) + "\r\n")
    let reason = try await loss([answer])
    #expect(reason == "the server ended the stream with more than 64 KiB of headers")
  }

  @Test("redirections in a circle end after five")
  func circle() async throws {
    let answer = RawServer.Answer(
      "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    #expect(
      try await outcome([answer])
        == .failed(.refused(reason: "more than 5 redirections in a row: check the address")))
  }

  @Test("interim answers without end run into the time limit")
  func endlessInterim() async throws {
    let answer = RawServer.Answer("", endless: "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
    let outcome = try await outcome([answer]) { $0.answerTimeout = .milliseconds(200) }
    guard case .failed = outcome else {
      Issue.record("it was accepted")
      return
    }
  }

  @Test("a head that does not end in time is no answer")
  func drip() async throws {
    let answer = RawServer.Answer("HTTP/1.1 200 OK\r\nContent-Ty")
    let outcome = try await outcome([answer]) { $0.answerTimeout = .milliseconds(50) }
    guard case .failed(.unanswered(host: "127.0.0.1", port: _)) = outcome else {
      Issue.record("it was \(outcome)")
      return
    }
  }

  @Test("bytes after an answer without a body are not read as anything")
  func bodyAfter204() async throws {
    let answer = RawServer.Answer("HTTP/1.1 204 No Content\r\n\r\ndata: evil\n\n")
    #expect(
      try await outcome([answer])
        == .failed(.refused(reason: "the server has nothing to stream (204)")))
  }

  @Test("a chunk whose size line is a mebibyte long does no harm")
  func longChunkLine() async throws {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    let answer = RawServer.Answer(
      head + "9;" + filler(1 << 20) + "\r\ndata: a\n\n\r\n0\r\n\r\n", closes: true)
    _ = try await loss([answer])
  }

  @Test(
    "a chunk size that is none, or overflows, loses the stream",
    arguments: ["zz\r\n", "FFFFFFFFFFFFFFFFF\r\n", "-1\r\n"])
  func chunkSizes(size: String) async throws {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(try await loss([RawServer.Answer(head + size)]) == "the server cut the stream off")
  }

  @Test("a body shorter than it was said to be is lost, not taken for whole")
  func shortBody() async throws {
    let answer = RawServer.Answer(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: a\n\n",
      closes: true)
    #expect(try await loss([answer]) == "the server cut the stream off")
  }

  @Test("bytes beyond the said length are no part of the body")
  func longBody() async throws {
    let answer = RawServer.Answer(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\n"
        + "data: a\n\ndata: evil\n\n")
    let sink = CollectingSink()
    try await run([answer], sink) { _ in
      await sink.wait { $0.isLost }
      #expect(Set(sink.events) == ["a"])
    }
  }

  @Test(
    "lengths that contradict each other are no HTTP",
    arguments: [
      "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: -5\r\n",
      "Content-Length: 99999999999999999999\r\n",
    ])
  func lengths(fields: String) async throws {
    let answer = RawServer.Answer(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(fields)\r\ndata: a\n\n", closes: true
    )
    guard case .failed = try await outcome([answer]) else {
      Issue.record("it was accepted")
      return
    }
  }

  @Test("a line without end is let go of, and the next event is read")
  func endlessLine() async throws {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    let answer = RawServer.Answer(
      head + "data: " + filler(17 << 20) + "\n\ndata: a\n\n", closes: true)
    let sink = CollectingSink()
    try await run([answer], sink) { _ in
      await sink.wait { $0.isLost }
      #expect(Set(sink.events) == ["a"])
      #expect(sink.inbound.allSatisfy { $0.size <= 1 << 20 })
    }
  }

  @Test("a stream that inflates a hundredfold comes in small pieces")
  func streamBomb() async throws {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: deflate\r\n\r\n"
    let bomb = CompressedBody.bomb(of: 0x78, times: 40_000)
    let sink = CollectingSink()
    try await run([RawServer.Answer(Array(head.utf8) + bomb, closes: true)], sink) { _ in
      await sink.wait { $0.isLost }
      #expect(sink.inbound.reduce(0) { $0 + $1.size } > 10_000_000)
      #expect(sink.inbound.allSatisfy { $0.size <= 64 << 10 })
    }
  }

  @Test("bytes that are no UTF-8 go on as they are, for the decoder to replace")
  func invalidUTF8() async throws {
    let head = Array("HTTP/1.1 200 \u{FF}\r\nContent-Type: text/event-stream\r\n\r\ndata: ".utf8)
    let answer = RawServer.Answer(head + [0xC0, 0xFF, 0x0A, 0x0A], closes: true)
    let sink = CollectingSink()
    try await run([answer], sink) { _ in
      await sink.wait { $0.isLost }
      #expect(Set(sink.events) == ["\u{FFFD}\u{FFFD}"])
    }
  }

  private let tooLong =
    "the server's answer begins with more than 64 KiB of headers: check the address"

  private func filler(_ count: Int) -> String { String(repeating: "x", count: count) }

  private func outcome(
    _ answers: [RawServer.Answer], _ change: (inout TransportOptions) -> Void = { _ in }
  ) async throws -> FirstAttempt {
    var outcome = FirstAttempt.failed(.stopped)
    try await run(answers, CollectingSink(), change) { outcome = await $0.firstOutcome(of: 0) }
    return outcome
  }

  private func loss(_ answers: [RawServer.Answer]) async throws -> String? {
    let sink = CollectingSink()
    try await run(answers, sink) { _ in await sink.wait { $0.isLost } }
    for case .lost(let reason) in sink.facts { return reason }
    return nil
  }

  private func run(
    _ answers: [RawServer.Answer], _ sink: CollectingSink,
    _ change: (inout TransportOptions) -> Void = { _ in },
    _ test: (TransportGroup) async throws -> Void
  ) async throws {
    let server = try await RawServer.start(answers)
    var options = testOptions(ManualClock())
    change(&options)
    let address = try HTTPAddress(afterScheme: "127.0.0.1:\(server.port)/x", isSecure: false)
    let group = TransportGroup(
      sources: [Source(.http(address, .stream))], sink: sink, options: options)
    group.start()
    try await test(group)
    await group.stop()
    await server.stop()
  }
}

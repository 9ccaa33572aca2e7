import Domain
import NIOHTTP1
import Testing
import Wire

@testable import Transport

@Suite("Polling", .timeLimit(.minutes(1)))
struct PollClientTests {
  @Test("a hub is polled from where the last answer ended")
  func cursor() async throws {
    let script: [ScriptedServer.Answer] = [
      .json("[1]", [("Last-Event-ID", "7")]), .json("[]", [("Last-Event-ID", "7")]),
      .json("[2]", [("Last-Event-ID", "8")]), .json("[3]", [("Last-Event-ID", "9")]),
    ]
    try await Bench.run(script, path: "", mode: .poll) { bench in
      bench.clock.stop(after: 3)
      await bench.sink.wait(forText: "[1][2][3]")
      #expect(
        bench.server.requests.map(\.uri) == [
          "/v1/poll", "/v1/poll?after=7", "/v1/poll?after=7", "/v1/poll?after=8",
        ])
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1), .connected(.poll, resumedFrom: "7"), .roundTrip(.zero),
          .heartbeat, .roundTrip(.zero), .roundTrip(.zero),
        ])
      #expect(Array(bench.clock.slept.prefix(3)) == [.seconds(1), .seconds(1), .seconds(1)])
    }
  }

  @Test("a long page of a hub is followed by the next at once")
  func pages() async throws {
    let page = "[\"" + String(repeating: "x", count: 65_536) + "\"]"
    let script: [ScriptedServer.Answer] = [
      .json(page, [("Last-Event-ID", "1000")]), .json("[2]", [("Last-Event-ID", "1001")]),
    ]
    try await Bench.run(script, path: "", mode: .poll) { bench in
      bench.clock.stop(after: 0)
      await bench.sink.wait(forText: "[2]")
      #expect(bench.server.requests.map(\.uri) == ["/v1/poll", "/v1/poll?after=1000"])
    }
  }

  @Test("a document is asked for with its validators, and 304 is a heartbeat")
  func validators() async throws {
    let script: [ScriptedServer.Answer] = [
      .json("{}", [("ETag", "\"a\""), ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT")]),
      .status(304), .json("[]", [("ETag", "\"b\"")]),
    ]
    try await Bench.run(script, mode: .poll) { bench in
      bench.clock.stop(after: 2)
      await bench.sink.wait(count: 2) { $0 == .heartbeat }
      #expect(
        bench.server.requests.map { $0.headers["If-None-Match"] } == [[], ["\"a\""], ["\"a\""]])
      #expect(bench.server.requests.map { $0.headers["If-Modified-Since"].count } == [0, 1, 1])
      #expect(bench.sink.inbound.contains { $0.body == .frame(.document, Array("{}".utf8)) })
    }
  }

  @Test("a failing poll is reported, waited for and taken up again")
  func failure() async throws {
    let script: [ScriptedServer.Answer] = [
      .json("[1]"), .status(503, [("Retry-After", "9")]), .json("[2]"),
    ]
    try await Bench.run(script, mode: .poll) { bench in
      bench.clock.stop(after: 2)
      await bench.sink.wait(forText: "[1][2]")
      let reason = "the server is unavailable (503)"
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1), .connected(.poll, resumedFrom: nil), .lost(reason: reason),
          .waiting(attempt: 1, until: Timestamp(seconds: 1_010), reason: reason),
          .connecting(attempt: 1), .connected(.poll, resumedFrom: nil),
        ])
    }
  }

  @Test("an answer longer than the bound is refused")
  func bound() async throws {
    try await Bench.run(
      [.json("[1,2,3]")], mode: .poll, options: { $0.maximumDocumentBytes = 4 }
    ) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
      #expect(bench.sink.bytes.isEmpty)
    }
  }

  @Test("JSON where a stream was expected is polled")
  func documentFallsBack() async throws {
    try await Bench.run([.json("{}"), .json("{}")]) { bench in
      bench.clock.stop(after: 0)
      await bench.sink.wait(forText: "{}")
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1),
          .fellBack(.poll, reason: "the server sends documents, not a stream: use poll+https://"),
          .connecting(attempt: 1), .connected(.poll, resumedFrom: nil),
        ])
      #expect(await bench.group.firstOutcome(of: 0) == .connected)
    }
  }

  @Test("three answers without a stream lead to polling, and the stream is taken when it is back")
  func fallBackAndReturn() async throws {
    let script: [ScriptedServer.Answer] = [
      .status(503), .status(503), .status(503), .json("[1]", [("Last-Event-ID", "5")]),
      .status(503), .json("[2]", [("Last-Event-ID", "6")]), .stream("data: s\n\n"),
    ]
    try await Bench.run(
      script, path: "", resumingAfter: "4", options: { $0.pollInterval = .seconds(40) }
    ) { bench in
      await bench.sink.wait(forText: "data: s\n\n")
      #expect(
        bench.server.requests.map(\.uri) == [
          "/v1/events", "/v1/events", "/v1/events", "/v1/poll?after=4", "/v1/events",
          "/v1/poll?after=5", "/v1/events",
        ])
      #expect(bench.server.requests.last?.headers["Last-Event-ID"] == ["6"])
      #expect(
        bench.sink.facts.filter { $0.isFallback || $0.isConnected } == [
          .fellBack(.poll, reason: "the server is unavailable (503)"),
          .connected(.poll, resumedFrom: "5"), .connected(.sse, resumedFrom: "6"),
        ])
    }
  }

  @Test("a source that was asked to stream never polls, and the other way round")
  func fixedModes() async throws {
    try await Bench.run([.json("{}")], mode: .stream) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
    }
    try await Bench.run([.stream("data: a\n\n")], mode: .poll) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
    }
  }
}

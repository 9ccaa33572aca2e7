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
          .connecting(attempt: 1), .connected(.poll, resumedFrom: nil), .roundTrip(.zero),
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

  @Test("JSON where a stream was expected is polled at intervals")
  func documentFallsBack() async throws {
    try await Bench.run([.json("{}"), .json("{}"), .json("{}")]) { bench in
      bench.clock.stop(after: 0)
      await bench.sink.wait(forText: "{}")
      await bench.sink.wait(for: \.isFallback)
      let reason = "the server does not hold its answers back until there is news"
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1), .connecting(attempt: 1), .connecting(attempt: 1),
          .connected(.poll, resumedFrom: nil), .fellBack(.poll, reason: reason),
        ])
      #expect(await bench.group.firstOutcome(of: 0) == .connected)
    }
  }

  @Test("three answers without a stream lead to polling, and the stream is taken when it is back")
  func fallBackAndReturn() async throws {
    let script: [ScriptedServer.Answer] = [
      .status(503), .status(503), .status(503), .json("[1]", [("Last-Event-ID", "5")]), .silence,
      .stream("data: s\n\n"),
    ]
    try await Bench.run(
      script, path: "", resumingAfter: "4", options: { $0.pollWait = .seconds(600) }
    ) { bench in
      await bench.until { bench.server.requests.count == 5 }
      bench.sink.decoded(upTo: "5")
      await bench.until { bench.clock.watched == [.milliseconds(28_500)] }
      bench.clock.advance(.seconds(30))
      await bench.sink.wait(forText: "data: s\n\n")
      #expect(
        bench.server.requests.map(\.uri) == [
          "/v1/events", "/v1/events", "/v1/events", "/v1/poll?after=4",
          "/v1/poll?after=5&wait=600", "/v1/events",
        ])
      #expect(bench.server.requests.last?.headers["Last-Event-ID"] == ["5"])
      #expect(
        bench.sink.facts.filter { $0.isFallback || $0.isConnected || $0.isLost } == [
          .connected(.longPoll, resumedFrom: "4"),
          .fellBack(.longPoll, reason: "the server is unavailable (503)"),
          .connected(.sse, resumedFrom: "5"),
          .fellBack(.sse, reason: "the server has no WebSocket there (426)"),
        ])
    }
  }

  @Test("a hub is asked again at once, with time to wait for news")
  func longPoll() async throws {
    let script: [ScriptedServer.Answer] = [
      .json("[]", [("Last-Event-ID", "7")]), .json("[1]", [("Last-Event-ID", "8")]),
      .json("[2]", [("Last-Event-ID", "9")]), .silence,
    ]
    try await Bench.run(script, path: "", mode: .longPoll, resumingAfter: "7") { bench in
      await bench.until { bench.server.requests.count == 4 }
      #expect(
        bench.server.requests.map(\.uri) == [
          "/v1/poll?after=7", "/v1/poll?after=7&wait=2", "/v1/poll?after=8&wait=2",
          "/v1/poll?after=9&wait=2",
        ])
      #expect(bench.sink.text == "[1][2]" && bench.clock.slept.isEmpty)
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1), .connected(.longPoll, resumedFrom: "7"), .heartbeat,
        ])
    }
  }

  @Test("a hub that does not wait although it was asked to is given a pause")
  func holdsNothing() async throws {
    let empty = ScriptedServer.Answer.json("[]", [("Last-Event-ID", "7")])
    try await Bench.run([empty, empty, empty], path: "", mode: .longPoll) { bench in
      bench.clock.stop(after: 1)
      await bench.until { bench.clock.slept.count == 2 }
      #expect(bench.server.requests.count == 3)
      #expect(bench.clock.slept == [.seconds(1), .seconds(1)])
    }
  }

  @Test("after nothing new a hub is asked for what follows the last event that was decoded")
  func healsPosition() async throws {
    let script: [ScriptedServer.Answer] = [
      .json("[1]", [("Last-Event-ID", "999")]), .json("[]"), .silence,
    ]
    try await Bench.run(script, path: "", mode: .poll, resumingAfter: "4") { bench in
      bench.clock.stop(after: 0)
      await bench.until { bench.clock.slept.count == 1 }
      bench.sink.decoded(upTo: "5")
      bench.clock.stop(after: 9)
      bench.clock.advance(.seconds(1))
      await bench.until { bench.server.requests.count == 3 }
      #expect(
        bench.server.requests.map(\.uri) == [
          "/v1/poll?after=4", "/v1/poll?after=999", "/v1/poll?after=5",
        ])
    }
  }

  @Test("a queue is emptied without a pause, by its validators, over a reconnection too")
  func queue() async throws {
    func message(_ number: Int) -> ScriptedServer.Answer {
      .json(
        "{\"n\":\(number)}",
        [
          ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Etag", "\(number)"),
          ("Vary", "If-None-Match, If-Modified-Since"),
        ])
    }
    let script = [
      message(0), message(1), .status(408, [("Etag", "1")]), .status(503), message(2), .silence,
    ]
    try await Bench.run(script, mode: .longPoll) { bench in
      await bench.until { bench.server.requests.count == 6 }
      #expect(
        bench.server.requests.map { $0.headers["If-None-Match"] } == [
          [], ["0"], ["1"], ["1"], ["1"], ["2"],
        ])
      #expect(
        bench.server.requests.map { $0.headers["If-Modified-Since"].count } == [0, 1, 1, 1, 1, 1])
      #expect(bench.sink.text == "{\"n\":0}{\"n\":1}{\"n\":2}")
      #expect(
        bench.sink.facts.filter(\.isConnected) == [
          .connected(.longPoll, resumedFrom: nil),
          .connected(.longPoll, resumedFrom: "Sun, 06 Nov 1994 08:49:37 GMT 1"),
        ])
      // The pause after 408, which came at once here, and the wait after 503.
      #expect(bench.clock.slept.count == 2)
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

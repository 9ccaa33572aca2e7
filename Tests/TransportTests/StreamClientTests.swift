import Domain
import NIOHTTP1
import Testing
import Wire

@testable import Transport

@Suite("Event streams over HTTP", .timeLimit(.minutes(1)))
struct StreamClientTests {
  @Test("the request asks for an event stream, uncached, and without an empty position")
  func request() async throws {
    try await Bench.run([.stream("data: a\n\n")]) { bench in
      await bench.sink.wait(forText: "\n\n")
      let request = try #require(bench.server.requests.first)
      #expect(request.method == "GET" && request.uri == "/stream")
      #expect(request.headers["Accept"] == ["text/event-stream"])
      #expect(request.headers["Cache-Control"] == ["no-cache"])
      #expect(request.headers["Last-Event-ID"].isEmpty)
      #expect(request.headers["Host"] == ["127.0.0.1:\(bench.server.port)"])
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1), .connected(.sse, resumedFrom: nil),
        ])
      #expect(await bench.group.firstOutcome(of: 0) == .connected)
    }
  }

  @Test("a host alone means the hub's stream")
  func hub() async throws {
    try await Bench.run([.stream("data: a\n\n")], path: "") { bench in
      await bench.sink.wait(forText: "\n\n")
      #expect(bench.server.requests.map(\.uri) == ["/v1/events"])
    }
  }

  @Test("a stream that ends is taken up again where it stood, ids as their UTF-8 bytes")
  func resumes() async throws {
    let script: [ScriptedServer.Answer] = [
      .stream("id: …\nretry: 2\ndata: hello\n\n", end: .close), .stream("data: x\n\n"),
    ]
    try await Bench.run(script) { bench in
      await bench.sink.wait(forText: "data: x\n\n")
      #expect(bench.server.requests.map { $0.headers["Last-Event-ID"] } == [[], ["…"]])
      #expect(bench.sink.events == ["hello", "x"])
      #expect(bench.sink.eventIDs == ["…", "…"])
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1), .connected(.sse, resumedFrom: nil),
          .lost(reason: "the server ended the stream"),
          .waiting(
            attempt: 1, until: Timestamp(microseconds: 1_000_011_000),
            reason: "the server ended the stream"),
          .connecting(attempt: 1), .connected(.sse, resumedFrom: "…"),
        ])
    }
  }

  @Test("a chunked body that is cut off is taken up again too")
  func cutOff() async throws {
    let script: [ScriptedServer.Answer] = [
      .stream("id: 1\ndata: a\n\n", end: .cut), .stream("data: b\n\n"),
    ]
    try await Bench.run(script) { bench in
      await bench.sink.wait(forText: "data: b\n\n")
      #expect(bench.sink.facts.contains(.lost(reason: "the server cut the stream off")))
      #expect(bench.server.requests.map { $0.headers["Last-Event-ID"] } == [[], ["1"]])
    }
  }

  @Test("a position known from before is asked for at once; one no header can carry is not")
  func knownPosition() async throws {
    for (id, headers) in [("41", ["41"]), ("4\u{1}", [])] {
      try await Bench.run([.stream("data: a\n\n")], resumingAfter: id) { bench in
        await bench.sink.wait(forText: "\n\n")
        #expect(bench.server.requests.map { $0.headers["Last-Event-ID"] } == [headers])
      }
    }
  }

  @Test("an empty id clears the position")
  func clearsPosition() async throws {
    let first = "id: abc\nretry: 2\ndata: a\n\nid: \ndata: b\n\n"
    try await Bench.run([.stream(first, end: .close), .stream("data: c\n\n")]) { bench in
      await bench.sink.wait(forText: "data: c\n\n")
      #expect(bench.server.requests.map { $0.headers["Last-Event-ID"] } == [[], []])
      #expect(bench.sink.events == ["a", "b", "c"])
    }
  }

  @Test("a body cut in an event leaves neither the event nor its id behind")
  func cutBody() async throws {
    let first = "id: abc\nretry: 2\ndata: a\n\nid: def\ndata: par"
    try await Bench.run([.stream(first, end: .close), .stream("data: b\n\n")]) { bench in
      await bench.sink.wait(forText: "data: b\n\n")
      #expect(bench.server.requests.map { $0.headers["Last-Event-ID"] } == [[], ["abc"]])
      #expect(bench.sink.events == ["a", "b"])
      #expect(bench.sink.eventIDs == ["abc", "abc"])
    }
  }

  @Test(
    "retry is waited for, and only a valid one",
    arguments: ["retry:03000\ndata:x\n\n", "retry:3000\nretry:1000x\ndata:x\n\n"])
  func retry(body: String) async throws {
    try await Bench.run([.stream(body, end: .close), .stream("data: a\n\n")]) { bench in
      await bench.sink.wait(forText: "data: a\n\n")
      let waited = bench.clock.slept.map { $0.microseconds / 1_000 }
      #expect(waited.count == 1)
      #expect(waited.allSatisfy { (3_000...3_600).contains($0) })
    }
  }

  @Test("204 ends the source for good")
  func noContent() async throws {
    let script: [ScriptedServer.Answer] = [
      .stream("retry: 2\ndata: opened\n\n", end: .close),
      .stream("data: reconnected\n\n", end: .close), .status(204),
    ]
    try await Bench.run(script) { bench in
      await bench.group.finished()
      #expect(bench.sink.events == ["opened", "reconnected"])
      #expect(bench.server.requests.count == 3)
      #expect(bench.sink.facts.last == .ended)
    }
  }

  @Test(
    "what the server will not give is refused once and not asked for again",
    arguments: [205, 210, 299, 400, 401, 403, 404, 410])
  func refusedStatus(status: Int) async throws {
    try await Bench.run([.status(status, [("Content-Type", "text/event-stream")])]) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
      #expect(bench.server.requests.count == 1)
      #expect(bench.sink.events.isEmpty && bench.clock.slept.isEmpty)
      guard case .failed(.refused) = await bench.group.firstOutcome(of: 0) else {
        Issue.record("the first outcome is not a refusal")
        return
      }
    }
  }

  @Test("a web page is refused", arguments: ["text/html", "x bogus", "text/x-bogus", nil])
  func refusedType(type: String?) async throws {
    let headers = type.map { [("Content-Type", $0)] } ?? []
    try await Bench.run([.status(200, headers, body: "data: x\n\n")]) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
      #expect(bench.server.requests.count == 1 && bench.sink.bytes.isEmpty)
    }
  }

  @Test("what was refused is tried again when asked")
  func retryRefused() async throws {
    try await Bench.run([.status(404), .stream("data: a\n\n")]) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
      await bench.retryUntilConnected()
      #expect(bench.server.requests.count == 2)
    }
  }

  @Test("a failing server is tried again no sooner than it asks")
  func serverError() async throws {
    let script: [ScriptedServer.Answer] = [
      .status(500, [("Retry-After", "120")]), .stream("data: a\n\n"),
    ]
    try await Bench.run(script) { bench in
      await bench.sink.wait(forText: "\n\n")
      #expect(bench.clock.slept == [.seconds(120)])
      #expect(
        bench.sink.facts == [
          .connecting(attempt: 1),
          .waiting(
            attempt: 2, until: Timestamp(seconds: 1_120), reason: "the server failed (500)"),
          .connecting(attempt: 2), .connected(.sse, resumedFrom: nil),
        ])
      #expect(
        await bench.group.firstOutcome(of: 0)
          == .failed(.unavailable(reason: "the server failed (500)")))
    }
  }

  @Test(
    "redirections are followed, and reconnections start at the original address",
    arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) async throws {
    let script: [ScriptedServer.Answer] = [
      .status(status, [("Location", "/other")]), .stream("data: a\n\n", end: .close),
      .stream("data: b\n\n"),
    ]
    try await Bench.run(script, authorization: "Bearer x") { bench in
      await bench.sink.wait(forText: "data: b\n\n")
      #expect(bench.server.requests.map(\.uri) == ["/stream", "/other", "/stream"])
      #expect(bench.server.requests.allSatisfy { $0.headers["Authorization"] == ["Bearer x"] })
    }
  }

  @Test("credentials stay with their origin")
  func redirectAcrossOrigins() async throws {
    let other = try await ScriptedServer.start([.stream("data: a\n\n")])
    let script = [ScriptedServer.Answer.status(307, [("Location", other.url + "/x")])]
    try await Bench.run(script, authorization: "Bearer x") { bench in
      await bench.sink.wait(forText: "\n\n")
      #expect(bench.server.requests.map { $0.headers["Authorization"] } == [["Bearer x"]])
      #expect(other.requests.map { $0.headers["Authorization"] } == [[]])
    }
    await other.stop()
  }

  @Test(
    "a redirection to nowhere is refused", arguments: [nil, "", "ftp://h/", "http://h.invalid/"])
  func badRedirect(location: String?) async throws {
    let headers = location.map { [("Location", $0)] } ?? []
    try await Bench.run([.status(301, headers)]) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
      #expect(bench.server.requests.count == 1)
    }
  }

  @Test("a loop of redirections ends after five")
  func redirectLoop() async throws {
    let loop = [ScriptedServer.Answer](
      repeating: .status(302, [("Location", "/stream")]), count: 20)
    try await Bench.run(loop) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isRefused } }
      #expect(bench.server.requests.count == 6)
    }
  }

  @Test("newline-delimited JSON is a stream too")
  func lines() async throws {
    let answer = ScriptedServer.Answer(
      status: 200, headers: [("Content-Type", "application/x-ndjson")], body: Array("{}\n".utf8),
      end: .hold)
    try await Bench.run([answer]) { bench in
      await bench.sink.wait(forText: "{}\n")
      #expect(bench.sink.inbound.contains { $0.body == .frame(.ndjson, Array("{}\n".utf8)) })
    }
  }

  @Test("a server that never answers is given up and tried again")
  func silence() async throws {
    let script: [ScriptedServer.Answer] = [
      ScriptedServer.Answer(status: 0, headers: [], body: [], end: .silence)
    ]
    // A busy machine may be too late for a second answer too.
    let streams = Array(repeating: ScriptedServer.Answer.stream("data: a\n\n"), count: 20)
    try await Bench.run(
      script + streams,
      options: {
        $0.answerTimeout = .seconds(2)
        $0.connectTimeout = .seconds(2)
      }
    ) { bench in
      await bench.sink.wait(forText: "\n\n")
      #expect(
        await bench.group.firstOutcome(of: 0)
          == .failed(.unanswered(host: "127.0.0.1", port: bench.server.port)))
    }
  }

  @Test("the first try tells when nobody listens, and the source goes on trying")
  func refusedConnection() async throws {
    let (sink, clock) = (CollectingSink(), ManualClock())
    clock.stop(after: 1)
    // A port that was free a moment ago may be another test's by now; this one is nobody's.
    let address = try HTTPAddress(afterScheme: "127.0.0.1:1/x", isSecure: false)
    let group = TransportGroup(
      sources: [Source(.http(address, .automatic))], sink: sink, options: testOptions(clock))
    group.start()
    #expect(
      await group.firstOutcome(of: 0) == .failed(.connectionRefused(host: "127.0.0.1", port: 1)))
    await sink.wait(count: 2) { $0.isWaiting }
    await group.stop()
  }

  @Test("a stream judged stale is dropped and taken up again")
  func reconnect() async throws {
    let script: [ScriptedServer.Answer] = [
      .stream("id: 9\ndata: a\n\n"), .stream("data: b\n\n"),
    ]
    try await Bench.run(script) { bench in
      await bench.sink.wait(forText: "data: a\n\n")
      bench.group.reconnect(connection: 0)
      await bench.sink.wait(forText: "data: b\n\n")
      #expect(bench.server.requests.map { $0.headers["Last-Event-ID"] } == [[], ["9"]])
      #expect(bench.clock.slept.isEmpty)
    }
  }

  @Test("waiting is cut short when asked, and stopping cuts everything")
  func retryNow() async throws {
    try await Bench.run([.status(503), .stream("data: a\n\n")]) { bench in
      bench.clock.stop(after: 0)
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isWaiting } }
      await bench.retryUntilConnected()
      #expect(bench.server.requests.count == 2)
    }
  }

  @Test("stopping while waiting makes no further request")
  func stopWhileWaiting() async throws {
    try await Bench.run([.stream("retry: 500\ndata: a\n\n", end: .close)]) { bench in
      bench.clock.stop(after: 0)
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isWaiting } }
      await bench.group.stop()
      #expect(bench.server.requests.count == 1)
      #expect(bench.sink.events == ["a"])
    }
  }
}

extension Bench {
  /// Asks for another try until one succeeds: the waiting begins just after its fact is delivered.
  fileprivate func retryUntilConnected() async {
    while !sink.facts.contains(where: { $0.isConnected }) {
      group.retryNow(connection: 0)
      await Task.yield()
    }
  }
}

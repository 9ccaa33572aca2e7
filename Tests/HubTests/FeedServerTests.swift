import AsyncHTTPClient
import Domain
import Hub
import NIOCore
import NIOHTTP1
import Testing
import Wire

@Suite("The feed server", .timeLimit(.minutes(1)))
struct FeedServerTests {
  private let good =
    #"{"specversion":"1.0","id":"a","source":"s","type":"x.kds.ticket.fired","q":1}"#

  @Test("a posted event reaches a subscriber as it was written")
  func streams() async throws {
    try await withFeed { _, url in
      let stream = try await get(url + "/v1/events")
      #expect(stream.headers.first(name: "content-type") == "text/event-stream")
      let answer = try await post(good, to: url)
      #expect(answer.status == .accepted)
      #expect(try await text(answer) == #"{"accepted":1,"sequence":1}"#)
      let events = try await read(stream) { $0.count == 1 }
      #expect(events.map { sequence($0.id) } == ["1"])
      #expect(events.map(\.data) == [good])
    }
  }

  @Test("a new subscriber gets the whole journal, a returning one what it missed")
  func resumes() async throws {
    try await withFeed { server, url in
      server.publish((1...5).map(event))
      let all = try await read(try await get(url + "/v1/events")) { $0.count == 5 }
      #expect(all.map { sequence($0.id) } == ["1", "2", "3", "4", "5"])
      let rest = try await read(
        try await get(url + "/v1/events", [("Last-Event-ID", all[2].id)])
      ) { $0.count == 2 }
      #expect(rest.map { sequence($0.id) } == ["4", "5"])
      let asked = try await read(try await get(url + "/v1/events?after=4")) { $0.count == 1 }
      #expect(asked.map { sequence($0.id) } == ["5"])
    }
  }

  @Test("what is gone from the journal is made up for by a snapshot, and said to be gone")
  func tellsGap() async throws {
    var configuration = FeedConfiguration()
    configuration.journalEvents = 2
    try await withFeed(configuration) { server, url in
      server.publish((1...5).map(event))
      let stream = try await get(url + "/v1/events", [("Last-Event-ID", "1")])
      let events = try await read(stream) { $0.last?.data.contains("stream.resynced") == true }
      #expect(events.first?.data.contains("stream.gap") == true)
      #expect(events.first?.data.contains(#""from":"2","to":"5""#) == true)
      #expect(events.contains { $0.data.contains("kds.snapshot") })
      #expect(events.contains { $0.data.contains("agent.snapshot") })
      #expect(sequence(events.last?.id) == "5")
      let fresh = try await read(try await get(url + "/v1/events")) { sequence($0.last?.id) == "5" }
      #expect(!fresh.contains { $0.data.contains("stream.gap") })
    }
  }

  @Test("a reader of everything is told where the feed began, and goes on from there")
  func tellsStart() async throws {
    var configuration = FeedConfiguration()
    configuration.journalEvents = 2
    try await withFeed(configuration) { server, url in
      let start = try #require(
        try await get(url + "/v1/events").headers.first(name: "last-event-id"))
      #expect(sequence(start) == "0")
      server.publish((1...2).map(event))
      let rest = try await read(try await get(url + "/v1/events", [("Last-Event-ID", start)])) {
        $0.count == 2
      }
      #expect(rest.map { sequence($0.id) } == ["1", "2"])
      let known = try await get(url + "/v1/events", [("Last-Event-ID", rest[1].id)])
      #expect(known.headers.first(name: "last-event-id") == nil)
      // It was there before the first event, so what is gone it has missed.
      server.publish((3...5).map(event))
      let told = try await events(try await get(url + "/v1/poll?after=\(start)"))
      #expect(told.first?.type == .known(.streamGap))
      #expect(told.first?.data.text(.from) == "1")
      let late = try await get(url + "/v1/events")
      #expect(late.headers.first(name: "last-event-id") == nil, "it is given a snapshot")
      let fresh = try await events(try await get(url + "/v1/poll"))
      #expect(!fresh.contains { $0.type == .known(.streamGap) })
    }
  }

  @Test("a subscriber of an earlier feed is told of the gap")
  func tellsElsewhere() async throws {
    try await withFeed { server, url in
      server.publish([event(1)])
      let answer = try await get(url + "/v1/poll?after=900")
      #expect(sequence(answer.headers.first(name: "last-event-id")) == "1")
      let gap = try await events(answer).first
      #expect(gap?.type == .known(.streamGap))
      #expect(gap?.data.text(.from) == nil)
      #expect(gap?.data.text(.text)?.contains("nobody knows how many") == true)
    }
  }

  @Test("a position of an earlier life of the feed is never taken for one of this")
  func tellsEpoch() async throws {
    var position = ""
    try await withFeed { server, url in
      server.publish((1...3).map(event))
      position = try await get(url + "/v1/poll").headers.first(name: "last-event-id") ?? ""
    }
    #expect(sequence(position) == "3")
    try await withFeed { server, url in
      server.publish((1...5).map(event))
      let told = try await read(
        try await get(url + "/v1/events", [("Last-Event-ID", position)])
      ) { sequence($0.last?.id) == "5" }
      #expect(told.first?.data.contains("stream.gap") == true)
      #expect(told.prefix(6).map { sequence($0.id) ?? "" } == ["", "1", "2", "3", "4", "5"])
    }
  }

  @Test("a poll gives the next events and where to go on")
  func polls() async throws {
    try await withFeed { server, url in
      server.publish((1...3).map(event))
      let answer = try await get(url + "/v1/poll?after=1")
      #expect(sequence(answer.headers.first(name: "last-event-id")) == "3")
      #expect(try await events(answer).map(\.id) == ["e2", "e3"])
      let none = try await get(url + "/v1/poll?after=3")
      #expect(try await text(none) == "[]")
      #expect(sequence(none.headers.first(name: "last-event-id")) == "3")
    }
  }

  @Test("a snapshot restores the board it was made from")
  func givesSnapshot() async throws {
    try await withFeed { server, url in
      server.publish((1...3).map(event))
      let answer = try await get(url + "/v1/snapshot")
      #expect(sequence(answer.headers.first(name: "last-event-id")) == "3")
      var board = Board()
      for event in try await events(answer) {
        board.record(event, at: Timestamp(seconds: 4_000_000_000))
      }
      #expect(board.kitchen.ticketCount == 3)
    }
  }

  @Test("a bad event refuses the whole request, and nothing of it is taken")
  func refuses() async throws {
    try await withFeed { _, url in
      let answer = try await post("[\(good),{}]", to: url)
      #expect(answer.status == .badRequest)
      #expect(answer.headers.first(name: "content-type") == "application/problem+json")
      let problem = try JSONValue(parsing: Array(try await text(answer).utf8))
      #expect(problem["field"]?.string == "specversion")
      #expect(problem["index"]?.integer == 1)
      #expect(try await text(try await get(url + "/v1/poll")) == "[]")
    }
  }

  @Test("lines are taken, a bad one is named by its number")
  func takesLines() async throws {
    try await withFeed { _, url in
      let type = "application/x-ndjson"
      #expect(try await post("\(good)\n\(good)\n", to: url, type: type).status == .accepted)
      let answer = try await post("\(good)\n{", to: url, type: type)
      let problem = try JSONValue(parsing: Array(try await text(answer).utf8))
      #expect(problem["line"]?.integer == 2)
    }
  }

  @Test("wrong types, sizes, methods and places are answered as problems")
  func answersProblems() async throws {
    var configuration = FeedConfiguration()
    configuration.bodyBytes = 100
    try await withFeed(configuration) { _, url in
      #expect(try await post(good, to: url, type: "text/plain").status == .unsupportedMediaType)
      let large = String(repeating: " ", count: 200)
      #expect(try await post(large, to: url).status == .payloadTooLarge)
      let wrong = try await get(url + "/v1/events", method: .DELETE)
      #expect(wrong.status == .methodNotAllowed)
      #expect(wrong.headers.first(name: "allow") == "GET, POST")
      let lost = try await get(url + "/nowhere")
      #expect(lost.status == .notFound)
      #expect(lost.headers.first(name: "content-type") == "application/problem+json")
    }
  }

  @Test("a silent feed sends signs of life")
  func beats() async throws {
    var configuration = FeedConfiguration()
    configuration.heartbeat = .milliseconds(20)
    try await withFeed(configuration) { _, url in
      let stream = try await get(url + "/v1/events")
      var first = ByteBuffer()
      for try await chunk in stream.body where chunk.readableBytes > 0 {
        first = chunk
        break
      }
      #expect(String(buffer: first).hasPrefix(":\n"))
    }
  }

  @Test("a poll that waits is answered as soon as there is an event")
  func waits() async throws {
    try await withFeed { server, url in
      server.publish([event(1)])
      async let answer = get(url + "/v1/poll?after=1&wait=60")
      while try await waitingPolls(url) == 0 { await Task.yield() }
      server.publish([event(2)])
      #expect(try await events(try await answer).map(\.id) == ["e2"])
      #expect(try await waitingPolls(url) == 0)
      let now = try await get(url + "/v1/poll?wait=60")
      #expect(try await events(now).map(\.id) == ["e1", "e2"])
    }
  }

  @Test("a poll that waits in vain is answered with nothing when its time is over")
  func waitsInVain() async throws {
    try await withFeed { server, url in
      server.publish([event(1)])
      let clock = ContinuousClock()
      let begin = clock.now
      let answer = try await get(url + "/v1/poll?after=1&wait=0.2")
      #expect(begin.duration(to: clock.now) >= .milliseconds(200))
      #expect(try await text(answer) == "[]")
      #expect(sequence(answer.headers.first(name: "last-event-id")) == "1")
      for wait in ["-5", "0"] {
        #expect(try await text(try await get(url + "/v1/poll?after=1&wait=\(wait)")) == "[]")
      }
      for wait in ["", "soon", "nan", "inf"] {
        let refused = try await get(url + "/v1/poll?after=1&wait=\(wait)")
        #expect(refused.status == .badRequest)
        let problem = try JSONValue(parsing: Array(try await text(refused).utf8))
        #expect(problem["field"]?.string == "wait")
      }
    }
  }

  @Test("only so many polls may wait; a further one is told to come back")
  func boundsWaiting() async throws {
    var configuration = FeedConfiguration()
    configuration.waitingPolls = 1
    try await withFeed(configuration) { server, url in
      async let first = get(url + "/v1/poll?wait=60")
      while try await waitingPolls(url) == 0 { await Task.yield() }
      let second = try await get(url + "/v1/poll?wait=60")
      #expect(second.status == .serviceUnavailable)
      #expect(second.headers.first(name: "retry-after") == "1")
      #expect(second.headers.first(name: "content-type") == "application/problem+json")
      server.publish([event(1)])
      #expect(try await events(try await first).map(\.id) == ["e1"])
    }
  }

  @Test("polls that wait are let go when the feed ends")
  func endsWaiting() async throws {
    var waiting: Task<Bool, Never>?
    try await withFeed { _, url in
      waiting = Task { (try? await get(url + "/v1/poll?wait=60")) != nil }
      while try await waitingPolls(url) == 0 { await Task.yield() }
    }
    _ = await waiting?.value
  }

  @Test("its counts are there for Prometheus, each with its help and type")
  func tellsMetrics() async throws {
    try await withFeed { server, url in
      server.publish((1...3).map(event))
      _ = try await get(url + "/v1/poll")
      let answer = try await get(url + "/metrics")
      #expect(
        answer.headers.first(name: "content-type") == "text/plain; version=0.0.4; charset=utf-8")
      let lines = try await text(answer).split(separator: "\n")
      #expect(lines.contains("# TYPE podium_hub_events_total counter"))
      #expect(lines.contains("podium_hub_events_total 3"))
      #expect(lines.contains("podium_hub_polls_total 1"))
      #expect(lines.contains("podium_hub_readers{transport=\"websocket\"} 0"))
      #expect(lines.contains("podium_hub_journal_events 3"))
      for line in lines where !line.hasPrefix("#") {
        let name = line.prefix { $0 != " " && $0 != "{" }
        #expect(lines.contains { $0.hasPrefix("# HELP \(name) ") })
        #expect(lines.contains { $0.hasPrefix("# TYPE \(name) ") })
      }
    }
  }

  @Test("its health names sequence, journal, subscribers and what was dropped")
  func tellsHealth() async throws {
    try await withFeed { server, url in
      server.publish((1...3).map(event))
      let health = try JSONValue(
        parsing: Array(try await text(try await get(url + "/api/health/realtime")).utf8))
      #expect(health["status"]?.string == "ok")
      #expect(health["sequence"]?.integer == 3)
      #expect(health["journal"]?["from"]?.integer == 1)
      #expect(health["journal"]?["to"]?.integer == 3)
      #expect(health["subscribers"]?.integer == 0)
      #expect(health["dropped"]?.integer == 0)
    }
  }

  @Test("a port in use is named, and whoever waits for the port is told")
  func namesPortInUse() async throws {
    try await withFeed { first, _ in
      let port = try await first.port
      let second = FeedServer(configuration: FeedConfiguration(port: port))
      let expected = FeedServerError.addressInUse(host: "127.0.0.1", port: port)
      await #expect(throws: expected) { try await second.run() }
      await #expect(throws: expected) { _ = try await second.port }
    }
  }

  @Test("it stops within a second although a subscriber listens")
  func stops() async throws {
    try await withinASecond {
      let clock = ContinuousClock()
      var stopping = clock.now
      var stream: HTTPClientResponse?
      try await withFeed { server, url in
        server.publish([event(1)])
        let response = try await get(url + "/v1/events")
        _ = try await response.body.first { $0.readableBytes > 0 }
        stream = response
        stopping = clock.now
      }
      defer { _ = stream }
      return stopping.duration(to: clock.now)
    }
  }

  @Test("a scenario plays into the feed")
  func feeds() async throws {
    try await withFeed { server, url in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await ScenarioFeeder(.mixed, seed: 1, speed: 20, into: server).run() }
        let stream = try await get(url + "/v1/events")
        let events = try await read(stream) { $0.count >= 300 }
        #expect(events.contains { $0.data.contains("kds.snapshot") })
        group.cancelAll()
      }
    }
  }
}

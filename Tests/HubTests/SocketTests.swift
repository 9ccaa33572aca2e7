import Domain
import Hub
import Testing
import Wire

@Suite("The feed over WebSocket", .timeLimit(.minutes(1)))
struct SocketTests {
  private func withPort(
    _ configuration: FeedConfiguration = FeedConfiguration(),
    _ body: (FeedServer, Int) async throws -> Void
  ) async throws {
    try await withFeed(configuration) { server, _ in try await body(server, try await server.port) }
  }

  @Test("a reader gets the journal and what comes, compressed where it offers to")
  func streams() async throws {
    try await withPort { server, port in
      server.publish((1...3).map(event))
      for offersDeflate in [true, false] {
        try await SocketReader.connect(port, offersDeflate: offersDeflate) { reader in
          #expect(reader.subprotocol == "cloudevents.json")
          #expect(reader.isCompressed == offersDeflate)
          let told = try await reader.events(3)
          #expect(told.ids == ["e1", "e2", "e3"])
        }
      }
      try await SocketReader.connect(port, "/v1/ws?after=3", subprotocols: []) { reader in
        #expect(reader.subprotocol == nil)
        server.publish([event(4)])
        let told = try await reader.events(1)
        #expect(told.ids == ["e4"])
      }
    }
  }

  @Test("a reader of everything is told where the feed began, and no other is")
  func tellsStart() async throws {
    try await withPort { server, port in
      var start = ""
      try await SocketReader.connect(port) { start = $0.begins ?? "" }
      #expect(sequence(start) == "0")
      server.publish([event(1)])
      try await SocketReader.connect(port, "/v1/ws?after=\(start)") { reader in
        #expect(reader.begins == nil)
        let told = try await reader.events(1)
        #expect(told.ids == ["e1"])
      }
    }
  }

  @Test("a reader that comes back goes on where it was")
  func resumes() async throws {
    try await withPort { server, port in
      server.publish((1...5).map(event))
      var position = ""
      try await SocketReader.connect(port) { position = try await $0.events(3).position }
      #expect(sequence(position) == "3")
      try await SocketReader.connect(port, "/v1/ws?after=\(position)") {
        let told = try await $0.events(2)
        #expect(told.ids == ["e4", "e5"])
      }
      try await SocketReader.connect(port, "/v1/ws?after=9-elsewhere") {
        let told = try await $0.events(1)
        #expect(told.ids[0].hasPrefix("stream.gap"))
      }
    }
  }

  @Test("it pings as the sign of life, answers pings, and ignores what readers say")
  func lives() async throws {
    var configuration = FeedConfiguration()
    configuration.heartbeat = .milliseconds(20)
    try await withPort(configuration) { server, port in
      try await SocketReader.connect(port) { reader in
        let first = try await reader.next()
        #expect(first == .ping([]))
        try await reader.send {
          $0.ping([7])
          $0.send(text: Array("hello".utf8))
          $0.send(binary: [0xFF])
        }
        while let item = try await reader.next() {
          guard item != .ping([]) else { continue }
          #expect(item == .pong([7]))
          break
        }
        server.publish([event(1)])
        let told = try await reader.events(1)
        #expect(told.ids == ["e1"])
      }
    }
  }

  @Test("a reader that closes is answered; one that breaks the protocol is told how")
  func closes() async throws {
    try await withPort { _, port in
      func ending(_ say: (SocketReader) async throws -> Void) async throws -> WebSocketItem? {
        var last: WebSocketItem?
        try await SocketReader.connect(port) { reader in
          try await say(reader)
          while let item = try await reader.next() { if item != .ping([]) { last = item } }
        }
        return last
      }
      let normal = try await ending { try await $0.send { $0.close() } }
      #expect(normal == .close(code: 1000, reason: ""))
      let unmasked = try await ending { try await $0.send(raw: [0x81, 0x01, 0x61]) }
      #expect(unmasked == .close(code: 1002, reason: ""))
      let long = try await ending {
        try await $0.send { $0.send(binary: Array(repeating: 0, count: 65_537)) }
      }
      #expect(long == .close(code: 1009, reason: ""))
    }
  }

  @Test("readers are told when the feed goes away, within a second")
  func goesAway() async throws {
    try await withinASecond {
      let clock = ContinuousClock()
      var reading: Task<WebSocketItem?, any Error>?
      var stopping = clock.now
      try await withPort { server, port in
        let (isReading, begun) = AsyncStream.makeStream(of: Void.self)
        reading = Task {
          var last: WebSocketItem?
          try await SocketReader.connect(port) { reader in
            _ = try await reader.events(1)
            begun.finish()
            while let item = try await reader.next() { last = item }
          }
          return last
        }
        server.publish([event(1)])
        for await _ in isReading {}
        stopping = clock.now
      }
      let took = stopping.duration(to: clock.now)
      let last = try await reading?.value
      #expect(last == .close(code: 1001, reason: ""))
      return took
    }
  }

  @Test("a reader too slow is cut off, and the others go on")
  func cutsSlowReader() async throws {
    var configuration = FeedConfiguration()
    configuration.subscriberEvents = 64
    try await withPort(configuration) { server, port in
      try await SocketReader.connect(port, offersDeflate: false) { slow in
        let large = Event(
          id: "x", source: "test", type: .known(.ticketFired),
          data: Fields([.text: .string(String(repeating: "x", count: 60_000))]))
        while try await metric("readers_cut_total", port) == 0 {
          server.publish([large])
          await Task.yield()
        }
        var isCut = false
        while !isCut { isCut = (try? await slow.next()) == nil }
      }
      try await SocketReader.connect(port) {
        let told = try await $0.events(1)
        // A journal that could not hold them all is begun with a snapshot.
        #expect(told.ids == ["x"] || told.ids.first?.hasPrefix("agent.snapshot") == true)
      }
    }
  }

  @Test("many readers get every event")
  func serves() async throws {
    var configuration = FeedConfiguration()
    configuration.compressedReaders = 10
    try await withPort(configuration) { server, port in
      let compressed = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<40 {
          group.addTask {
            var isCompressed = false
            try await SocketReader.connect(port) { reader in
              isCompressed = reader.isCompressed
              let told = try await reader.events(200)
              #expect(told.ids == (1...200).map { "e\($0)" })
            }
            return isCompressed
          }
        }
        while try await metric("readers{transport=\"websocket\"}", port) < 40 {
          await Task.yield()
        }
        for first in stride(from: 1, to: 200, by: 20) {
          server.publish((first..<(first + 20)).map(event))
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(compressed == 10)
      while try await metric("readers{transport=\"websocket\"}", port) > 0 { await Task.yield() }
      let left = try await metric("readers_compressed", port)
      #expect(left == 0)
    }
  }

  @Test("bad handshakes are answered as problems, and the connection ends")
  func refuses() async throws {
    try await withPort { _, port in
      let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
      let key = "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n"
      for (headers, status) in [
        ("", 426), (upgrade + key, 426), (upgrade + key + "Sec-WebSocket-Version: 12\r\n", 426),
        (upgrade + "Sec-WebSocket-Version: 13\r\n", 400),
        (upgrade + "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n", 400),
      ] {
        let answer = try await SocketReader.exchange(
          port, "GET /v1/ws HTTP/1.1\r\nHost: x\r\n\(headers)\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("Content-Type: application/problem+json\r\n"))
        #expect(answer.contains("\"status\":\(status)"))
      }
      let posted = try await SocketReader.exchange(
        port, "POST /v1/ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
      #expect(posted.hasPrefix("HTTP/1.1 405 "))
      // A handshake behind a request that is not answered yet would mix the two.
      let mixed = try await SocketReader.exchange(
        port,
        "GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n"
          + "GET /v1/ws HTTP/1.1\r\nHost: x\r\n\(upgrade)\(key)Sec-WebSocket-Version: 13\r\n\r\n")
      #expect(!mixed.contains(" 101 "))
    }
  }

  private func metric(_ name: String, _ port: Int) async throws -> Int {
    let lines = try await text(try await get("http://127.0.0.1:\(port)/metrics"))
    let line = lines.split(separator: "\n").first { $0.hasPrefix("podium_hub_\(name) ") }
    return line.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0
  }
}

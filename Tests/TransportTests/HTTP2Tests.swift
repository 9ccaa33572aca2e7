import NIOHTTP1
import Testing

@testable import Transport

@Suite("HTTP/2", .timeLimit(.minutes(1)), .enabled(if: TestAuthority.isAvailable))
struct HTTP2Tests {
  @Test("a stream comes over HTTP/2 where the server speaks it, a source a connection")
  func sources() async throws {
    try await run([.stream("data: a\n\n"), .stream("data: b\n\n")], sources: 2) { bench in
      await bench.sink.wait { CollectingSink.bytes(of: $0).count == 18 }
      #expect(bench.server.requests.map(\.version) == [.http2, .http2])
      #expect(Set(bench.server.requests.compactMap(\.clientPort)).count == 2)
      #expect(
        bench.server.requests.map { $0.headers["Authorization"] } == [["Bearer t"], ["Bearer t"]])
    }
  }

  @Test("a stream that is taken up again gets a connection of its own")
  func reconnection() async throws {
    try await run([.stream("data: a\n\n"), .stream("data: b\n\n")]) { bench in
      await bench.sink.wait(forText: "data: a\n\n")
      bench.group.reconnect(connection: 0)
      await bench.sink.wait(forText: "data: b\n\n")
      // Not how many were made: one more may have been given up on a slow machine.
      let ports = bench.server.requests.compactMap(\.clientPort)
      #expect(ports.count == 2 && ports[0] != ports[1])
    }
  }

  @Test("polls share a connection")
  func polls() async throws {
    try await run([.json("[1]"), .json("[2]"), .json("[3]")], mode: .poll) { bench in
      await bench.sink.wait(forText: "[3]")
      #expect(Set(bench.server.requests.compactMap(\.clientPort)).count == 1)
    }
  }

  @Test("another key than the pinned one is refused before anything is asked")
  func pins() async throws {
    let pin = try CertificatePin("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    try await run([.stream("data: a\n\n")], pins: [pin]) { bench in
      guard case .failed(.insecure) = await bench.group.firstOutcome(of: 0) else {
        Issue.record("it was not refused")
        return
      }
      #expect(bench.server.requests.isEmpty)
    }
  }

  @Test("many small events of one read are joined")
  func burst() async throws {
    try await run([.stream("")]) { bench in
      await bench.sink.wait { $0.isConnected }
      for _ in 0..<1_000 { bench.server.send("data: x\n\n") }
      await bench.sink.wait { CollectingSink.bytes(of: $0).count == 9_000 }
      #expect(bench.sink.events.count == 1_000)
    }
  }

  private func run(
    _ script: [ScriptedServer.Answer], sources count: Int = 1, mode: HTTPMode = .stream,
    pins: [CertificatePin] = [], _ test: (Bench) async throws -> Void
  ) async throws {
    let authority = try await TestAuthority.make()
    let server = try await ScriptedServer.start(
      script, tls: authority.server(protocols: ["h2", "http/1.1"]))
    let (sink, clock) = (CollectingSink(), ManualClock())
    var options = testOptions(clock)
    options.security = try SecurityOptions(authorities: authority.path("ca.pem"), pins: pins)
    let address = try HTTPAddress(afterScheme: "127.0.0.1:\(server.port)/x", isSecure: true)
    let source = Source(.http(address, mode), authorization: "Bearer t")
    let group = TransportGroup(
      sources: Array(repeating: source, count: count), sink: sink, options: options)
    group.start()
    try await test(Bench(server: server, sink: sink, clock: clock, group: group))
    await group.stop()
    await server.stop()
  }
}

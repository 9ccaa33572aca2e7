import Domain
import NIOHTTP1
import Testing

@testable import Transport

@Suite(
  "Encrypted addresses through a proxy", .timeLimit(.minutes(1)),
  .enabled(if: TestAuthority.isAvailable))
struct TunnelTests {
  /// Not of this machine, which is never reached through a proxy.
  private static let target = "elsewhere.test"

  @Test(
    "are asked through a tunnel, of which the proxy learns host and port alone",
    arguments: [["http/1.1"], ["h2", "http/1.1"]])
  func tunnel(protocols: [String]) async throws {
    try await run([.stream("data: a\n\n")], protocols: protocols) { bench in
      await bench.sink.wait(forText: "\n\n")
      let asked = try #require(bench.tunnels.all.first)
      #expect(asked.hasPrefix("CONNECT elsewhere.test:443 HTTP/1.1\r\n"))
      #expect(asked.lowercased().contains("\r\nproxy-authorization: basic yw5uonb3\r\n"))
      #expect(!asked.contains("Bearer"))
      let request = try #require(bench.server.requests.first)
      #expect(request.uri == "/stream")
      #expect(request.version == (protocols.count == 2 ? .http2 : .http1_1))
      #expect(request.headers["Authorization"] == ["Bearer t"])
      #expect(request.headers["Proxy-Authorization"].isEmpty)
    }
  }

  @Test("are tunnelled to anew after a loss")
  func again() async throws {
    try await run([.stream("data: a\n\n"), .stream("data: b\n\n")]) { bench in
      await bench.sink.wait(forText: "data: a\n\n")
      bench.server.drop()
      await bench.sink.wait(forText: "data: b\n\n")
      #expect(bench.tunnels.all.count == 2)
    }
  }

  @Test(
    "are held to the name that was asked for, not to the proxy's name or address",
    arguments: ["server", "address"])
  func name(certificate: String) async throws {
    try await run([.stream("")], certificate: certificate) { bench in
      let words = "its certificate is made out to another name: check the address"
      #expect(
        await bench.group.firstOutcome(of: 0)
          == .failed(.insecure(host: Self.target, reason: words)))
      #expect(bench.server.requests.isEmpty)
    }
  }

  @Test("may have a certificate for more than their name")
  func wildcard() async throws {
    try await run([.stream("data: a\n\n")], certificate: "wild") { bench in
      await bench.sink.wait(forText: "\n\n")
    }
  }

  @Test("are held to pins, before anything is asked")
  func pins() async throws {
    let pin = try CertificatePin("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    try await run([.stream("")], pins: [pin]) { bench in
      guard case .failed(.insecure(let host, let words)) = await bench.group.firstOutcome(of: 0)
      else {
        Issue.record("it was not refused")
        return
      }
      #expect(host == Self.target)
      #expect(words.hasPrefix("its key is not the pinned one"))
      #expect(bench.server.requests.isEmpty)
    }
  }

  @Test("a proxy that wants credentials, or makes no tunnel, is told as such")
  func noTunnel() async throws {
    for (status, failure) in [
      (
        407,
        ConnectFailure.refused(
          reason: "the proxy wants credentials (407): write them in its address")
      ),
      (502, .unavailable(reason: "the proxy does not tunnel to elsewhere.test port 443")),
    ] {
      let proxy = try await ScriptedServer.start([.status(status)])
      let clock = ManualClock()
      // Once: what is not in the script is answered like a tunnel.
      clock.stop(after: 0)
      let group = try group(through: proxy.port, SecurityOptions(), CollectingSink(), clock)
      group.start()
      #expect(await group.firstOutcome(of: 0) == .failed(failure))
      #expect(proxy.requests.map(\.method) == ["CONNECT"])
      await group.stop()
      await proxy.stop()
    }
  }

  private struct TunnelBench {
    let server: ScriptedServer
    let tunnels: TunnelHeads
    let sink: CollectingSink
    let group: TransportGroup
  }

  /// Runs a test against a server that is its own proxy.
  private func run(
    _ script: [ScriptedServer.Answer], protocols: [String] = [], certificate: String = "elsewhere",
    pins: [CertificatePin] = [], _ test: (TunnelBench) async throws -> Void
  ) async throws {
    let authority = try await TestAuthority.make()
    let tunnels = TunnelHeads()
    let server = try await ScriptedServer.start(
      script, tls: authority.server(certificate, protocols: protocols), through: tunnels)
    let sink = CollectingSink()
    let security = try SecurityOptions(authorities: authority.path("ca.pem"), pins: pins)
    let group = try group(through: server.port, security, sink)
    group.start()
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(
        try await test(TunnelBench(server: server, tunnels: tunnels, sink: sink, group: group)))
    } catch {
      outcome = .failure(error)
    }
    await group.stop()
    await server.stop()
    try outcome.get()
  }

  private func group(
    through port: Int, _ security: SecurityOptions, _ sink: CollectingSink,
    _ clock: ManualClock = ManualClock()
  ) throws -> TransportGroup {
    var options = testOptions(clock)
    // It runs in real time: a busy machine must not run into it.
    options.connectTimeout = .seconds(30)
    options.security = security
    options.proxies = ProxySettings(
      environment: ["https_proxy": "http://ann:pw@127.0.0.1:\(port)"])
    let address = try HTTPAddress(afterScheme: "\(Self.target)/stream", isSecure: true)
    return TransportGroup(
      sources: [Source(.http(address, .stream), authorization: "Bearer t")], sink: sink,
      options: options)
  }
}

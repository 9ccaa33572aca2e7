import Domain
import Testing
import Wire

@testable import Transport

@Suite("The way to a WebSocket", .timeLimit(.minutes(1)))
struct WebSocketRouteTests {
  private let hello: [SocketServer.Answer] = [.open([.text("x"), .close(1000, "")])]

  @Test("wss is encrypted, and held to authorities", .enabled(if: TestAuthority.isAvailable))
  func encrypted() async throws {
    let authority = try await TestAuthority.make()
    try await SocketBench.run(hello, tls: authority.server()) { options, _ in
      options.security = try SecurityOptions(authorities: authority.path("ca.pem"))
    } _: { bench in
      let end = await bench.run()
      #expect(end.reason == .lost("the server closed the connection (1000)"))
      #expect(bench.frames == [.frame(.message(.text), Array("x".utf8))])
    }
    try await SocketBench.run(hello, tls: authority.server()) { bench in
      let end = await bench.run()
      let words =
        "its certificate is by an authority not trusted here: name it with --ca if it is yours"
      #expect(end.reason == .failed(.insecure(host: "127.0.0.1", reason: words)))
      #expect(bench.server.requests.isEmpty)
    }
  }

  @Test(
    "wss is held to the name that was asked for, not to the address of whoever answers",
    .enabled(if: TestAuthority.isAvailable))
  func addressOnly() async throws {
    let authority = try await TestAuthority.make()
    try await SocketBench.run(hello, tls: authority.server("address"), name: "localhost") {
      options, _ in
      options.security = try SecurityOptions(authorities: authority.path("ca.pem"))
    } _: { bench in
      let end = await bench.run()
      let words = "its certificate is made out to 127.0.0.1: check the address"
      #expect(end.reason == .failed(.insecure(host: "localhost", reason: words)))
      #expect(bench.server.requests.isEmpty)
    }
  }

  @Test("another key than the pinned one is refused", .enabled(if: TestAuthority.isAvailable))
  func pinned() async throws {
    let authority = try await TestAuthority.make()
    let pin = try CertificatePin("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    try await SocketBench.run(hello, tls: authority.server()) { options, _ in
      options.security = try SecurityOptions(authorities: authority.path("ca.pem"), pins: [pin])
    } _: { bench in
      let end = await bench.run()
      let words =
        "its key is not the pinned one (it shows \(authority.pin)): "
        + "ask its operator before changing --pin"
      #expect(end.reason == .failed(.insecure(host: "127.0.0.1", reason: words)))
      #expect(bench.server.requests.isEmpty)
    }
  }

  @Test("a server that speaks no TLS is told as such, or in time")
  func notEncrypted() async throws {
    try await SocketBench.run([.silence], isSecure: true) { bench in
      let end = await bench.run(timeout: .milliseconds(50))
      #expect(
        end.reason == .failed(.unanswered(host: "127.0.0.1", port: bench.server.port)))
    }
  }

  @Test("a proxy is asked for a tunnel, and the handshake goes through it")
  func tunnel() async throws {
    let script = [SocketServer.Answer.raw("HTTP/1.1 200 Tunnel\r\n\r\n")] + hello
    try await SocketBench.run(script, host: "feed.test:8080") { options, server in
      options.proxies = ProxySettings(
        environment: ["http_proxy": "http://ann:pw@127.0.0.1:\(server.port)"])
    } _: { bench in
      let end = await bench.run()
      #expect(end.reason == .lost("the server closed the connection (1000)"))
      #expect(
        bench.server.requests.first
          == "CONNECT feed.test:8080 HTTP/1.1\r\nHost: feed.test:8080\r\n"
          + "Proxy-Authorization: Basic YW5uOnB3\r\n\r\n")
      let request = try #require(bench.server.requests.last)
      #expect(request.hasPrefix("GET /v1/ws HTTP/1.1\r\nHost: feed.test:8080\r\n"))
      #expect(!request.contains("Proxy-Authorization"))
    }
  }

  @Test(
    "a proxy that makes no tunnel is told as such",
    arguments: [
      (
        "HTTP/1.1 407 No\r\n\r\n",
        RungEnd.Reason.refused(
          "the proxy wants credentials (407): write them in its address")
      ),
      (
        "HTTP/1.1 502 No\r\n\r\n",
        .failed(.unavailable(reason: "the proxy does not tunnel to feed.test port 80"))
      ),
      (
        "SSH-2.0\r\n\r\n",
        .failed(.unavailable(reason: "the proxy does not tunnel to feed.test port 80"))
      ),
    ])
  func noTunnel(answer: String, reason: RungEnd.Reason) async throws {
    try await SocketBench.run([.raw(answer)], host: "feed.test") { options, server in
      options.proxies = ProxySettings(environment: ["http_proxy": "127.0.0.1:\(server.port)"])
    } _: { bench in
      let end = await bench.run()
      #expect(end.reason == reason)
    }
  }

  @Test("a 401 renews the credential once, and a second one stands")
  func renewal() async throws {
    let folder = TemporaryFolder()
    folder.write("count.sh", "echo x >> n; wc -l < n | tr -d ' '")
    let credential = Credential.tokenCommand("cd \(folder.path) && sh count.sh")
    let refusal = SocketServer.Answer.raw("HTTP/1.1 401 No\r\n\r\n")
    try await SocketBench.run([refusal] + hello, credential: credential) { bench in
      let end = await bench.run()
      #expect(end.hasByte)
      let tokens = bench.server.requests.map { $0.contains("Authorization: Bearer 1\r\n") }
      #expect(tokens == [true, false])
      #expect(bench.server.requests[1].contains("Authorization: Bearer 2\r\n"))
    }
    try await SocketBench.run([refusal, refusal, refusal], credential: credential) { bench in
      let end = await bench.run()
      #expect(
        end.reason == .refused("the server wants a valid token (401): give one or renew it"))
      #expect(bench.server.requests.count == 2)
    }
  }
}

import Domain
import NIOSSL
import Testing

@testable import Transport

@Suite("Encrypted connections", .timeLimit(.minutes(1)), .enabled(if: TestAuthority.isAvailable))
struct TLSTests {
  @Test("a certificate by an authority that was named is accepted")
  func namedAuthority() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(to: authority.server(), authorities: authority.path("ca.pem"))
    #expect(outcome == .connected)
  }

  @Test("a certificate by an authority nobody named is refused")
  func unknownAuthority() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(to: authority.server())
    #expect(
      words(outcome)
        == "no secure connection to 127.0.0.1: its certificate is by an authority not trusted here: "
        + "name it with --ca if it is yours")
  }

  @Test("a certificate made out to another name is refused")
  func wrongName() async throws {
    let authority = try await TestAuthority.make()
    for host in ["127.0.0.1", "localhost"] {
      let outcome = try await connect(
        to: authority.server("elsewhere"), host: host, authorities: authority.path("ca.pem"))
      #expect(
        words(outcome)
          == "no secure connection to \(host): its certificate is made out to elsewhere.test: "
          + "check the address")
    }
  }

  @Test("a certificate for the address of whoever answers is none for another name")
  func addressOnly() async throws {
    let authority = try await TestAuthority.make()
    let byName = try await connect(
      to: authority.server("address"), host: "localhost", authorities: authority.path("ca.pem"))
    #expect(
      words(byName)
        == "no secure connection to localhost: its certificate is made out to 127.0.0.1: "
        + "check the address")
    let byAddress = try await connect(
      to: authority.server("address"), authorities: authority.path("ca.pem"))
    #expect(byAddress == .connected)
  }

  @Test(
    "a name is matched whole, or by one label in the place of the asterisk",
    arguments: [
      ("feed.test", "feed.test", true), ("Feed.Test.", "feed.test", true),
      ("feed.test", "*.test", true), ("a.feed.test", "*.test", false), ("test", "*.test", false),
      (".test", "*.test", false), ("feed.test", "*", false), ("", "", false),
      ("xfeed.test", "feed.test", false),
    ])
  func matching(host: String, pattern: String, isMatch: Bool) {
    #expect(CertificateIdentity.matches(host, pattern) == isMatch)
  }

  @Test("a certificate out of its time is refused")
  func expired() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(
      to: authority.server("expired"), authorities: authority.path("ca.pem"))
    let message = try #require(words(outcome))
    #expect(
      message.hasPrefix("no secure connection to 127.0.0.1: its certificate expired on 20"))
    #expect(message.hasSuffix(": its operator must renew it"))
  }

  @Test("a pinned key is accepted")
  func pinned() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(
      to: authority.server(), authorities: authority.path("ca.pem"), pins: [authority.pin])
    #expect(outcome == .connected)
  }

  @Test("another key than the pinned one is refused before anything is asked")
  func otherKey() async throws {
    let authority = try await TestAuthority.make()
    let pin = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    let outcome = try await connect(
      to: authority.server(), authorities: authority.path("ca.pem"), pins: [pin]
    ) { #expect($0.requests.isEmpty) }
    #expect(
      words(outcome)
        == "no secure connection to 127.0.0.1: its key is not the pinned one (it shows "
        + "\(authority.pin)): ask its operator before changing --pin")
  }

  @Test("a pin does not replace the trust in an authority")
  func pinAlone() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(to: authority.server(), pins: [authority.pin])
    #expect(words(outcome)?.contains("authority not trusted") == true)
  }

  @Test("our certificate is shown to a server that asks")
  func client() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(
      to: authority.server(asksClients: true), authorities: authority.path("ca.pem"),
      certificate: authority.path("client.pem"), key: authority.path("client.key"))
    #expect(outcome == .connected)
  }

  @Test("without a certificate of ours, a server that asks for one is not reached")
  func noClient() async throws {
    let authority = try await TestAuthority.make()
    let outcome = try await connect(
      to: authority.server(asksClients: true), authorities: authority.path("ca.pem"))
    #expect(outcome != .connected)
  }

  @Test("a key of another certificate is told before anything is connected")
  func wrongKey() async throws {
    let authority = try await TestAuthority.make()
    let (certificate, key) = (authority.path("client.pem"), authority.path("server.key"))
    let error = #expect(throws: SecurityError.self) {
      try SecurityOptions(authorities: nil, certificate: certificate, key: key)
    }
    #expect(
      error?.message == "the key in \(key) does not belong to the certificate in \(certificate)")
  }

  @Test("the handler for other protocols refuses before it lets anything through")
  func otherProtocols() async throws {
    let authority = try await TestAuthority.make()
    let options = try SecurityOptions(authorities: authority.path("ca.pem"))
    let context = try NIOSSLContext(configuration: options.tlsConfiguration())
    #expect(throws: Never.self) { try options.clientHandler(context, host: "127.0.0.1") }
    #expect(throws: Never.self) { try options.clientHandler(context, host: "localhost") }
  }

  /// The first outcome of a stream from a server, and a look at what it was asked.
  private func connect(
    to server: TLSConfiguration, host: String = "127.0.0.1", authorities: String? = nil,
    certificate: String? = nil, key: String? = nil, pins: [String] = [],
    _ look: (ScriptedServer) -> Void = { _ in }
  ) async throws -> FirstAttempt {
    let security = try SecurityOptions(
      authorities: authorities, certificate: certificate, key: key,
      pins: pins.map { try CertificatePin($0) })
    let server = try await ScriptedServer.start([.stream("data: a\n\n")], tls: server)
    var options = testOptions(ManualClock())
    // It runs in real time: a busy machine must not run into it.
    options.connectTimeout = .seconds(30)
    options.security = security
    let address = try HTTPAddress(afterScheme: "\(host):\(server.port)/", isSecure: true)
    let group = TransportGroup(
      sources: [Source(.http(address, .stream))], sink: CollectingSink(), options: options)
    group.start()
    let outcome = await group.firstOutcome(of: 0)
    await group.stop()
    look(server)
    await server.stop()
    return outcome
  }

  private func words(_ outcome: FirstAttempt) -> String? {
    guard case .failed(let failure) = outcome else { return nil }
    return failure.message
  }
}

import Domain
import NIOHTTP1
import NIOSSL
import Testing

@testable import Transport

@Suite("Publishing an event", .timeLimit(.minutes(1)))
struct EventPublisherTests {
  @Test("it is posted to the hub with the credential and the headers of a source")
  func posts() async throws {
    let error = try await publish([.status(202)]) { source in
      source.credential = .fixed("Bearer t")
      source.headers = [try HTTPField("X-Tenant: two")]
    } _: { server in
      let request = try #require(server.requests.first)
      #expect(request.method == "POST")
      #expect(request.uri == "/v1/events")
      #expect(request.headers["Content-Type"] == ["application/cloudevents+json"])
      #expect(request.headers["Content-Length"] == ["2"])
      #expect(request.headers["Authorization"] == ["Bearer t"])
      #expect(request.headers["X-Tenant"] == ["two"])
      // What is said of a refusal is to be readable.
      #expect(request.headers["Accept-Encoding"].isEmpty)
    }
    #expect(error == nil)
  }

  @Test(
    "a hub may be named by its base address or any of its streams; another address is meant as it is",
    arguments: [
      ("", "/v1/events"), ("/", "/v1/events"), ("/v1/events", "/v1/events"),
      ("/feed/v1/ws?tenant=2", "/feed/v1/events?tenant=2"), ("/in?x=1", "/in?x=1"),
    ])
  func address(typed: String, asked: String) async throws {
    let error = try await publish([.status(200)], path: typed) { _ in
    } _: { server in
      #expect(server.requests.map(\.uri) == [asked])
    }
    #expect(error == nil)
  }

  @Test("a name and a password in the address are sent, and not shown")
  func basic() async throws {
    let error = try await publish([.status(500)], user: "ann:pw@") { _ in
    } _: { server in
      #expect(server.requests.map { $0.headers["Authorization"] } == [["Basic YW5uOnB3"]])
    }
    #expect(error?.message == "the hub answered 500: ")
  }

  @Test("a 401 renews the credential once and posts again")
  func renewal() async throws {
    let folder = TemporaryFolder()
    let command = "cd \(folder.path) && echo x >> n && wc -l < n"
    let error = try await publish([.status(401), .status(202)]) { source in
      source.credential = .tokenCommand(command)
    } _: { server in
      #expect(
        server.requests.map { $0.headers["Authorization"] } == [["Bearer 1"], ["Bearer 2"]])
    }
    #expect(error == nil)
  }

  @Test("a second 401 stands, and so does a 403")
  func forbidden() async throws {
    let folder = TemporaryFolder()
    let command = "cd \(folder.path) && echo x >> n && wc -l < n"
    let refused = try await publish([.status(401), .status(401), .status(202)]) { source in
      source.credential = .tokenCommand(command)
    } _: { server in
      #expect(server.requests.count == 2)
    }
    #expect(refused?.kind == .forbidden)
    #expect(refused?.message == "the hub wants a valid token (401): give one or renew it")
    let forbidden = try await publish([.status(403)])
    #expect(forbidden?.kind == .forbidden)
  }

  @Test("a failing token command is told, and nothing is posted")
  func noToken() async throws {
    let error = try await publish([.status(202)]) { source in
      source.credential = .tokenCommand("echo secret; exit 7")
    } _: { server in
      #expect(server.requests.isEmpty)
    }
    #expect(error?.kind == .connection)
    #expect(
      error?.message == "the token command failed with exit code 7: run it by hand to see why")
  }

  @Test("a hub that repeats the token in what it says to a refused event does not give it away")
  func echo() async throws {
    let answer = ScriptedServer.Answer.status(
      400, body: "no type; the request had Authorization: Bearer s3cret-token\u{1B}[2J")
    let error = try await publish([answer]) { $0.credential = .fixed("Bearer s3cret-token") }
    #expect(error?.kind == .refusal)
    #expect(
      error?.message
        == "the hub answered 400: no type; the request had Authorization: Bearer …\u{FFFD}[2J")
  }

  @Test("a redirection is told and not followed: the event was meant for this hub")
  func redirection() async throws {
    let answer = ScriptedServer.Answer.status(308, [("Location", "/elsewhere")])
    let error = try await publish([answer, .status(202)]) { _ in
    } _: { server in
      #expect(server.requests.count == 1)
    }
    #expect(error?.kind == .refusal)
    #expect(error?.message == "the hub redirects (308): give the address that it leads to")
  }

  @Test("what is no address of a server is told", arguments: [Source.Origin.standardInput])
  func noHub(origin: Source.Origin) async {
    let error = await #expect(throws: PublishError.self) {
      try await EventPublisher.publish([], to: Source(origin))
    }
    #expect(error?.kind == .address)
  }

  @Test("unencrypted addresses are reached through the proxy, in the absolute form")
  func proxy() async throws {
    let proxy = try await ScriptedServer.start([.status(202)])
    var options = TransportOptions()
    options.proxies = ProxySettings(environment: ["http_proxy": "127.0.0.1:\(proxy.port)"])
    let hub = try HTTPAddress(afterScheme: "feed.test:8080", isSecure: false)
    try await EventPublisher.publish(
      Array("{}".utf8), to: Source(.http(hub, .automatic), authorization: "Bearer t"),
      options: options)
    #expect(proxy.requests.map(\.uri) == ["http://feed.test:8080/v1/events"])
    #expect(proxy.requests.map { $0.headers["Authorization"] } == [["Bearer t"]])
    await proxy.stop()
  }

  @Test(
    "an encrypted hub is held to authorities and pins, and is shown our certificate",
    .enabled(if: TestAuthority.isAvailable))
  func encrypted() async throws {
    let authority = try await TestAuthority.make()
    let tls = try authority.server(asksClients: true)
    let trusting = try SecurityOptions(
      authorities: authority.path("ca.pem"), certificate: authority.path("client.pem"),
      key: authority.path("client.key"), pins: [try CertificatePin(authority.pin)])
    let other = try CertificatePin("sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    let pinned = try SecurityOptions(
      authorities: authority.path("ca.pem"), certificate: authority.path("client.pem"),
      key: authority.path("client.key"), pins: [other])
    #expect(try await publish([.status(202)], tls: tls) { $0.security = trusting } == nil)
    for security in [SecurityOptions(), pinned] {
      let error = try await publish([.status(202)], tls: tls) { source in
        source.security = security
      } _: { server in
        #expect(server.requests.isEmpty)
      }
      #expect(error?.kind == .connection)
      #expect(error?.message.hasPrefix("no secure connection to 127.0.0.1: ") == true)
    }
  }

  /// What is thrown when an event is published to a server, and a look at what it was asked.
  private func publish(
    _ script: [ScriptedServer.Answer], path: String = "", user: String = "",
    tls: TLSConfiguration? = nil, _ adjust: (inout Source) throws -> Void = { _ in },
    _ look: (ScriptedServer) throws -> Void = { _ in }
  ) async throws -> PublishError? {
    let server = try await ScriptedServer.start(script, tls: tls)
    let address = try HTTPAddress(
      afterScheme: "\(user)127.0.0.1:\(server.port)\(path)", isSecure: tls != nil)
    var source = Source(.http(address, .automatic))
    try adjust(&source)
    var thrown: PublishError?
    do throws(PublishError) {
      try await EventPublisher.publish(Array("{}".utf8), to: source)
    } catch {
      thrown = error
    }
    let outcome = Result { try look(server) }
    await server.stop()
    try outcome.get()
    return thrown
  }
}

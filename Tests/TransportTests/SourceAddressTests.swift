import Testing

@testable import Transport

@Suite("Source addresses")
struct SourceAddressTests {
  @Test(
    "what a person types names a source",
    arguments: [
      ("-", "stdin"), ("/dev/stdin", "stdin"), ("run.cast", "run.cast"), ("./a b", "./a b"),
      ("http://localhost:8080", "http://localhost:8080"),
      ("HTTP://LOCALHOST:8080/v1", "http://localhost:8080/v1"),
      ("http://127.9.9.9", "http://127.9.9.9"), ("http://[::1]:81/x", "http://[::1]:81/x"),
      ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
      ("sse+https://example.org/a", "https://example.org/a"),
      ("poll+https://example.org/a", "https://example.org/a"),
      ("https://example.org:/", "https://example.org/"),
    ])
  func names(text: String, name: String) throws {
    #expect(try SourceAddress(text).name == name)
  }

  @Test("schemes choose the transport")
  func modes() throws {
    let texts = ["https://h/", "sse+https://h/", "poll+https://h/"]
    let modes = try texts.map { text -> HTTPMode? in
      guard case .http(_, let mode) = try SourceAddress(text) else { return nil }
      return mode
    }
    #expect(modes == [.automatic, .stream, .poll])
  }

  @Test("secrets of an address are never shown")
  func secrets() throws {
    let address = try SourceAddress("https://ann:pa%40ss@example.org/s?token=abc&topic=x&Key=1")
    #expect(address.name == "https://example.org/s?token=…&topic=x&Key=…")
    guard case .http(let http, _) = address else { return }
    #expect(http.url == "https://example.org/s?token=abc&topic=x&Key=1")
    #expect(http.credentials == HTTPAddress.Credentials(user: "ann", password: "pa@ss"))
    #expect(http.credentials?.basicAuthorization == "Basic YW5uOnBhQHNz")
  }

  @Test(
    "what is no source is refused with its reason",
    arguments: [
      ("", SourceAddressError.empty), ("ftp://h/", .unknownScheme("ftp")),
      ("wss://h/", .webSocketNotYet), ("ws://h", .webSocketNotYet), ("http://", .noHost),
      ("https://:80/", .noHost), ("https://a b/", .badCharacter),
      ("https://h/a\u{7F}", .badCharacter), ("https://h:0/", .badPort("0")),
      ("https://h:65536/", .badPort("65536")), ("https://h:+5/", .badPort("+5")),
      ("https://h:99999999999999999999/", .badPort("99999999999999999999")),
      ("https://[::1/", .badHost("[::1")), ("https://[zz]/", .badHost("zz")),
      ("https://[::1]x/", .badPort("x")), ("https://h%41/", .badHost("h%41")),
      ("http://example.org/a", .plaintext("http://example.org/a")),
      ("http://u:p@127.example.org/", .plaintext("http://127.example.org/")),
      ("http://127.0.0.1.example.org/", .plaintext("http://127.0.0.1.example.org/")),
    ])
  func errors(text: String, error: SourceAddressError) {
    #expect(throws: error) { try SourceAddress(text) }
    #expect(!error.message.isEmpty && !error.message.contains("\n"))
  }

  @Test("plain text goes beyond this machine only when it is allowed")
  func plaintext() throws {
    #expect(
      try SourceAddress("http://example.org", allowPlaintext: true).name
        == "http://example.org")
  }

  @Test(
    "a reference leads where RFC 3986 says",
    arguments: [
      ("/x", "https://h:8/x"), ("x", "https://h:8/a/x"), ("../x", "https://h:8/x"),
      ("../../../x", "https://h:8/x"), ("./", "https://h:8/a/"), ("?q=1", "https://h:8/a/b?q=1"),
      ("//other/y", "https://other/y"), ("http://other/y", "http://other/y"),
      ("HTTPS://h:8/z", "https://h:8/z"), ("https://u:p@h:8/z", "https://h:8/z"),
      ("mailto:x", nil), ("", nil), ("http://", nil), ("ftp://h/x", nil),
    ])
  func following(reference: String, url: String?) throws {
    let base = try HTTPAddress(afterScheme: "u:p@h:8/a/b?c", isSecure: true)
    #expect(base.following(reference)?.url == url)
    #expect(base.following(reference)?.credentials == nil)
  }

  @Test(
    "a bare host means a hub",
    arguments: [
      ("h", "https://h/v1/events", "https://h/v1/poll?after=7%20%C3%A9"),
      ("h/", "https://h/v1/events", "https://h/v1/poll?after=7%20%C3%A9"),
      (
        "h/k/v1/events?x=1", "https://h/k/v1/events?x=1", "https://h/k/v1/poll?x=1&after=7%20%C3%A9"
      ),
      ("h/v1/poll", "https://h/v1/events", "https://h/v1/poll?after=7%20%C3%A9"),
      ("h/feed", "https://h/feed", "https://h/feed"),
    ])
  func endpoints(text: String, stream: String, poll: String) throws {
    let endpoints = Endpoints(try HTTPAddress(afterScheme: text, isSecure: true))
    #expect(endpoints.stream.url == stream)
    #expect(endpoints.poll(after: "7 é").url == poll)
  }
}

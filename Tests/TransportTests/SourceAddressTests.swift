import Domain
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
      ("sse+https://example.org/a", "sse+https://example.org/a"),
      ("poll+https://example.org:443/a", "poll+https://example.org/a"),
      ("LongPoll+http://u:p@localhost/a", "longpoll+http://localhost/a"),
      ("https://example.org:/", "https://example.org/"),
      ("wss://u:p@example.org/a?token=x", "wss://example.org/a?token=…"),
      ("ws://localhost:81/a", "ws://localhost:81/a"),
    ])
  func names(text: String, name: String) throws {
    #expect(try SourceAddress(text).name == name)
  }

  @Test("schemes choose the transport")
  func modes() throws {
    let texts = [
      "https://h/", "sse+https://h/", "poll+https://h/", "longpoll+https://h/", "wss://h/",
    ]
    let modes = try texts.map { text -> HTTPMode? in
      guard case .http(_, let mode) = try SourceAddress(text) else { return nil }
      return mode
    }
    #expect(modes == [.automatic, .stream, .poll, .longPoll, .webSocket])
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
      ("http://", .noHost), ("wss://", .noHost),
      ("ws://example.org/", .plaintext("http://example.org/")),
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
    "a bare host means a hub, which has every rung",
    arguments: [
      ("h", "/", ""), ("h/", "/", ""), ("h/k/v1/events?x=1", "/k/", "x=1&"),
      ("h/v1/poll", "/", ""), ("h/v1/ws", "/", ""),
    ])
  func hub(text: String, prefix: String, query: String) throws {
    let endpoints = Endpoints(try HTTPAddress(afterScheme: text, isSecure: true))
    let base = "https://h" + prefix + "v1/"
    #expect(endpoints.isHub)
    #expect(endpoints.stream.url.hasPrefix(base + "events"))
    #expect(endpoints.socket(after: "7 é").url == base + "ws?" + query + "after=7%20%C3%A9")
    #expect(endpoints.poll(after: "7").url == base + "poll?" + query + "after=7")
    #expect(
      endpoints.poll(after: "7", wait: .seconds(4)).url == base + "poll?" + query + "after=7&wait=4"
    )
  }

  @Test("any other address is asked for every rung as it is")
  func elsewhere() throws {
    let endpoints = Endpoints(try HTTPAddress(afterScheme: "h/feed?x", isSecure: true))
    #expect(!endpoints.isHub)
    let urls = [
      endpoints.stream, endpoints.socket(after: "7"), endpoints.poll(after: "7", wait: .seconds(4)),
    ].map(\.url)
    #expect(urls == [String](repeating: "https://h/feed?x", count: 3))
  }
}

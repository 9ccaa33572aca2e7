import Testing

@testable import Transport

@Suite("Proxies")
struct ProxySettingsTests {
  @Test("a scheme's own variable serves before that for all, lower case before upper case")
  func precedence() throws {
    let settings = ProxySettings(environment: [
      "HTTPS_PROXY": "http://upper:1", "https_proxy": "http://lower:2", "ALL_PROXY": "rest:3",
    ])
    #expect(try proxy(settings, "https://example.org/") == "lower:2")
    #expect(try proxy(settings, "http://example.org/") == "rest:3")
  }

  @Test("an empty variable counts as not set")
  func empty() throws {
    let settings = ProxySettings(environment: ["https_proxy": "", "HTTPS_PROXY": "p:1"])
    #expect(try proxy(settings, "https://example.org/") == "p:1")
  }

  @Test("a CGI program does not let its client choose the proxy")
  func cgi() throws {
    let settings = ProxySettings(environment: ["HTTP_PROXY": "evil:1", "REQUEST_METHOD": "GET"])
    #expect(try proxy(settings, "http://example.org/") == nil)
    let lower = ProxySettings(environment: ["http_proxy": "good:1", "REQUEST_METHOD": "GET"])
    #expect(try proxy(lower, "http://example.org/") == "good:1")
  }

  @Test(
    "this machine is never reached through a proxy",
    arguments: [
      "http://127.0.0.1:7800/", "https://localhost/", "http://[::1]/", "http://a.localhost/",
    ])
  func loopback(address: String) throws {
    #expect(try proxy(ProxySettings(environment: ["ALL_PROXY": "p:1"]), address) == nil)
  }

  @Test("the port of a proxy is 1080 unless written, as with curl")
  func defaultPort() throws {
    let settings = ProxySettings(environment: ["ALL_PROXY": "http://proxy.example/"])
    #expect(try proxy(settings, "https://example.org/") == "proxy.example:1080")
  }

  @Test("credentials of a proxy are sent to it as Basic")
  func credentials() throws {
    let settings = ProxySettings(environment: ["ALL_PROXY": "http://ann:pa%40ss@p:1"])
    let found = try settings.proxy(for: try address("https://example.org/"))
    #expect(found?.authorization == "Basic YW5uOnBhQHNz")
  }

  @Test(
    "a proxy that cannot be used is an error that names its variable, not its value",
    arguments: ["socks5://ann:secret@p:1", "https://ann:secret@p", "http://ann:secret@p:99999"])
  func unusable(value: String) throws {
    let settings = ProxySettings(environment: ["HTTPS_PROXY": value])
    let error = try #require(throws: SecurityError.self) {
      try settings.proxy(for: try address("https://example.org/"))
    }
    #expect(error.message.contains("HTTPS_PROXY") && !error.message.contains("secret"))
  }

  @Test(
    "exceptions are names with what is below them, addresses, networks and ports",
    arguments: [
      ("*", "https://example.org/", true),
      ("example.org", "https://example.org/", true),
      ("example.org", "https://a.example.org/", true),
      (".example.org", "https://example.org/", true),
      ("*.example.org", "https://a.example.org/", true),
      ("example.org", "https://badexample.org/", false),
      ("EXAMPLE.org", "https://example.org./", true),
      ("example.org:8443", "https://example.org/", false),
      ("example.org:8443", "https://example.org:8443/", true),
      ("a.test, b.test", "https://b.test/", true),
      ("a.test b.test", "https://b.test/", true),
      ("10.0.0.0/8", "https://10.200.0.1/", true),
      ("10.0.0.0/8", "https://11.0.0.1/", false),
      ("10.0.0.0/33", "https://10.0.0.1/", false),
      ("10.1.1.1", "https://10.1.1.1/", true),
      ("10.1.1.1:443", "https://10.1.1.1/", true),
      ("10.1.1.1:444", "https://10.1.1.1/", false),
      ("1.1", "https://10.0.1.1/", false),
      ("2001:db8::/32", "https://[2001:db8:1::5]/", true),
      ("[2001:db8::1]:443", "https://[2001:db8::1]/", true),
      ("2001:db8::1", "https://[2001:DB8:0::1]/", true),
      ("", "https://example.org/", false), (",,/,", "https://example.org/", false),
    ])
  func exceptions(list: String, target: String, isExcepted: Bool) throws {
    let settings = ProxySettings(environment: ["ALL_PROXY": "p:1", "no_proxy": list])
    #expect(try (proxy(settings, target) == nil) == isExcepted)
  }

  private func proxy(_ settings: ProxySettings, _ text: String) throws -> String? {
    try settings.proxy(for: try address(text))?.address.authority
  }

  private func address(_ text: String) throws -> HTTPAddress {
    let source = try SourceAddress(text, allowPlaintext: true)
    guard case .http(let address, _) = source else { throw SourceAddressError.empty }
    return address
  }
}

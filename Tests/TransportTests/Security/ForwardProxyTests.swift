import NIOHTTP1
import Testing

@testable import Transport

@Suite("Unencrypted addresses through a proxy", .timeLimit(.minutes(1)))
struct ForwardProxyTests {
  @Test("are asked of the proxy in the absolute form, with its credentials")
  func absoluteForm() async throws {
    let proxy = try await ScriptedServer.start([.stream("data: a\n\n")])
    let sink = CollectingSink()
    var options = testOptions(ManualClock())
    options.allowPlaintext = true
    options.proxies = ProxySettings(
      environment: ["http_proxy": "http://ann:pw@127.0.0.1:\(proxy.port)"])
    let address = try HTTPAddress(afterScheme: "feed.test:8080/a?b=c", isSecure: false)
    let group = TransportGroup(
      sources: [Source(.http(address, .stream), authorization: "Bearer t")], sink: sink,
      options: options)
    group.start()
    await sink.wait(forText: "\n\n")
    let request = try #require(proxy.requests.first)
    #expect(request.uri == "http://feed.test:8080/a?b=c")
    #expect(request.headers["Host"] == ["feed.test:8080"])
    #expect(request.headers["Proxy-Authorization"] == ["Basic YW5uOnB3"])
    #expect(request.headers["Authorization"] == ["Bearer t"])
    await group.stop()
    await proxy.stop()
  }
}

import AsyncHTTPClient
import Hub
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1))) struct MetricsServerTests {
  private static func answer(
    _ url: String, _ method: String = "GET"
  ) async throws -> (status: UInt, type: String?, text: String) {
    var request = HTTPClientRequest(url: url)
    request.method = HTTPMethod(rawValue: method)
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let body = try await response.body.collect(upTo: 1 << 20)
    return (
      response.status.code, response.headers.first(name: "Content-Type"), String(buffer: body)
    )
  }

  @Test("a path answers its newest page, another says what there is")
  func pages() async throws {
    let server = MetricsServer()
    let serving = Task { try await server.run() }
    let base = "http://127.0.0.1:\(try await server.boundPort)"
    #expect(try await Self.answer(base + "/metrics").status == 404)
    for number in 1...2 {
      let body = Array("podium_up \(number)\n".utf8)
      server.publish(.init(type: "text/plain; version=0.0.4", body: body), at: "/metrics")
    }
    let page = try await Self.answer(base + "/metrics")
    #expect(page.status == 200)
    #expect(page.type == "text/plain; version=0.0.4")
    #expect(page.text == "podium_up 2\n")
    #expect(try await Self.answer(base + "/metrics", "POST").status == 405)
    #expect(try await Self.answer(base + "/").text.contains("/health.json"))
    serving.cancel()
    try await serving.value
  }

  @Test("an occupied port is told at once")
  func occupied() async throws {
    let first = MetricsServer()
    let serving = Task { try await first.run() }
    let port = try await first.boundPort
    let second = MetricsServer(port: port)
    let failing = Task { try await second.run() }
    await #expect(throws: FeedServerError.addressInUse(host: "127.0.0.1", port: port)) {
      _ = try await second.boundPort
    }
    _ = await failing.result
    serving.cancel()
    try await serving.value
  }
}

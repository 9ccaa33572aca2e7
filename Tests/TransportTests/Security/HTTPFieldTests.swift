import NIOHTTP1
import Testing

@testable import Transport

@Suite("Headers a person sets")
struct HTTPFieldTests {
  @Test("are a name, a colon and a value without white space around it")
  func reads() throws {
    let field = try HTTPField("X-Tenant: \t a b ")
    #expect(field.name == "X-Tenant" && field.value == "a b")
    #expect(try HTTPField("X:").value == "")
  }

  @Test(
    "that carry secrets are refused, with where they belong",
    arguments: ["Authorization: Bearer hidden", "COOKIE: a=hidden", "proxy-authorization: hidden"])
  func secrets(text: String) {
    let error = #expect(throws: SecurityError.self) { try HTTPField(text) }
    #expect(error?.message.contains("--token-") == true)
    #expect(error?.message.contains("hidden") == false)
  }

  @Test(
    "that are broken or ours are refused",
    arguments: [
      "", "no colon", ": x", "a b: c", "X: a\u{1B}[2J", "X: a\r\nY: b", "Host: x", "accept: x",
      "Last-Event-ID: 5", "Content-Length: 5", "Café: x", "X\u{0}: y",
    ])
  func refused(text: String) {
    let error = #expect(throws: SecurityError.self) { try HTTPField(text) }
    #expect(error?.message.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } == true)
  }

  @Test("go with every request to the source's own origin")
  func sent() async throws {
    let field = try HTTPField("X-Tenant: 7")
    try await Bench.run([.stream("data: a\n\n")], source: { $0.headers = [field] }) { bench in
      await bench.sink.wait(forText: "\n\n")
      #expect(bench.server.requests.map { $0.headers["X-Tenant"] } == [["7"]])
    }
  }
}

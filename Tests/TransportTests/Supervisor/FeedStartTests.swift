import Domain
import NIOHTTP1
import Testing
import Wire

@testable import Transport

/// A hub that had sent nothing yet when the connection was lost: it has all that came meanwhile, so
/// nothing is unknown.
@Suite("A feed that nothing came of yet", .timeLimit(.minutes(1)))
struct FeedStartTests {
  @Test("is continued from where the hub said that it begins")
  func stream() async throws {
    try await Bench.run([silent("0-e"), silent("5-f"), silent(nil)], path: "", mode: .stream) {
      bench in
      for count in 1...3 {
        await bench.sink.wait(count: count) { $0.isConnected }
        bench.server.drop()
      }
      #expect(
        bench.server.requests.map { $0.headers["Last-Event-ID"] }.prefix(3) == [
          [], ["0-e"], ["0-e"],
        ])
      #expect(
        bench.sink.facts.filter(\.isConnected).prefix(3) == [
          .connected(.sse, resumedFrom: nil), .connected(.sse, resumedFrom: "0-e"),
          .connected(.sse, resumedFrom: "0-e"),
        ])
    }
  }

  @Test("is continued from what was decoded as soon as anything was")
  func decoded() async throws {
    try await Bench.run([silent("0-e"), silent(nil)], path: "", mode: .stream) { bench in
      await bench.sink.wait { $0.isConnected }
      bench.server.send("id: 7-e\ndata: x\n\n")
      await bench.sink.wait(forText: "x\n\n")
      bench.server.drop()
      await bench.sink.wait(count: 2) { $0.isConnected }
      #expect(bench.server.requests.last?.headers["Last-Event-ID"] == ["7-e"])
    }
  }

  @Test("is not continued where the server is no hub, or tells no position")
  func elsewhere() async throws {
    for (path, told) in [("/stream", "0-e"), ("", nil), ("", ""), ("", "a b"), ("", "caf\u{E9}")] {
      try await Bench.run([silent(told), silent(told)], path: path, mode: .stream) { bench in
        await bench.sink.wait { $0.isConnected }
        bench.server.drop()
        await bench.sink.wait(count: 2) { $0.isConnected }
        #expect(bench.server.requests[1].headers["Last-Event-ID"] == [], "\(told ?? "-")")
        #expect(bench.sink.facts.filter(\.isConnected)[1] == .connected(.sse, resumedFrom: nil))
      }
    }
  }

  @Test("is continued by WebSocket too")
  func socket() async throws {
    let script: [SocketServer.Answer] = [
      .open([.close(1001, "")], begins: "0-e"), .open([.close(1001, "")]),
    ]
    try await SocketBench.run(script) { bench in
      _ = await bench.run()
      _ = await bench.run()
      #expect(
        bench.server.requests.map { $0.prefix { $0 != "\r\n" } } == [
          "GET /v1/ws HTTP/1.1", "GET /v1/ws?after=0-e HTTP/1.1",
        ])
    }
  }

  @Test("is continued by a poll that was dropped while it waited")
  func poll() async throws {
    let empty = ScriptedServer.Answer.json("[]", [("Last-Event-ID", "0-e")])
    try await Bench.run([empty, .silence, empty, .silence], path: "", mode: .longPoll) { bench in
      await bench.until { bench.server.requests.count == 2 }
      bench.group.reconnect(connection: 0)
      await bench.sink.wait(count: 2) { $0.isConnected }
      #expect(bench.server.requests[2].uri == "/v1/poll?after=0-e")
      #expect(
        bench.sink.facts.filter(\.isConnected) == [
          .connected(.longPoll, resumedFrom: nil), .connected(.longPoll, resumedFrom: "0-e"),
        ])
    }
  }

  private func silent(_ start: String?) -> ScriptedServer.Answer {
    var answer = ScriptedServer.Answer.stream("")
    if let start { answer.headers.append(("Last-Event-ID", start)) }
    return answer
  }
}

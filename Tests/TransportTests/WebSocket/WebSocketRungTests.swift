import Domain
import Locking
import NIOCore
import Testing
import Wire

@testable import Transport

@Suite("WebSocket connections")
struct WebSocketRungTests {
  @Test("messages arrive whole and in order, the first of them with the head of the answer")
  func messages() async throws {
    let script: [SocketServer.Answer] = [
      .open(
        [.text("{\"n\":1}"), .binary([1, 2]), .text(""), .close(1001, "restart")],
        subprotocol: "cloudevents.json")
    ]
    try await SocketBench.run(script) { bench in
      let end = await bench.run()
      #expect(end.reason == .lost("the server is going away (1001): restart"))
      #expect(end.since != nil)
      #expect(end.hasByte)
      #expect(
        bench.frames == [
          .frame(.message(.text), Array("{\"n\":1}".utf8)), .frame(.message(.binary), [1, 2]),
          .frame(.message(.text), []),
        ])
      let request = bench.server.requests[0]
      #expect(request.contains("Sec-WebSocket-Protocol: cloudevents.json\r\n"))
      #expect(request.contains("Sec-WebSocket-Extensions: permessage-deflate"))
      #expect(request.hasPrefix("GET /v1/ws HTTP/1.1\r\n"))
    }
  }

  @Test("a hub is asked for what follows the position")
  func position() async throws {
    try await SocketBench.run([.open([.close(1000, "")])]) { bench in
      _ = await bench.run(from: "57-t3h2k1")
      #expect(bench.server.requests[0].hasPrefix("GET /v1/ws?after=57-t3h2k1 HTTP/1.1\r\n"))
    }
  }

  @Test("nchan is told the position, and its messages are told apart")
  func nchan() async throws {
    let script: [SocketServer.Answer] = [
      .open(
        [.text("id: 1:0\n\nx"), .close(1000, "")], subprotocol: "ws+meta.nchan")
    ]
    try await SocketBench.run(script, path: "/ws?id=c") { bench in
      let end = await bench.run(from: "1795233681:0")
      let request = bench.server.requests[0]
      #expect(request.contains("Sec-WebSocket-Protocol: ws+meta.nchan, cloudevents.json\r\n"))
      #expect(request.contains("\r\nLast-Event-ID: 1795233681:0\r\n"))
      #expect(bench.frames == [.frame(.message(.meta), Array("id: 1:0\n\nx".utf8))])
      #expect(end.reason == .lost("the server closed the connection (1000)"))
    }
  }

  @Test("a server's ping is answered and is a sign of life")
  func heartbeat() async throws {
    try await SocketBench.run([.open([.ping([7]), .text("x")])]) { bench in
      let task = Task { await bench.run() }
      await bench.server.wait(forItems: 1)
      #expect(bench.server.items == [.pong([7])])
      await bench.sink.wait { $0.count >= 2 }
      #expect(bench.sink.facts == [.heartbeat])
      task.cancel()
      #expect(await task.value.reason == .interrupted)
    }
  }

  @Test("pings measure the round trip, and their silence ends the connection")
  func pings() async throws {
    try await SocketBench.run([.open([]), .open([.deaf])], pings: true) { bench in
      bench.clock.stop(after: 2)
      let task = Task { await bench.run() }
      await bench.sink.wait { !$0.isEmpty }
      #expect(bench.sink.facts == [.roundTrip(.zero)])
      #expect(bench.clock.slept.first == .seconds(1))
      task.cancel()
      _ = await task.value
      bench.clock.stop(after: 1_000)
      let end = await bench.run()
      #expect(end.reason == .lost("no answer to a ping for 5 s"))
    }
  }

  @Test("what compression saves is told, at most once a second")
  func compression() async throws {
    let text = String(repeating: "a", count: 1_000)
    try await SocketBench.run([.open([.text(text), .text(text)])], pings: true) { bench in
      bench.clock.stop(after: 2)
      let task = Task { await bench.run() }
      await bench.sink.wait { $0.count >= 4 }
      task.cancel()
      _ = await task.value
      let facts = bench.sink.facts
      #expect(facts.count == 2)
      #expect(facts.first == .roundTrip(.zero))
      guard case .compressed(let received, let inflated)? = facts.last else {
        Issue.record("\(facts)")
        return
      }
      #expect(inflated == 2_000)
      #expect((1..<100).contains(received))
    }
  }

  @Test(
    "an answer that is no WebSocket says what it means",
    arguments: [
      ("404 Not Found\r\n", RungEnd.Reason.unsupported("the server has no WebSocket there (404)")),
      ("426 Upgrade\r\n", .unsupported("the server has no WebSocket there (426)")),
      ("200 OK\r\n", .unsupported("the server has no WebSocket there (200)")),
      ("501 No\r\n", .unsupported("the server has no WebSocket there (501)")),
      (
        "403 No\r\n",
        .refused("the server does not allow this (403): check what the token may read")
      ),
      (
        "503 Busy\r\nRetry-After: 7\r\n",
        .busy("the server is unavailable (503)", retryAfter: .seconds(7))
      ),
      ("429 Slow\r\n", .busy("the server asks us to slow down (429)", retryAfter: nil)),
      (
        "302 Moved\r\n",
        .refused("the server redirects without saying where: check the address")
      ),
      (
        "302 Moved\r\nLocation: http://elsewhere.example/\r\n",
        .refused(
          "the server redirects to http://elsewhere.example/, which is not encrypted: "
            + "check the address")
      ),
      (
        "101 Ok\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
        .unsupported("the server did not prove that it read the handshake (Sec-WebSocket-Accept)")
      ),
    ])
  func answers(head: String, reason: RungEnd.Reason) async throws {
    try await SocketBench.run([.raw("HTTP/1.1 " + head + "\r\n")]) { bench in
      let end = await bench.run()
      #expect(end == RungEnd(since: nil, hasByte: false, reason: reason))
    }
  }

  @Test("redirections are followed, five at most, and carry the credential home alone")
  func redirects() async throws {
    let home = SocketServer.Answer.raw("HTTP/1.1 307 x\r\nLocation: /v1/other\r\n\r\n")
    try await SocketBench.run([home, .open([.close(1000, "")])], authorization: "Bearer s") {
      bench in
      _ = await bench.run()
      #expect(bench.server.requests.count == 2)
      #expect(bench.server.requests[1].hasPrefix("GET /v1/other HTTP/1.1\r\n"))
      #expect(bench.server.requests[1].contains("\r\nAuthorization: Bearer s\r\n"))
    }
    let other = try await SocketServer.start([.open([.close(1000, "")])])
    let away = SocketServer.Answer.raw(
      "HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:\(other.port)/x\r\n\r\n")
    try await SocketBench.run([away], authorization: "Bearer s") { bench in
      _ = await bench.run()
      #expect(bench.server.requests[0].contains("Authorization"))
      #expect(!other.requests[0].contains("Authorization"))
    }
    await other.stop()
    try await SocketBench.run(Array(repeating: home, count: 8)) { bench in
      let end = await bench.run()
      #expect(
        end.reason == .refused("more than 5 redirections in a row: check the address"))
      #expect(bench.server.requests.count == 6)
    }
  }

  @Test("what breaks the protocol ends the connection with its reason, and the server is told")
  func violation() async throws {
    try await SocketBench.run([.open([.text("a"), .bytes([0x83, 0x00])])]) { bench in
      let end = await bench.run()
      #expect(end.reason == .lost("the server sent a frame of the reserved kind 3"))
      await bench.server.wait(forItems: 1)
      #expect(bench.server.items == [.close(code: 1002, reason: "")])
      #expect(bench.frames.count == 1)
    }
  }

  @Test("a reason for closing shows no control character")
  func hostileReason() async throws {
    try await SocketBench.run([.open([.close(4401, "a\u{1B}[2Jb")])]) { bench in
      let end = await bench.run()
      #expect(
        end.reason == .lost("the server closed the connection (4401): a\u{FFFD}[2Jb"))
    }
  }

  @Test("a connection that breaks without a word is lost")
  func broken() async throws {
    try await SocketBench.run([.open([.text("x"), .drop])]) { bench in
      let end = await bench.run()
      #expect(end.reason == .lost("the connection broke"))
      #expect(bench.frames.count == 1)
    }
  }

  @Test("a server that says nothing is given up in time, and so is one that hangs up")
  func silent() async throws {
    try await SocketBench.run([.silence]) { bench in
      let end = await bench.run(timeout: .milliseconds(50))
      #expect(
        end.reason == .failed(.unanswered(host: "127.0.0.1", port: bench.server.port)))
    }
    try await SocketBench.run([]) { bench in
      let end = await bench.run()
      #expect(end.reason == .failed(.hungUp(host: "127.0.0.1", port: bench.server.port)))
    }
  }

  @Test("nobody there is told as such")
  func nobody() async throws {
    try await SocketBench.run([], host: "127.0.0.1:1") { bench in
      let end = await bench.run()
      #expect(end.reason == .failed(.connectionRefused(host: "127.0.0.1", port: 1)))
    }
  }

  @Test("cancelling drops the connection at once, in the handshake too")
  func cancelling() async throws {
    try await SocketBench.run([.silence]) { bench in
      let task = Task { await bench.run(timeout: .seconds(60)) }
      task.cancel()
      #expect(await task.value.reason == .interrupted)
    }
  }

  @Test("a connection that is not wanted is let go before anything is read")
  func unwanted() async throws {
    try await SocketBench.run([.open([.text("x")])]) { bench in
      bench.isWanted = false
      let end = await bench.run()
      #expect(end.reason == .interrupted)
      #expect(bench.frames.isEmpty)
    }
  }

  @Test("while the sink takes nothing, nothing is read")
  func backPressure() async throws {
    let steps = (0..<400).map { _ in SocketServer.Step.binary([UInt8](repeating: 1, count: 65_536))
    }
    try await SocketBench.run([.open(steps, deflate: false)]) { bench in
      bench.sink.shut()
      let task = Task { await bench.run() }
      await bench.sink.wait { !$0.isEmpty }
      #expect(bench.frames.count == 1)
      bench.sink.open()
      await bench.sink.wait { $0.count == 400 }
      task.cancel()
      _ = await task.value
    }
  }
}

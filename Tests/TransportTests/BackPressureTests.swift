import Domain
import Locking
import Testing
import Wire

@testable import Transport

@Suite("Back pressure and isolation", .timeLimit(.minutes(1)))
struct BackPressureTests {
  @Test("nothing is read while the sink suspends, and nothing is lost")
  func suspends() async throws {
    let chunk = ":" + String(repeating: "x", count: 1 << 20) + "\n"
    try await Bench.run([.stream("")]) { bench in
      await bench.sink.wait { CollectingSink.facts(of: $0).contains { $0.isConnected } }
      let count = 24
      bench.sink.shut()
      for _ in 0..<count { bench.server.send(chunk) }
      await bench.sink.wait { $0.contains { $0.size > 0 } }
      let held = bench.sink.bytes.count
      #expect(held <= 262_144)
      #expect(bench.server.unsentBytes > 0)
      #expect(bench.sink.bytes.count == held)
      bench.sink.open()
      await bench.sink.wait { $0.reduce(0) { $0 + $1.size } == count * chunk.utf8.count }
    }
  }

  @Test("a refused source does not disturb another")
  func isolation() async throws {
    let good = try await ScriptedServer.start([.stream("data: a\n\n")])
    let bad = try await ScriptedServer.start([.status(404)])
    let sink = CollectingSink()
    let sources = try [bad, good].map { server in
      let text = "127.0.0.1:\(server.port)/s"
      return Source(.http(try HTTPAddress(afterScheme: text, isSecure: false), .automatic))
    }
    let group = TransportGroup(sources: sources, sink: sink, options: testOptions(ManualClock()))
    group.start()
    await sink.wait(forText: "data: a\n\n")
    guard case .failed(.refused) = await group.firstOutcome(of: 0) else {
      Issue.record("the bad source is not refused")
      return
    }
    #expect(await group.firstOutcome(of: 1) == .connected)
    good.send("data: b\n\n")
    await sink.wait(forText: "data: b\n\n")
    #expect(sink.inbound.contains { $0.connection == 1 })
    await group.stop()
    await good.stop()
    await bad.stop()
  }

  @Test("a source whose reader is stuck does not hold up another")
  func stuckReader() async throws {
    let stuck = try await ScriptedServer.start([.stream("data: stuck\n\n")])
    let good = try await ScriptedServer.start([.stream("data: a\n\n")])
    let sink = StuckSink()
    let sources = try [stuck, good].map { server in
      let text = "127.0.0.1:\(server.port)/s"
      return Source(.http(try HTTPAddress(afterScheme: text, isSecure: false), .stream))
    }
    let group = TransportGroup(sources: sources, sink: sink, options: testOptions(ManualClock()))
    group.start()
    await sink.inner.wait(forText: "data: a\n\n")
    while !sink.isStuck { await Task.yield() }
    for number in 0..<3 {
      good.send("data: \(number)\n\n")
      await sink.inner.wait(forText: "data: \(number)\n\n")
    }
    group.reconnect(connection: 1)
    await sink.inner.wait(count: 2) { $0 == .connecting(attempt: 1) }
    await group.stop()
    await stuck.stop()
    await good.stop()
  }

  @Test("a group that never started stops, and tells so")
  func neverStarted() async {
    let group = TransportGroup(sources: [Source(.standardInput)], sink: CollectingSink())
    await group.stop()
    #expect(await group.firstOutcome(of: 0) == .failed(.stopped))
    #expect(await group.firstOutcome(of: 7) == .failed(.stopped))
    group.reconnect(connection: -1)
    group.retryNow(connection: 7)
  }
}

/// A sink that never takes what the first connection brings, until it is let go of.
private final class StuckSink: InboundSink {
  let inner = CollectingSink()
  private let state = Mutex(State.free)

  private enum State {
    case free, stuck(CheckedContinuation<Void, Never>), released
  }

  var isStuck: Bool {
    state.withLock { if case .stuck = $0 { true } else { false } }
  }

  func deliver(_ inbound: Inbound) async -> Bool {
    guard inbound.connection == 0, inbound.size > 0 else { return await inner.deliver(inbound) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock {
          if case .released = $0 { continuation.resume() } else { $0 = .stuck(continuation) }
        }
      }
    } onCancel: {
      state.withLock {
        if case .stuck(let continuation) = $0 { continuation.resume() }
        $0 = .released
      }
    }
    return false
  }

  func resumePoint(of connection: Int) -> ResumePoint { ResumePoint() }
}

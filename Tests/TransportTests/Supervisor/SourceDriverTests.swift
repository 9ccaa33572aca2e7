import Domain
import Locking
import NIOPosix
import Testing
import Wire

@testable import Transport

/// A rung that does as a test says.
private final class FakeRung: Rung {
  let kind: TransportKind
  private let work: @Sendable (Int, @Sendable () async -> Bool) async -> RungEnd
  private let count = Mutex(0)

  init(
    _ kind: TransportKind,
    _ work:
      @escaping @Sendable (_ number: Int, _ accepted: @Sendable () async -> Bool) async ->
      RungEnd
  ) {
    self.kind = kind
    self.work = work
  }

  func run(
    from position: String, timeout: Span, accepted: @escaping @Sendable () async -> Bool
  ) async -> RungEnd {
    let number = count.withLock { count in
      count += 1
      return count
    }
    return await work(number, accepted)
  }
}

@Suite("The driver of a source", .timeLimit(.minutes(1)))
struct SourceDriverTests {
  private let sink = CollectingSink()
  private let clock = ManualClock()
  private let control = SourceControl()

  /// Drives rungs until the test is over.
  private func drive(_ rungs: [any Rung], _ test: () async throws -> Void) async throws {
    let executor = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())
    let places = rungs.map {
      Ladder.Place(rung: $0, step: Supervisor.Step(kind: $0.kind), pulse: Pulse())
    }
    let driver = SourceDriver(
      Ladder(places: places), isLoopback: true,
      feed: Feed(connection: 0, sink: sink, clock: clock.clock), control: control,
      executor: executor, options: testOptions(clock))
    let task = Task { await driver.run() }
    defer { task.cancel() }
    try await test()
    task.cancel()
    await task.value
  }

  private func deliver(_ text: String) async -> Bool {
    let frame = Inbound.Body.frame(.ndjson, Array(text.utf8))
    return await sink.deliver(Inbound(connection: 0, at: clock.clock.now(), body: frame))
  }

  @Test("what a lesser rung brings is taken to its last frame before the better one is let in")
  func handsOver() async throws {
    let lesser = FakeRung(.sse) { _, accepted in
      guard await accepted() else { return RungEnd(reason: .interrupted) }
      for _ in 0..<100 { _ = await deliver("lesser") }
      while !Task.isCancelled { await Task.yield() }
      _ = await deliver("last")
      return RungEnd(hasByte: true, reason: .interrupted)
    }
    let better = FakeRung(.webSocket) { number, accepted in
      guard number > 1 else { return RungEnd(reason: .unsupported("not yet")) }
      guard await accepted() else { return RungEnd(reason: .interrupted) }
      _ = await deliver("better")
      return RungEnd(hasByte: true, reason: .unread)
    }
    try await drive([better, lesser]) {
      await sink.wait(for: \.isFallback)
      while !sink.facts.contains(.connected(.webSocket, resumedFrom: nil)) {
        clock.advance(.seconds(2))
        await Task.yield()
      }
      await sink.wait(forText: "better")
      let bodies = sink.inbound.map(\.body).filter { $0 != .frame(.ndjson, Array("lesser".utf8)) }
      #expect(
        bodies == [
          .fact(.connecting(attempt: 1)), .fact(.connecting(attempt: 1)),
          .fact(.connected(.sse, resumedFrom: nil)), .fact(.fellBack(.sse, reason: "not yet")),
          .frame(.ndjson, Array("last".utf8)), .fact(.connected(.webSocket, resumedFrom: nil)),
          .frame(.ndjson, Array("better".utf8)),
        ])
    }
  }

  @Test("wishes uttered a thousand times wait once")
  func wishes() async throws {
    for _ in 0..<1_000 {
      control.retryNow()
      control.drop("damage")
    }
    let rung = FakeRung(.sse) { _, _ in RungEnd(reason: .ended) }
    try await drive([rung]) { await sink.wait { CollectingSink.facts(of: $0).contains(.ended) } }
    #expect(sink.facts == [.connecting(attempt: 1), .ended])
    #expect(await control.firstOutcome() != .connected)
  }
}

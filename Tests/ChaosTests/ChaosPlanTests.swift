import Domain
import Testing

@testable import Chaos

struct ChaosPlanTests {
  private func steps(_ plan: ChaosPlan, _ connection: Int, _ direction: Direction) -> [FaultStep] {
    var steps = plan.steps(connection: connection, direction)
    return (0..<50).compactMap { _ in steps.next() }
  }

  @Test("the same seed gives the same faults, another seed others")
  func seeded() {
    let kinds = Set(FaultKind.allCases)
    let plan = ChaosPlan(seed: 7, faults: kinds)
    #expect(steps(plan, 3, .down) == steps(ChaosPlan(seed: 7, faults: kinds), 3, .down))
    #expect(steps(plan, 3, .down) != steps(ChaosPlan(seed: 8, faults: kinds), 3, .down))
  }

  @Test("each connection and direction has faults of its own")
  func lanes() {
    let plan = ChaosPlan(seed: 7, faults: [.delay])
    #expect(steps(plan, 0, .down) != steps(plan, 1, .down))
    #expect(steps(plan, 0, .down) != steps(plan, 0, .up))
  }

  @Test("only what was asked for happens")
  func onlyAsked() {
    #expect(steps(ChaosPlan(seed: 1, faults: []), 0, .down).isEmpty)
    #expect(steps(ChaosPlan(seed: 1, faults: [.refuse, .denyUpgrade]), 0, .down).isEmpty)
    let some = steps(ChaosPlan(seed: 1, faults: [.cut, .halfOpen]), 0, .down)
    #expect(Set(some.map(\.fault.kind)) == [.cut, .halfOpen])
  }

  @Test("what is done to bytes is brought about by bytes")
  func triggers() {
    for step in steps(ChaosPlan(seed: 5, faults: [.corrupt, .truncate]), 0, .down) {
      if case .time = step.after { Issue.record("\(step)") }
      if case .corrupt(let count, _) = step.fault { #expect((1...8).contains(count)) }
    }
  }

  @Test("more intensity means sooner")
  func intensity() {
    let mean = { (intensity: Int) -> Int in
      let plan = ChaosPlan(seed: 1, faults: [.corrupt], intensity: intensity)
      return steps(plan, 0, .down).map { step in
        if case .bytes(let count) = step.after { count } else { 0 }
      }.reduce(0, +)
    }
    #expect(mean(10) * 9 < mean(1))
    #expect(mean(99) == mean(10))
  }

  @Test("windows come in order, without overlap, and none outlasts the calm")
  func windows() throws {
    let calm = Span.seconds(60)
    let plan = ChaosPlan(seed: 2, faults: [.refuse], intensity: 5, calmAt: calm)
    var windows = try #require(plan.windows(.refuse))
    var last = Span.zero, count = 0
    while let window = windows.next() {
      #expect(window.lowerBound > last)
      #expect(window.upperBound <= calm)
      last = window.upperBound
      count += 1
    }
    #expect(count > 10)
    #expect(plan.windows(.denyUpgrade) == nil)
    #expect(ChaosPlan(seed: 2, faults: [.cut]).windows(.cut) == nil)
  }

  @Test("without a calm there is always another window")
  func endless() throws {
    var windows = try #require(ChaosPlan(seed: 2, faults: [.denyStream]).windows(.denyStream))
    for _ in 0..<1_000 { #expect(windows.next() != nil) }
  }
}

struct HostPortTests {
  @Test("hosts and ports are read, anything else is not")
  func parsing() {
    #expect(HostPort("127.0.0.1:80")?.port == 80)
    #expect(HostPort("[::1]:0")?.host == "::1")
    #expect(HostPort("[::1]:0")?.description == "[::1]:0")
    for text in ["", ":", ":80", "host", "host:", "host:70000", "host:-1", "host:+1", "a:b:1"] {
      #expect(HostPort(text) == nil, "\(text)")
    }
  }

  @Test("only what only this machine can reach is loopback")
  func loopback() {
    for text in ["127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1"] {
      #expect(HostPort(text)?.isLoopback == true, "\(text)")
    }
    for text in ["0.0.0.0:1", "10.0.0.1:1", "127.example.org:1", "[::]:1"] {
      #expect(HostPort(text)?.isLoopback == false, "\(text)")
    }
  }
}

struct RequestKindTests {
  @Test(
    "requests are told by their heads",
    arguments: [
      ("GET /v1/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n", RequestKind.upgrade),
      ("GET /v1/events HTTP/1.1\r\nAccept: text/event-stream\r\n\r\n", .stream),
      ("GET /v1/poll HTTP/1.1\r\nAccept: application/json\r\n\r\n", .other),
    ])
  func kinds(head: String, kind: RequestKind) {
    #expect(RequestKind(Array(head.utf8)) == kind)
  }

  @Test("what is no head is none")
  func none() {
    #expect(RequestKind(Array("POST / HTTP/1.1\r\n\r\n".utf8)) == nil)
    #expect(RequestKind([UInt8]()) == nil)
    #expect(RequestKind([0x81, 0x80, 0, 0, 0, 0]) == nil)
  }

  @Test("a window denies what it names")
  func denied() {
    #expect(RequestKind.upgrade.isDenied(by: .denyUpgrade))
    #expect(RequestKind.upgrade.isDenied(by: .denyStream))
    #expect(RequestKind.stream.isDenied(by: .denyStream))
    #expect(!RequestKind.stream.isDenied(by: .denyUpgrade))
    #expect(!RequestKind.other.isDenied(by: .denyStream))
    #expect(!RequestKind.upgrade.isDenied(by: .refuse))
  }
}

import Canvas
import Dashboard
import Domain
import Engine
import Panes
import Testing
import Themes
import Wire

/// The loop while more arrives than it can read: every reading of the clock takes some time.
@Suite(.timeLimit(.minutes(1))) struct OverloadTests {
  private let mailbox = Mailbox()

  /// A clock that moves on a little each time it is read, as the time that work takes.
  private final class BusyClock {
    var spent = Span.zero
    let cost: Span
    let display: ScriptedDisplay

    init(_ display: ScriptedDisplay, cost: Span) {
      self.display = display
      self.cost = cost
    }

    var now: Timestamp { display.now + spent }

    func read() -> Timestamp {
      spent = Span(microseconds: spent.microseconds + cost.microseconds)
      return now
    }
  }

  private func engine(_ display: ScriptedDisplay, _ clock: BusyClock) throws -> Engine {
    Engine(
      .live(.started(), mailbox), display: display,
      options: EngineOptions(themes: [try Theme.builtIn("dark")]), clock: clock.read)
  }

  private func fill(_ frames: Int) {
    Task.immediate { [mailbox] in
      for number in 0..<frames {
        let text = Feed.event(number, "task.created", #"{"task":"t\#(number)"}"#) + "\n"
        _ = await mailbox.deliver(Feed.frame(text, at: 0))
      }
    }
  }

  @Test(
    "a key is answered within 50 ms while far more waits than is taken in", arguments: [1, 4])
  func key(cost: Int64) throws {
    let display = ScriptedDisplay()
    let clock = BusyClock(display, cost: .milliseconds(cost))
    let engine = try engine(display, clock)
    var pressed: Timestamp?
    var answered: Timestamp?
    var left = 0
    display.onFrame = { [self] in
      guard pressed != nil, answered == nil, display.text.contains("Stations") else { return }
      answered = clock.now
      left = mailbox.count
    }
    // It is pressed just after the keyboard was looked at.
    display.then([
      .act { [self] in fill(4_000) }, .pass(0), .pass(0), .act { pressed = clock.now },
      .press(.function(2)), .pass(0), .pass(0),
    ])
    _ = engine.run()
    let span = try #require(pressed.flatMap { pressed in answered.map { $0 - pressed } })
    #expect(span <= .milliseconds(50), "\(span.seconds)")
    #expect(left > 3_000)
  }

  @Test("a slice ends in time, and what is left is taken in order")
  func slices() throws {
    let display = ScriptedDisplay()
    let clock = BusyClock(display, cost: .milliseconds(1))
    let engine = try engine(display, clock)
    var received: [Int] = []
    display.then([.act { [self] in fill(300) }])
    display.then(
      Array(
        repeating: .act { [self] in received.append(mailbox.count) }, count: 60))
    _ = engine.run()
    #expect(received.first.map { $0 > 200 } == true)
    #expect(received.last == 0)
    #expect(zip(received, received.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(display.text.contains("t299") || display.text.contains("300"))
  }

  @Test("a source beyond its rate is not read for a while, is not stale, and loses no order")
  func limited() throws {
    let display = ScriptedDisplay()
    display.size = Size(width: 160, height: 40)
    var session = Session.started()
    session.limit(0, to: 10)
    let engine = Engine(
      .live(session, mailbox), display: display,
      options: EngineOptions(themes: [try Theme.builtIn("dark")]), clock: { display.now })
    var header = ""
    var reports: [HealthReport] = []
    engine.onHealth = { reports.append($0) }
    let facts = [ConnectionFact.connected(.sse, resumedFrom: nil), .heartbeat]
    display.then([
      .act { [self] in
        Task.immediate { [mailbox] in
          for fact in facts {
            _ = await mailbox.deliver(Inbound(connection: 0, at: at(0), body: .fact(fact)))
          }
        }
        fill(100)
      }
    ])
    display.then(Array(repeating: .pass(500), count: 8))
    display.then([.act { header = display.rows.first ?? "" }])
    display.then(Array(repeating: .pass(500), count: 20))
    _ = engine.run()
    #expect(header.contains("LIMITED sse"))
    let counts = reports.compactMap { report in
      report.links.first.map { ($0.state, $0.isCurrent) }
    }
    #expect(counts.contains { $0 == ("limited", false) })
    #expect(!counts.contains { $0.0 == "stale" })
    #expect(reports.last?.links.first?.isCurrent == true)
    #expect(display.text.contains("0/100 done"))
  }

  @Test("without a terminal, what arrives is handed over in slices")
  func pump() async {
    for number in 0..<500 { _ = await mailbox.deliver(Feed.frame("x", at: Int64(number))) }
    var handed: [Timestamp] = []
    let ending = Pump.run(mailbox, seconds: 10) { arrived in
      handed += arrived.map(\.at)
      return false
    }
    #expect(ending == .stopped)
    #expect(handed == (0..<64).map { at($0) })
    #expect(mailbox.count == 436)
  }
}

@Suite struct SteadyClockTests {
  @Test("a clock that is set back goes on from where it was, and follows one that is set forward")
  func steps() {
    var clock = SteadyClock()
    let boot = Timestamp(seconds: 100)
    #expect(clock.now(wall: at(0), monotonic: boot) == at(0))
    #expect(clock.now(wall: at(1_000), monotonic: boot + .seconds(1)) == at(1_000))
    #expect(clock.now(wall: at(-3_600_000), monotonic: boot + .seconds(2)) == at(2_000))
    #expect(clock.now(wall: at(-3_590_000), monotonic: boot + .seconds(12)) == at(12_000))
    #expect(clock.now(wall: at(60_000), monotonic: boot + .seconds(13)) == at(60_000))
    #expect(clock.now(wall: at(60_500), monotonic: boot + .seconds(14)) == at(61_000))
    #expect(clock.now(wall: at(0), monotonic: boot) == at(60_000))
  }
}

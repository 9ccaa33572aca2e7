import Domain
import Testing
import Wire

@testable import Transport

@Suite("A source that is looked after")
struct SupervisorWatchTests {
  /// Connected by the second rung, since the first was not supported.
  private static func onLesserRung() -> Drill {
    var drill = Drill()
    drill.send(.started)
    drill.end(.unsupported("426"))
    drill.connect()
    return drill
  }

  @Test("silence beyond patience is stale, and a second later a loss")
  func silence() {
    var drill = Drill()
    drill.point.patience = .seconds(3)
    drill.send(.started)
    drill.connect()
    #expect(drill.pass(.milliseconds(2_999)).isEmpty)
    drill.hear()
    #expect(drill.pass(.milliseconds(2_999)).isEmpty)
    _ = drill.pass(.milliseconds(1))
    guard case .stale = drill.supervisor.state else {
      Issue.record("not stale")
      return
    }
    #expect(
      drill.pass(.seconds(1)) == [
        .note(.lost(reason: "nothing was heard for 4 s")), .cut(run: 1),
      ])
    #expect(drill.end(.interrupted, hasByte: true).started == [0])
  }

  @Test("a stale connection that is heard of again is live")
  func back() {
    var drill = Drill()
    drill.point.patience = .seconds(3)
    drill.send(.started)
    drill.connect()
    _ = drill.pass(.milliseconds(3_500))
    drill.hear()
    #expect(drill.pass(.seconds(3)).isEmpty)
    _ = drill.pass(.milliseconds(900))
    #expect(drill.supervisor.serving != nil)
  }

  @Test("a quiet source whose rhythm is not known is left alone")
  func unknownRhythm() {
    var drill = Drill()
    drill.send(.started)
    drill.connect()
    #expect(drill.pass(.seconds(10_000)).isEmpty)
    drill.point.patience = .seconds(5)
    #expect(!drill.pass(.seconds(2)).isEmpty)
  }

  @Test("a slow reader is not the server's silence")
  func slowReader() {
    var drill = Drill()
    drill.point.patience = .seconds(2)
    drill.send(.started)
    drill.connect()
    drill.isDelivering = true
    #expect(drill.pass(.seconds(600)).isEmpty)
    drill.isDelivering = false
    drill.hear()
    #expect(drill.pass(.milliseconds(2_900)).isEmpty)
    #expect(!drill.pass(.milliseconds(200)).isEmpty)
  }

  @Test("a rung may be as silent as its own way of working makes it")
  func ownSilence() {
    var drill = Drill(silence: .seconds(8))
    drill.point.patience = .seconds(2)
    drill.send(.started)
    drill.connect()
    #expect(drill.pass(.milliseconds(8_999)).isEmpty)
    #expect(!drill.pass(.milliseconds(1)).isEmpty)
  }

  @Test("a rung that is accepted and stays silent is left in the end")
  func acceptedButSilent() {
    var drill = Drill()
    drill.point.patience = .seconds(2)
    drill.send(.started)
    for _ in 0..<3 {
      drill.connect(isHeard: false)
      _ = drill.pass(.seconds(3))
      drill.end(.interrupted)
      if drill.supervisor.isWaiting { drill.wake() }
    }
    #expect(drill.rungs == [0, 0, 0, 1])
  }

  @Test("a better rung is connected beside the lesser, and let in when that one has ended")
  func makesBeforeItBreaks() {
    var drill = Self.onLesserRung()
    drill.point.lastEventID = "41"
    let probing = drill.pass(.seconds(30))
    #expect(probing.started == [0] && probing.facts.isEmpty && probing.count == 1)
    #expect(drill.send(.accepted(run: 3)) == [.cut(run: 2)])
    #expect(drill.pass(.seconds(5)).isEmpty)
    #expect(
      drill.send(.ended(run: 2, RungEnd(hasByte: true, reason: .interrupted))) == [
        .note(.connected(.webSocket, resumedFrom: "41")), .admit(run: 3),
      ])
    #expect(drill.supervisor.serving?.run.rung == 0)
  }

  @Test("a better rung that fails is tried again after 30 s, doubling to five minutes")
  func probesAgain() {
    var drill = Self.onLesserRung()
    var pauses: [Int64] = []
    for _ in 0..<7 {
      let start = drill.now
      while drill.supervisor.probe == nil { drill.wake() }
      pauses.append((drill.now - start).wholeSeconds)
      #expect(drill.end(.unsupported("426")).isEmpty)
    }
    #expect(pauses == [30, 60, 120, 240, 300, 300, 300])
  }

  @Test("a better rung that is not reached is tried again every 30 s")
  func unreachedProbe() {
    var drill = Self.onLesserRung()
    for _ in 0..<5 {
      let start = drill.now
      while drill.supervisor.probe == nil { drill.wake() }
      #expect(drill.now - start == .seconds(30))
      drill.end(.down)
    }
  }

  @Test("the nearest better rung serves until the best is back")
  func climbs() {
    var drill = Drill()
    drill.send(.started)
    drill.end(.unsupported("a"))
    drill.end(.unsupported("b"))
    drill.connect()
    _ = drill.pass(.seconds(30))
    drill.end(.unsupported("a"))
    _ = drill.pass(.seconds(2))
    #expect(drill.rungs == [0, 1, 2, 0, 1])
    drill.send(.accepted(run: 5))
    let facts = drill.send(.ended(run: 3, RungEnd(reason: .interrupted))).facts
    #expect(facts == [.connected(.sse, resumedFrom: nil), .fellBack(.sse, reason: "a")])
  }

  @Test("when the lesser rung is lost meanwhile, the better try decides")
  func promotes() {
    var drill = Self.onLesserRung()
    _ = drill.pass(.seconds(30))
    let lost = drill.send(.ended(run: 2, RungEnd(hasByte: true, reason: .lost("cut"))))
    #expect(lost.facts == [.lost(reason: "cut"), .connecting(attempt: 1)])
    #expect(lost.started.isEmpty)
    #expect(drill.connect().facts == [.connected(.webSocket, resumedFrom: nil)])
  }

  @Test("when the lesser rung is dropped meanwhile, the better try decides")
  func promotesAfterDrop() {
    var drill = Self.onLesserRung()
    _ = drill.pass(.seconds(30))
    drill.send(.drop(reason: "damage"))
    #expect(drill.send(.accepted(run: 3)).isEmpty)
    #expect(
      drill.send(.ended(run: 2, RungEnd(reason: .interrupted))).last == .admit(run: 3))
  }

  @Test("a rung that fails on trial is left at once and for longer")
  func trial() {
    var drill = Self.onLesserRung()
    _ = drill.pass(.seconds(30))
    drill.connect(isHeard: false)
    drill.send(.ended(run: 2, RungEnd(hasByte: true, reason: .interrupted)))
    #expect(drill.send(.ended(run: 3, RungEnd(reason: .lost("cut")))).started == [1])
    drill.connect()
    #expect(drill.pass(.seconds(59)).started.isEmpty)
    #expect(drill.pass(.seconds(1)).started == [0])
  }
}

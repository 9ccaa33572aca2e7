import Domain
import Testing
import Wire

@testable import Transport

@Suite("The supervisor of a source")
struct SupervisorTests {
  private typealias Action = Supervisor.Action

  @Test("a connection is asked for at the position, told, and only then let in")
  func connects() {
    var drill = Drill()
    drill.point.lastEventID = "7-a"
    let first = drill.send(.started)
    #expect(first.facts == [.connecting(attempt: 1)])
    #expect(first.last?.started?.position == "7-a")
    #expect(
      drill.send(.accepted(run: 1)) == [
        .report(.connected), .note(.connected(.webSocket, resumedFrom: "7-a")), .admit(run: 1),
      ])
  }

  @Test("a rung that cannot be asked for a position is not said to resume")
  func noPosition() {
    var drill = Drill()
    drill.supervisor = Supervisor(
      ladder: [Supervisor.Step(kind: .poll, takesPosition: false)], isLoopback: false,
      answerTimeout: .seconds(30), at: drill.now)
    drill.point.lastEventID = "7"
    drill.send(.started)
    #expect(drill.connect().facts == [.connected(.poll, resumedFrom: nil)])
  }

  @Test("while the network is down the best rung is tried, at least every two seconds")
  func networkDown() {
    var drill = Drill()
    drill.send(.started)
    for _ in 0..<40 {
      drill.end(.down)
      let wait = (drill.supervisor.wakeAt ?? drill.now) - drill.now
      #expect(wait >= .milliseconds(500) && wait <= .seconds(2))
      drill.wake()
    }
    #expect(drill.rungs == [Int](repeating: 0, count: 41))
  }

  @Test("three failures that speak against a rung lead to the next, which says why")
  func fallsBack() {
    for reason in [RungEnd.Reason.busy("busy", retryAfter: nil), .lost("busy")] {
      var drill = Drill()
      drill.send(.started)
      for _ in 0..<2 {
        if case .lost = reason { drill.connect(isHeard: false) }
        drill.end(reason)
        drill.wake()
      }
      if case .lost = reason { drill.connect(isHeard: false) }
      #expect(drill.end(reason).started == [1])
      #expect(
        drill.connect().facts == [
          .connected(.sse, resumedFrom: nil), .fellBack(.sse, reason: "busy"),
        ])
    }
  }

  @Test("a server that answers nothing speaks against its rung, one that is not there does not")
  func unanswered() {
    var drill = Drill()
    drill.send(.started)
    for _ in 0..<2 {
      drill.end(.silent)
      drill.wake()
      drill.end(.down)
      drill.wake()
    }
    #expect(drill.end(.silent).started == [1])
  }

  @Test("something that came wipes out what spoke against a rung")
  func failuresInARow() {
    var drill = Drill()
    drill.send(.started)
    for _ in 0..<9 {
      drill.end(.busy("busy", retryAfter: nil))
      drill.wake()
      drill.connect()
      drill.end(.lost("cut"), hasByte: true)
      drill.wake()
    }
    #expect(Set(drill.rungs) == [0])
  }

  @Test("what a server does not do is left at once, and what it does is found without a wait")
  func unsupported() {
    var drill = Drill()
    drill.send(.started)
    drill.end(.unsupported("no WebSocket (426)"))
    drill.end(.unsupported("documents"))
    #expect(drill.rungs == [0, 1, 2] && drill.now == Timestamp(seconds: 1_000))
    #expect(
      drill.connect().facts == [
        .connected(.poll, resumedFrom: nil), .fellBack(.poll, reason: "documents"),
      ])
  }

  @Test("a rung that has served is given three tries before it is left")
  func unsupportedLater() {
    var drill = Drill()
    drill.send(.started)
    drill.connect()
    drill.end(.lost("cut"), hasByte: true)
    for _ in 0..<3 {
      drill.wake()
      drill.end(.unsupported("404"))
    }
    #expect(drill.rungs == [0, 0, 0, 0, 1])
  }

  @Test("a server that does none of it is refused, and asked again from the best after a minute")
  func nothingSupported() {
    var drill = Drill()
    drill.send(.started)
    drill.end(.unsupported("a"))
    drill.end(.unsupported("b"))
    #expect(drill.end(.unsupported("c")).facts == [.refused(reason: "c")])
    #expect(drill.supervisor.wakeAt == drill.now + .seconds(60))
    #expect(drill.wake().started == [0])
  }

  @Test("a single rung is never left")
  func singleRung() {
    var drill = Drill([.sse])
    drill.send(.started)
    for _ in 0..<9 {
      drill.end(.busy("busy", retryAfter: nil))
      drill.wake()
    }
    drill.connect()
    for _ in 0..<3 {
      drill.end(.unsupported("404"))
      if case .refused = drill.supervisor.state { break }
      drill.wake()
    }
    #expect(drill.supervisor.state == .refused(until: drill.now + .seconds(60)))
  }

  @Test("when every rung was left, it was not the rungs: all are tried anew")
  func allOpen() {
    var drill = Drill([.webSocket, .sse])
    drill.send(.started)
    for _ in 0..<6 {
      drill.end(.silent)
      if drill.supervisor.isWaiting { drill.wake() }
    }
    #expect(drill.rungs == [0, 0, 0, 1, 1, 1, 0])
  }

  @Test("a server that asks for patience gets it, whatever else could be tried")
  func retryAfter() {
    var drill = Drill()
    drill.send(.started)
    for _ in 0..<3 {
      drill.end(.busy("busy", retryAfter: .seconds(20)))
      #expect(drill.supervisor.wakeAt == drill.now + .seconds(20))
      drill.wake()
    }
    #expect(drill.rungs == [0, 0, 0, 1])
  }

  @Test("a refusal parks what never worked")
  func refused() {
    var drill = Drill()
    drill.send(.started)
    #expect(
      drill.end(.refused("401")) == [
        .report(.failed(.refused(reason: "401"))), .note(.refused(reason: "401")),
      ])
    #expect(drill.send(.retryNow).started == [0])
    drill.end(.refused("401"))
    #expect(drill.pass(.seconds(59)).isEmpty && drill.pass(.seconds(1)).started == [0])
  }

  @Test("what has worked is parked by the third refusal in a row")
  func refusedLater() {
    var drill = Drill()
    drill.send(.started)
    drill.connect()
    drill.end(.lost("cut"), hasByte: true)
    for _ in 0..<2 {
      drill.wake()
      drill.end(.refused("401"))
      #expect(drill.supervisor.isPausing)
    }
    drill.wake()
    drill.end(.refused("401"))
    #expect(drill.supervisor.state == .refused(until: drill.now + .seconds(60)))
  }

  @Test("only the server's word or the reader's end is the end")
  func ends() {
    var drill = Drill()
    drill.send(.started)
    let words = "the server has nothing to stream (204)"
    #expect(
      drill.end(.ended) == [
        .report(.failed(.refused(reason: words))), .note(.ended), .finish,
      ])
    #expect(drill.supervisor.wakeAt == nil)
    for input in [Supervisor.Input.started, .due, .retryNow, .drop(reason: ""), .accepted(run: 1)] {
      #expect(!drill.send(input).contains { $0.started != nil })
    }
    drill = Drill()
    drill.send(.started)
    drill.connect()
    #expect(drill.end(.unread) == [.finish])
  }

  @Test("impatience ends a wait and changes nothing else")
  func retryNow() {
    var drill = Drill()
    drill.send(.started)
    #expect(drill.send(.retryNow).isEmpty)
    drill.end(.down)
    #expect(drill.send(.retryNow).started == [0])
    drill.connect()
    #expect(drill.send(.retryNow).isEmpty)
  }

  @Test("a connection is made anew at once, but not twice in ten seconds")
  func drop() {
    var drill = Drill()
    drill.send(.started)
    #expect(drill.send(.drop(reason: "damage")).isEmpty)
    drill.connect()
    #expect(
      drill.send(.drop(reason: "damage")) == [.note(.lost(reason: "damage")), .cut(run: 1)])
    #expect(drill.send(.drop(reason: "damage")).isEmpty)
    #expect(drill.end(.interrupted, hasByte: true).started == [0])
    drill.connect()
    drill.send(.drop(reason: "damage"))
    #expect(drill.end(.interrupted, hasByte: true).started.isEmpty)
    #expect(drill.supervisor.isPausing)
    drill.wake()
    drill.connect()
    drill.now = drill.now + .seconds(10)
    drill.send(.drop(reason: "damage"))
    #expect(drill.end(.interrupted, hasByte: true).started == [0])
  }

  @Test("the row of waits starts anew only after ten seconds and a byte")
  func healthy() {
    var drill = Drill([.sse], random: Drawn(value: 0))
    drill.send(.started)
    var waits: [Int64] = []
    for (seconds, isHeard) in [(9, true), (9, true), (11, false), (9, true), (11, true)] {
      drill.connect(isHeard: isHeard)
      drill.now = drill.now + .seconds(Int64(seconds))
      drill.end(.lost("cut"), hasByte: isHeard)
      waits.append(((drill.supervisor.wakeAt ?? drill.now) - drill.now).microseconds / 1_000)
      drill.wake()
    }
    #expect(waits == [1_000, 1_000, 2_000, 4_000, 1_000])
  }

  @Test("a server may take eight times as long as ever, and longer each time it does not answer")
  func timeouts() {
    var drill = Drill()
    drill.send(.started)
    drill.now = drill.now + .milliseconds(500)
    drill.connect()
    drill.end(.lost("cut"), hasByte: true)
    for _ in 0..<5 {
      if drill.supervisor.isWaiting { drill.wake() }
      drill.end(.silent)
    }
    let timeouts = drill.log.compactMap(\.started?.timeout)
    #expect(timeouts.map(\.wholeSeconds) == [30, 4, 8, 16, 30, 30])
  }

  @Test("a run that comes to nothing long after its time is cut")
  func overdue() {
    var drill = Drill()
    drill.send(.started)
    #expect(drill.pass(.seconds(31)).isEmpty)
    #expect(drill.pass(.seconds(1)) == [.cut(run: 1)])
    drill.end(.interrupted)
    #expect(drill.supervisor.isPausing)
  }

  @Test("what belongs to no run is turned away")
  func strangers() {
    var drill = Drill()
    drill.send(.started)
    #expect(drill.send(.accepted(run: 9)) == [.turnAway(run: 9)])
    #expect(drill.send(.ended(run: 9, RungEnd(reason: .ended))).isEmpty)
    drill.connect()
    #expect(drill.send(.accepted(run: 9)) == [.turnAway(run: 9)])
    #expect(drill.send(.accepted(run: 1)) == [.turnAway(run: 1)])
  }
}

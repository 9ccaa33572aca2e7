import Domain
import Testing
import Wire

@testable import Transport

/// A network that does anything at any time, and the laws that hold all the same.
private struct Walk {
  private enum Stage {
    case asked, accepted, delivering
    /// It was cut and has not ended yet.
    case cut
  }

  private var drill: Drill
  private var dice: SplitMix64
  private var runs: [Int: Stage] = [:]
  private var rungs: [Int: Int] = [:]
  /// The rungs that nothing works on, for a while.
  private var blocked: Set<Int> = []
  private(set) var connections = 0, probes = 0, falls = 0, parked = 0
  private(set) var broken: [String] = []

  init(seed: UInt64) {
    dice = SplitMix64(seed: seed)
    drill = Drill([.webSocket, .sse, .longPoll, .poll], random: SplitMix64(seed: ~seed))
    take(drill.send(.started))
  }

  mutating func step() {
    drill.point.patience = roll(4) == 0 ? .seconds(Int64(roll(20))) : nil
    drill.isDelivering = roll(10) == 0
    if roll(250) == 0 { blocked = Set((0..<4).filter { _ in roll(3) == 0 }) }
    switch roll(200) {
    case 0: take(drill.send(.retryNow))
    case 1: take(drill.send(.drop(reason: "damage")))
    case 2...40: hear()
    case 41...80: accept()
    case 81...86: end()
    default: wake()
    }
    check()
  }

  private mutating func hear() {
    if runs.values.contains(.delivering) { drill.hear() }
  }

  private mutating func accept() {
    guard let number = pick(.asked) else { return wake() }
    if let rung = rungs[number], blocked.contains(rung) {
      return end(number, [.unsupported("404"), .lost("cut"), .silent][roll(3)])
    }
    runs[number] = .accepted
    take(drill.send(.accepted(run: number)))
  }

  private mutating func end() {
    if let number = pick(.cut) { return end(number, .interrupted) }
    guard let number = pick(.asked) ?? pick(.delivering) else { return wake() }
    let reasons: [RungEnd.Reason] = [
      .down, .down, .silent, .busy("busy", retryAfter: nil), .unsupported("404"),
      .lost("cut"), .lost("cut"), .refused("401"), .busy("busy", retryAfter: .seconds(7)),
    ]
    end(number, reasons[roll(reasons.count)])
  }

  private mutating func end(_ number: Int, _ reason: RungEnd.Reason) {
    let hasByte = runs[number] == .delivering && roll(2) == 0
    runs[number] = nil
    rungs[number] = nil
    take(drill.send(.ended(run: number, RungEnd(hasByte: hasByte, reason: reason))))
  }

  private mutating func wake() {
    if let number = pick(.cut), roll(2) == 0 { return end(number, .interrupted) }
    guard drill.supervisor.wakeAt != nil else {
      // Only a run that was cut is waited for without a time.
      guard let number = pick(.cut) else { return broken.append("nothing is due") }
      return end(number, .interrupted)
    }
    take(drill.wake())
  }

  private mutating func take(_ actions: [Supervisor.Action]) {
    for action in actions {
      switch action {
      case .run(let run):
        if run.rung < servingRung ?? 0 { probes += 1 }
        runs[run.number] = .asked
        rungs[run.number] = run.rung
      case .cut(let number): runs[number] = .cut
      case .admit(let number):
        if runs.values.contains(.delivering) || pick(.cut) != nil { broken.append("two deliver") }
        if runs[number] != .accepted { broken.append("let in what was not accepted") }
        runs[number] = .delivering
        connections += 1
      case .turnAway(let number):
        runs[number] = nil
        rungs[number] = nil
      case .note(.fellBack): falls += 1
      case .note(.refused): parked += 1
      case .note, .report: break
      case .finish: broken.append("it gave up")
      }
    }
  }

  private mutating func check() {
    let supervisor = drill.supervisor
    if runs.count > 2 { broken.append("more than two runs") }
    switch supervisor.state {
    case .waiting(let until):
      let wait = until - drill.now
      if wait > .seconds(30) { broken.append("waits \(wait)") }
    case .refused(let until):
      if until - drill.now > .seconds(60) { broken.append("parked for longer than a minute") }
    case .live(let run, _), .stale(let run, _):
      if runs[run.number] != .delivering { broken.append("serves without delivering") }
      checkProbes(run.rung)
    case .idle, .ended: broken.append("it gave up")
    case .connecting, .changing: break
    }
    if let at = supervisor.wakeAt, at < drill.now - .seconds(60) { broken.append("overslept") }
  }

  /// Something better is tried, or will be within five minutes.
  private mutating func checkProbes(_ rung: Int) {
    guard rung > 0, drill.supervisor.probe == nil else { return }
    let due = drill.supervisor.breakers[..<rung].map { $0.openUntil ?? drill.now }.min()
    if let due, due - drill.now > .seconds(300) { broken.append("no better rung is tried") }
    if let due, let at = drill.supervisor.wakeAt, at > max(due, drill.now) {
      broken.append("sleeps through the time of a better rung")
    }
  }

  private var servingRung: Int? { drill.supervisor.serving?.run.rung }

  private mutating func pick(_ stage: Stage) -> Int? {
    let numbers = runs.filter { $0.value == stage }.keys.sorted()
    return numbers.isEmpty ? nil : numbers[roll(numbers.count)]
  }

  private mutating func roll(_ sides: Int) -> Int { Int(dice.next() % UInt64(sides)) }
}

@Suite("The supervisor's laws")
struct SupervisorWalkTests {
  @Test("whatever the network does, the laws hold", arguments: 1...20 as ClosedRange<UInt64>)
  func walk(seed: UInt64) {
    var walk = Walk(seed: seed)
    for _ in 0..<5_000 { walk.step() }
    #expect(walk.broken.isEmpty, "\(walk.broken.prefix(3))")
    #expect(
      walk.connections > 50 && walk.probes > 0 && walk.falls > 0,
      "\(walk.connections) connections, \(walk.probes) probes, \(walk.falls) falls")
  }
}

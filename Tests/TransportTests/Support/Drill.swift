import Domain
import Wire

@testable import Transport

/// A supervisor at work on paper: a clock, a network and a reader of the test's.
struct Drill {
  var supervisor: Supervisor
  var now = Timestamp(seconds: 1_000)
  var point = ResumePoint()
  var heardAt: Timestamp?
  var isDelivering = false
  var random: any RandomNumberGenerator
  /// All actions so far.
  private(set) var log: [Supervisor.Action] = []
  /// The number of the run that was started last.
  private(set) var newest = 0

  init(
    _ ladder: [TransportKind] = [.webSocket, .sse, .poll], isLoopback: Bool = false,
    silence: Span? = nil, random: any RandomNumberGenerator = Drawn(value: 1 << 63)
  ) {
    supervisor = Supervisor(
      ladder: ladder.map { Supervisor.Step(kind: $0, silence: silence) }, isLoopback: isLoopback,
      answerTimeout: .seconds(30), at: now)
    self.random = random
  }

  @discardableResult
  mutating func send(_ input: Supervisor.Input) -> [Supervisor.Action] {
    let outlook = Supervisor.Outlook(
      now: now, point: point, heardAt: heardAt, isDelivering: isDelivering)
    let actions = supervisor.handle(input, outlook, using: &random)
    log += actions
    newest = actions.compactMap(\.started?.number).last ?? newest
    return actions
  }

  /// Lets time pass until the supervisor wants to be woken, and wakes it.
  @discardableResult
  mutating func wake() -> [Supervisor.Action] {
    if let at = supervisor.wakeAt { now = max(now, at) }
    return send(.due)
  }

  /// Wakes it as often as it likes until a span has passed.
  mutating func pass(_ span: Span) -> [Supervisor.Action] {
    let end = now + span
    var actions: [Supervisor.Action] = []
    while let at = supervisor.wakeAt, at <= end { actions += wake() }
    now = end
    return actions
  }

  /// The newest run ends.
  @discardableResult
  mutating func end(_ reason: RungEnd.Reason, hasByte: Bool = false) -> [Supervisor.Action] {
    send(.ended(run: newest, RungEnd(hasByte: hasByte, reason: reason)))
  }

  /// The newest run is accepted, and something comes.
  @discardableResult
  mutating func connect(isHeard: Bool = true) -> [Supervisor.Action] {
    let actions = send(.accepted(run: newest))
    if isHeard { hear() }
    return actions
  }

  /// The rung that serves brings something.
  mutating func hear() { heardAt = now }

  var rungs: [Int] { log.compactMap(\.started?.rung) }
  var facts: [ConnectionFact] { log.facts }
}

extension Supervisor.Action {
  var started: Supervisor.Run? { if case .run(let run) = self { run } else { nil } }
}

extension [Supervisor.Action] {
  var facts: [ConnectionFact] { compactMap { if case .note(let fact) = $0 { fact } else { nil } } }
  var started: [Int] { compactMap(\.started?.rung) }
}

extension RungEnd.Reason {
  static let down = RungEnd.Reason.failed(.connectionRefused(host: "h", port: 1))
  static let silent = RungEnd.Reason.failed(.unanswered(host: "h", port: 1))
}

import Domain
import Locking
import Wire

/// Does what the supervisor of a source decides, one thing after the other.
///
/// A task for each run, one for the timer, and this one, which alone asks the supervisor.
struct SourceDriver {
  private let ladder: Ladder
  private let feed: Feed
  private let control: SourceControl
  private let executor: LoopExecutor
  private let options: TransportOptions
  private let gates = Gates()
  private var supervisor: Supervisor
  private var runs: [Int: Task<Void, Never>] = [:]
  private var timer: (at: Timestamp, task: Task<Void, Never>)?
  private var timers = 0
  private var isFinished = false

  init(
    _ ladder: Ladder, isLoopback: Bool, feed: Feed, control: SourceControl,
    executor: LoopExecutor, options: TransportOptions
  ) {
    self.ladder = ladder
    self.feed = feed
    self.control = control
    self.executor = executor
    self.options = options
    supervisor = Supervisor(
      ladder: ladder.places.map(\.step), isLoopback: isLoopback,
      answerTimeout: options.answerTimeout, at: options.clock.now())
  }

  /// Works until the source ends, nobody reads any more, or the task is cancelled.
  func run() async {
    var driver = self
    await driver.work()
  }

  private mutating func work() async {
    await handle(.started)
    for await signal in control.signals where !isFinished {
      control.took(signal)
      switch signal {
      case .input(let input): await handle(input)
      case .timer(let number):
        guard number == timers else { continue }
        timer = nil
        await handle(.due)
      }
      if isFinished { break }
    }
    await end()
  }

  private mutating func handle(_ input: Supervisor.Input) async {
    if case .ended(let number, _) = input { runs[number] = nil }
    var random = Luck(draw: options.random)
    for action in supervisor.handle(input, outlook, using: &random) where !isFinished {
      await perform(action)
    }
    setTimer()
  }

  private var outlook: Supervisor.Outlook {
    var outlook = Supervisor.Outlook(now: options.clock.now(), point: feed.resumePoint)
    if let serving = supervisor.serving {
      let beat = ladder.places[serving.run.rung].pulse.beat
      outlook.heardAt = beat.heardAt
      outlook.isDelivering = beat.isDelivering
    }
    return outlook
  }

  private mutating func perform(_ action: Supervisor.Action) async {
    switch action {
    case .run(let run): start(run)
    case .cut(let number):
      runs[number]?.cancel()
      gates.open(number, to: false)
    case .admit(let number): gates.open(number, to: true)
    case .turnAway(let number): gates.open(number, to: false)
    case .note(let fact):
      if await !feed.note(complete(fact)) { isFinished = true }
    case .report(let outcome): control.report(outcome)
    case .finish: isFinished = true
    }
  }

  /// A rung that keeps its own account of where it is knows better where it continues.
  private func complete(_ fact: ConnectionFact) -> ConnectionFact {
    guard case .connected(let kind, resumedFrom: nil) = fact, let serving = supervisor.serving
    else { return fact }
    return .connected(kind, resumedFrom: ladder.places[serving.run.rung].rung.ownPosition)
  }

  private mutating func start(_ run: Supervisor.Run) {
    let (rung, gates, control) = (ladder.places[run.rung].rung, gates, control)
    runs[run.number] = Task(executorPreference: executor) {
      var end = await rung.run(from: run.position, timeout: run.timeout) {
        await gates.wait(at: run.number) { control.send(.accepted(run: run.number)) }
      }
      // A sink that is let go of takes nothing either.
      if Task.isCancelled, end.reason == .unread { end.reason = .interrupted }
      control.send(.ended(run: run.number, end))
    }
  }

  private mutating func setTimer() {
    guard timer?.at != supervisor.wakeAt || isFinished else { return }
    timer?.task.cancel()
    timer = nil
    timers += 1
    guard let at = supervisor.wakeAt, !isFinished else { return }
    let clock = options.clock
    let (number, control) = (timers, control)
    let sleep = supervisor.isPausing ? clock.sleep : clock.watch
    let span = max(.zero, at - clock.now())
    let task = Task(executorPreference: executor) {
      guard (try? await sleep(span)) != nil else { return }
      control.wake(number)
    }
    timer = (at, task)
  }

  private mutating func end() async {
    timer?.task.cancel()
    gates.close()
    for run in runs.values { run.cancel() }
    for run in runs.values { await run.value }
    await timer?.task.value
  }
}

/// Where accepted runs wait to be let in.
private final class Gates: Sendable {
  private struct State {
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Waits until the run is let in (true) or sent away; `arrived` is called once it can be.
  func wait(at number: Int, arrived: () -> Void) async -> Bool {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.waiting[number] = continuation }
        return state.isClosed
      }
      if isClosed { continuation.resume(returning: false) } else { arrived() }
    }
  }

  func open(_ number: Int, to isAdmitted: Bool) {
    state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: isAdmitted)
  }

  /// Sends everybody away, now and from now on.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume(returning: false) }
  }
}

/// A generator over a function, so that tests own luck.
private struct Luck: RandomNumberGenerator {
  let draw: @Sendable () -> UInt64

  mutating func next() -> UInt64 { draw() }
}

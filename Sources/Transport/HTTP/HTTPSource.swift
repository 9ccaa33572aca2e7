import Domain
import Wire

/// The life of one HTTP source: which transport is used, when it is tried again, what is reported.
///
/// The laws of the fallback: after three tries in a row that an HTTP server answered with anything
/// but a stream, or as soon as it answers with a document, it is polled; while it is polled, the
/// stream is looked for every 30 s and taken as soon as it is there.
struct HTTPSource {
  let feed: Feed
  let control: SourceControl
  let executor: LoopExecutor
  let options: TransportOptions
  let mode: HTTPMode
  let stream: StreamClient
  var poll: PollClient
  var policy: ConnectionPolicy
  /// Tries in a row that a server answered with anything but a stream.
  var answeredTries = 0
  /// When the stream is looked for again while polling.
  var probeAt: Timestamp
  /// Whether the newest poll succeeded.
  var isPolling = false

  /// What to do next.
  enum Step {
    case stream
    case poll
    /// Look for the stream while polling.
    case probe
    case done
  }

  static let triesBeforePolling = 3

  init(
    address: HTTPAddress, mode: HTTPMode, requester: Requester, feed: Feed,
    control: SourceControl, executor: LoopExecutor, options: TransportOptions
  ) {
    let endpoints = Endpoints(address)
    self.feed = feed
    self.control = control
    self.executor = executor
    self.options = options
    self.mode = mode
    stream = StreamClient(requester: requester, address: endpoints.stream, feed: feed)
    poll = PollClient(requester: requester, endpoints: endpoints, feed: feed, options: options)
    policy = ConnectionPolicy(isLoopback: address.isLoopback)
    probeAt = options.clock.now() + options.streamProbeInterval
  }

  /// Works until the source ends, nobody reads any more, or the task is cancelled.
  mutating func run() async {
    var step = mode == .poll || mode == .longPoll ? Step.poll : .stream
    while !Task.isCancelled {
      switch step {
      case .stream: step = await streamOnce()
      case .poll: step = await pollOnce()
      case .probe: step = await probeOnce()
      case .done: return
      }
    }
  }

  /// Reports the failure of the first try, if it is the first.
  func report(_ failure: ConnectFailure) {
    control.report(.failed(failure))
  }

  /// Waits as the policy says, and goes on with `next`.
  mutating func wait(
    for reason: String, retryAfter: Span? = nil, then next: Step
  ) async -> Step {
    var random = Luck(draw: options.random)
    let now = options.clock.now()
    let wait = policy.failed(
      at: now, retry: feed.resumePoint.retry, retryAfter: retryAfter, using: &random)
    let waiting = ConnectionFact.waiting(
      attempt: wait.attempt, until: now + wait.delay, reason: reason)
    guard await feed.note(waiting) else { return .done }
    await pause(wait.delay)
    return next
  }

  /// Waits for a time, unless it is cut short.
  func pause(_ span: Span) async {
    let sleep = options.clock.sleep
    await control.perform(.wait, on: executor) { try? await sleep(span) }
  }

  /// Stays refused until somebody asks to try again.
  func park(_ reason: String, then next: Step) async -> Step {
    report(.refused(reason: reason))
    guard await feed.note(.refused(reason: reason)) else { return .done }
    await control.perform(.wait, on: executor) { await untilCancelled() }
    return next
  }

  /// Changes to polling.
  mutating func fallBack(_ reason: String) async -> Step {
    probeAt = options.clock.now() + options.streamProbeInterval
    poll.cursor = feed.resumePoint.lastEventID
    isPolling = false
    return await feed.note(.fellBack(.poll, reason: reason)) ? .poll : .done
  }
}

/// A generator over a function, so that tests own luck.
private struct Luck: RandomNumberGenerator {
  let draw: @Sendable () -> UInt64

  mutating func next() -> UInt64 { draw() }
}

/// Returns when the task is cancelled.
private func untilCancelled() async {
  let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
  for await _ in stream {}
  continuation.finish()
}

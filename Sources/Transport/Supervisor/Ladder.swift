import Domain

/// The rungs of a source, the best first.
struct Ladder: Sendable {
  /// A rung with what the supervisor must know of it.
  struct Place: Sendable {
    let rung: any Rung
    let step: Supervisor.Step
    let pulse: Pulse
  }

  /// At least one.
  let places: [Place]

  /// Rungs in this order.
  init(places: [Place]) {
    self.places = places
  }

  /// The rungs of an address: what its scheme asks for, or all that it may have.
  init(
    _ address: HTTPAddress, mode: HTTPMode, requester: Requester, feed: Feed,
    options: TransportOptions
  ) {
    let endpoints = Endpoints(address)
    let memory = PollMemory()
    let start = FeedStart()
    places = Self.kinds(mode, isHub: endpoints.isHub).map { kind in
      let pulse = Pulse()
      var feed = feed
      feed.pulse = pulse
      var step = Supervisor.Step(kind: kind)
      let rung: any Rung
      switch kind {
      case .longPoll, .poll:
        let poll = PollClient(
          kind: kind, requester: requester, endpoints: endpoints, feed: feed, memory: memory,
          start: start, options: options,
          needsProof: kind == .longPoll && mode == .automatic && !endpoints.isHub)
        step.takesPosition = endpoints.isHub
        step.answersFirstAtOnce = endpoints.isHub
        step.silence = poll.longestSilence
        rung = poll
      case .webSocket:
        rung = WebSocketRung(
          requester: requester, endpoints: endpoints, feed: feed, start: start)
      case .sse, .standardInput, .file, .tape:
        // A hub gives a sign of life before the first second is over.
        if endpoints.isHub { step.unheard = .seconds(3) }
        rung = StreamClient(
          requester: requester, endpoints: endpoints, feed: feed, start: start)
      }
      return Place(rung: rung, step: step, pulse: pulse)
    }
  }

  private static func kinds(_ mode: HTTPMode, isHub: Bool) -> [TransportKind] {
    switch mode {
    case .automatic: (isHub ? [.webSocket] : []) + [.sse, .longPoll, .poll]
    case .webSocket: [.webSocket]
    case .stream: [.sse]
    case .longPoll: [.longPoll]
    case .poll: [.poll]
    }
  }
}

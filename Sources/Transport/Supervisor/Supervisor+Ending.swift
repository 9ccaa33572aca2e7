import Domain
import Wire

// What follows when a run has ended.

extension Supervisor {
  mutating func finish(_ number: Int, _ end: RungEnd) {
    switch state {
    case .connecting(let run) where run.number == number: settle(run, end, wasLive: false)
    case .live(let run, _) where run.number == number: settle(run, end, wasLive: true)
    case .stale(let run, _) where run.number == number: settle(run, end, wasLive: true)
    case .changing(let run, let next) where run.number == number: change(run, to: next, end)
    case .changing(let run, to: .better(let better)) where better.number == number:
      state = .changing(run, to: .reconnect(reason: end.words, atOnce: false))
    case .idle, .connecting, .live, .stale, .changing, .waiting, .refused, .ended:
      endProbe(number, end)
    }
  }

  /// Goes on after a run ended by itself.
  private mutating func settle(_ run: Run, _ end: RungEnd, wasLive: Bool) {
    if wasLive, end.isLoss { actions.append(.note(.lost(reason: end.words))) }
    if wasLive, end.hasByte { noteLife(on: run.rung) }
    switch end.reason {
    case .lost(let reason):
      goOn(reason, leaving: !end.hasByte && blame(run.rung, reason))
    case .interrupted: wait(end.words)
    case .failed(let failure): settle(run, failure)
    case .busy(let reason, let retryAfter):
      actions.append(.report(.failed(.unavailable(reason: reason))))
      goOn(reason, retryAfter: retryAfter, leaving: blame(run.rung, reason))
    case .unsupported(let reason): settleUnsupported(run, reason)
    case .refused(let reason): refuse(reason)
    case .ended:
      actions.append(.report(.failed(.refused(reason: end.words))))
      actions.append(.note(.ended))
      stop()
    case .unread: stop()
    }
  }

  private mutating func settle(_ run: Run, _ failure: ConnectFailure) {
    actions.append(.report(.failed(failure)))
    if failure.speaksAgainstRung { pace.missed() }
    let leaves = failure.speaksAgainstRung && blame(run.rung, failure.message)
    goOn(failure.message, reached: failure.isAnswer, leaving: leaves)
  }

  private mutating func settleUnsupported(_ run: Run, _ reason: String) {
    let isNew = !served.contains(run.rung)
    let leaves = blame(run.rung, reason, decisive: isNew)
    if ladder.count == 1 || isNew && admittedRung == nil {
      refuse(reason)
    } else {
      goOn(reason, leaving: leaves)
    }
  }

  /// Goes on after a run that was cut.
  private mutating func change(_ run: Run, to next: Next, _ end: RungEnd) {
    if end.reason == .unread { return stop() }
    switch next {
    case .better(let better): begin(better)
    case .reconnect(let reason, let atOnce):
      if end.hasByte { noteLife(on: run.rung) }
      let leaves = !end.hasByte && blame(run.rung, reason)
      guard atOnce else { return goOn(reason, leaving: leaves) }
      _ = nextWait(reached: true)
      connect()
    }
  }

  /// Drops the connection and makes it anew: at once, unless that was done just now.
  mutating func drop(_ reason: String) {
    guard let serving else { return }
    let atOnce = reconnectedAt.map { now - $0 >= ConnectionPolicy.healthyAfter } ?? true
    if atOnce { reconnectedAt = now }
    state = .changing(serving.run, to: .reconnect(reason: reason, atOnce: atOnce))
    actions += [.note(.lost(reason: reason)), .cut(run: serving.run.number)]
  }

  private mutating func endProbe(_ number: Int, _ end: RungEnd) {
    guard let run = probe, run.number == number else { return }
    probe = nil
    switch end.reason {
    case .unread: stop()
    case .interrupted: breakers[run.rung].postpone(at: now, reason: end.words)
    case .failed(let failure) where !failure.speaksAgainstRung:
      breakers[run.rung].postpone(at: now, reason: end.words)
    case .failed, .lost, .busy, .unsupported, .refused, .ended:
      _ = breakers[run.rung].failed(at: now, decisive: true, reason: end.words)
    }
  }

  /// Counts a failure against a rung; true when it is to be left for another.
  private mutating func blame(_ rung: Int, _ reason: String, decisive: Bool = false) -> Bool {
    guard ladder.count > 1 else { return false }
    return breakers[rung].failed(at: now, decisive: decisive, reason: reason)
  }

  /// Takes the next rung at once when one was left, unless the server asks for patience or none is
  /// to be had; waits otherwise.
  private mutating func goOn(
    _ reason: String, reached: Bool = true, retryAfter: Span? = nil, leaving: Bool
  ) {
    guard leaving, retryAfter == nil, admittedRung != nil else {
      return wait(reason, reached: reached, retryAfter: retryAfter)
    }
    connect()
  }

  private mutating func wait(_ reason: String, reached: Bool = true, retryAfter: Span? = nil) {
    let wait = nextWait(reached: reached, retryAfter: retryAfter)
    guard !promoteProbe() else { return }
    let until = now + wait.delay
    state = .waiting(until: until)
    actions.append(.note(.waiting(attempt: wait.attempt, until: until, reason: reason)))
  }

  private mutating func nextWait(
    reached: Bool, retryAfter: Span? = nil
  ) -> ConnectionPolicy.Wait {
    policy.failed(
      at: now, reached: reached, retry: outlook.point.retry, retryAfter: retryAfter, using: &luck)
  }

  private mutating func refuse(_ reason: String) {
    refusals = min(refusals + 1, Self.refusalsToPark)
    actions.append(.report(.failed(.refused(reason: reason))))
    guard served.isEmpty || refusals >= Self.refusalsToPark else { return wait(reason) }
    guard !promoteProbe() else { return }
    state = .refused(until: now + Self.parkedFor)
    actions.append(.note(.refused(reason: reason)))
  }

  private mutating func stop() {
    state = .ended
    actions.append(.finish)
  }
}

extension RungEnd {
  /// Whether an end of what delivered is a loss.
  fileprivate var isLoss: Bool {
    switch reason {
    case .ended, .unread: false
    case .lost, .failed, .busy, .unsupported, .refused, .interrupted: true
    }
  }

  /// Why, in words.
  var words: String {
    switch reason {
    case .lost(let words), .busy(let words, _), .unsupported(let words), .refused(let words): words
    case .failed(let failure): failure.message
    case .ended: "the server has nothing to stream (204)"
    case .interrupted: "the connection was dropped"
    case .unread: "nobody reads any more"
    }
  }
}

import Domain
import Wire

// From a try to a connection, and from a lesser one to a better one.

extension Supervisor {
  /// Tries the best rung that may be tried.
  mutating func connect() {
    guard !promoteProbe() else { return }
    let run = makeRun(on: bestRung())
    state = .connecting(run)
    actions += [.note(.connecting(attempt: policy.startAttempt())), .run(run)]
  }

  mutating func accept(_ number: Int) {
    switch state {
    case .connecting(let run) where run.number == number:
      learnPace(of: run)
      actions.append(.report(.connected))
      begin(run)
    case .live(let run, _), .stale(let run, _):
      guard let better = takeProbe(number) else { return actions.append(.turnAway(run: number)) }
      state = .changing(run, to: .better(better))
      actions.append(.cut(run: run.number))
    case .changing(let run, to: .reconnect):
      guard let better = takeProbe(number) else { return actions.append(.turnAway(run: number)) }
      state = .changing(run, to: .better(better))
    case .idle, .connecting, .changing, .waiting, .refused, .ended:
      actions.append(.turnAway(run: number))
    }
  }

  /// The run delivers from now on.
  mutating func begin(_ run: Run) {
    state = .live(run, since: now)
    policy.connected(at: now)
    refusals = 0
    served.insert(run.rung)
    for better in 0..<run.rung where breakers[better].openUntil == nil {
      breakers[better].postpone(at: now, reason: "")
    }
    let position = run.position.isEmpty ? nil : run.position
    let kind = ladder[run.rung].kind
    actions.append(.note(.connected(kind, resumedFrom: position)))
    if run.rung > 0 {
      actions.append(.note(.fellBack(kind, reason: breakers[run.rung - 1].reason)))
    }
    actions.append(.admit(run: run.number))
  }

  /// Tries a better rung, if the time of one has come.
  mutating func startProbe() {
    guard probe == nil, let serving,
      let rung = (0..<serving.run.rung).first(where: { breakers[$0].admits(at: now) })
    else { return }
    let run = makeRun(on: rung)
    probe = run
    actions.append(.run(run))
  }

  /// What comes of a better rung that is being tried anyway decides what is next; false if none is.
  mutating func promoteProbe() -> Bool {
    guard let run = probe else { return false }
    probe = nil
    state = .connecting(run)
    actions.append(.note(.connecting(attempt: policy.startAttempt())))
    return true
  }

  private mutating func takeProbe(_ number: Int) -> Run? {
    guard let run = probe, run.number == number else { return nil }
    probe = nil
    learnPace(of: run)
    return run
  }

  /// When every rung is open, it is not the rungs: all may be tried again.
  private mutating func bestRung() -> Int {
    if let rung = admittedRung { return rung }
    for rung in ladder.indices { breakers[rung].carried() }
    return 0
  }

  /// The best rung that may be tried now.
  var admittedRung: Int? { ladder.indices.first { breakers[$0].admits(at: now) } }

  private mutating func makeRun(on rung: Int) -> Run {
    breakers[rung].tries()
    runs += 1
    let timeout = pace.timeout
    return Run(
      number: runs, rung: rung,
      position: ladder[rung].takesPosition ? outlook.point.lastEventID : "",
      timeout: timeout, start: now, deadline: now + timeout + Self.overtime)
  }

  /// A long poll may be held back, so how long it took says nothing; but for the first at a hub, which
  /// is asked for what is there.
  private mutating func learnPace(of run: Run) {
    let step = ladder[run.rung]
    guard step.kind != .longPoll || step.answersFirstAtOnce else { return }
    pace.answered(after: max(.zero, now - run.start))
  }
}

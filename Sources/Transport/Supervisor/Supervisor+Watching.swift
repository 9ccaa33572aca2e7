import Domain
import Wire

// Looking after what is connected: silence, better rungs, tries that come to nothing.

extension Supervisor {
  /// Looks whether something must be done by now.
  mutating func look() {
    cutOverdue()
    guard let serving else { return }
    guard !listen(to: serving.run, since: serving.since) else { return }
    startProbe()
  }

  /// When to look next.
  var nextWake: Timestamp? {
    switch state {
    case .idle, .changing, .ended: nil
    case .connecting(let run): run.deadline
    case .waiting(let until), .refused(let until): until
    case .live(let run, let since), .stale(let run, let since):
      min(
        silenceDue(run, since),
        probe?.deadline ?? probeDue(below: run.rung) ?? .init(microseconds: .max))
    }
  }

  /// Takes in that the rung that serves carried something, and how long it has stood.
  mutating func takeNoteOfLife() {
    guard let serving, let heardAt = outlook.heardAt, heardAt >= serving.since else { return }
    noteLife(on: serving.run.rung)
  }

  mutating func noteLife(on rung: Int) {
    policy.receivedByte()
    breakers[rung].carried()
    if policy.isHealthy(at: now) { breakers[rung].proved() }
  }

  /// Turns stale or lost what is silent; true when it is lost.
  private mutating func listen(to run: Run, since: Timestamp) -> Bool {
    guard !outlook.isDelivering, let patience = patience(of: run, since: since) else {
      state = .live(run, since: since)
      return false
    }
    let silence = now - lastHeard(since: since)
    guard silence >= patience + Self.grace else {
      state = silence >= patience ? .stale(run, since: since) : .live(run, since: since)
      return false
    }
    drop("nothing was heard for \(silence.microseconds / 1_000_000) s")
    return true
  }

  private mutating func cutOverdue() {
    if case .connecting(var run) = state, run.deadline <= now {
      run.deadline = now + Self.overtime
      state = .connecting(run)
      actions.append(.cut(run: run.number))
    }
    if var run = probe, run.deadline <= now {
      run.deadline = now + Self.overtime
      probe = run
      actions.append(.cut(run: run.number))
    }
  }

  private func silenceDue(_ run: Run, _ since: Timestamp) -> Timestamp {
    guard !outlook.isDelivering, let patience = patience(of: run, since: since) else {
      return now + Self.lookInterval
    }
    let staleAt = lastHeard(since: since) + patience
    if case .stale = state { return staleAt + Self.grace }
    return staleAt
  }

  private func probeDue(below rung: Int) -> Timestamp? {
    (0..<rung).compactMap { breakers[$0].openUntil ?? now }.min()
  }

  private func lastHeard(since: Timestamp) -> Timestamp {
    min(now, max(since, outlook.heardAt ?? since))
  }

  /// What is known of its heartbeats, but no less than its own way of working takes.
  private func patience(of run: Run, since: Timestamp) -> Span? {
    let step = ladder[run.rung]
    if let learnt = outlook.point.patience { return max(learnt, step.silence ?? .zero) }
    let hasBeenHeard = outlook.heardAt.map { $0 >= since } ?? false
    return step.silence ?? (hasBeenHeard ? nil : step.unheard)
  }
}

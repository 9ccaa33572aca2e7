import Domain
import Locking

// What readers are answered from the journal and the board: polls, snapshots, and what stands in for
// events that are gone.

extension FeedHub {
  /// Begins to wait for an event after a position; nil where there is something to answer now.
  ///
  /// - Throws: a problem when too many wait already.
  func beginWait(from position: FeedPosition) throws(Problem) -> (id: Int, wait: PollWait)? {
    let result = state.withLock { state -> Result<(id: Int, wait: PollWait)?, Problem> in
      guard !state.isClosed, let entries = entries(of: state.journal, from: position),
        entries.isEmpty
      else { return .success(nil) }
      guard state.waits.count < configuration.waitingPolls else {
        state.counts.refusedPolls += 1
        return .failure(.tooManyWait(configuration.waitingPolls))
      }
      state.joined += 1
      let wait = PollWait()
      state.waits[state.joined] = wait
      return .success((state.joined, wait))
    }
    return try result.get()
  }

  /// A poll does not wait any more.
  func endWait(_ id: Int) {
    state.withLock { $0.waits[id] = nil }
  }

  /// The events after a position, at most `limit`, and the position after them.
  func poll(from position: FeedPosition, limit: Int) -> (events: [FeedFrame], position: String) {
    state.withLock { state in
      state.counts.polls += 1
      guard let entries = entries(of: state.journal, from: position) else {
        return (catchUp(&state, from: position, limit: limit), state.journal.position)
      }
      let page = entries.prefix(limit)
      let last = page.last?.sequence ?? state.journal.last
      return (page.map(\.frame), FeedPosition.text(last, epoch: epoch))
    }
  }

  /// How everything stands, and the position of the newest event that is part of it.
  func snapshot() -> (events: [FeedFrame], position: String) {
    state.withLock { state in
      (
        snapshotEvents(&state).map { FeedFrame(encode($0), position: nil) }, state.journal.position
      )
    }
  }

  /// How the feed is.
  func health() -> FeedHealth {
    let now = WallClock.now
    return state.withLock { state in
      state.rate.advance(to: now)
      var counts = state.counts
      counts.waitingPolls = state.waits.count
      counts.compressors = state.compressors
      for reader in state.subscribers.values { counts.listening[reader.kind, default: 0] += 1 }
      return FeedHealth(
        epoch: epoch, sequence: state.journal.last, first: state.journal.first,
        events: state.journal.count,
        bytes: state.journal.bytes, counts: counts,
        uptime: WallClock.steady - startedAt, eventsPerSecond: Double(state.rate.total) / 10)
    }
  }

  private func entries(
    of journal: Journal, from position: FeedPosition
  ) -> ArraySlice<Journal.Entry>? {
    switch position {
    case .beginning: journal.entries(after: 0)
    case .after(let sequence): journal.entries(after: sequence)
    case .elsewhere: nil
    }
  }

  func backlog(_ state: inout State, from position: FeedPosition) -> [FeedFrame] {
    entries(of: state.journal, from: position)?.map(\.frame) ?? catchUp(&state, from: position)
  }

  /// What stands in for events that are gone: the gap, if the reader had seen any events, then how
  /// everything stands, then that this makes up for the gap. Only what has a place in the feed has a
  /// position, so that a reader that is cut off in between begins anew.
  ///
  /// To a reader from elsewhere, another life of the feed or a position that was damaged on its way,
  /// a journal that has lost nothing is given as a whole: what the reader has seen already it drops.
  private func catchUp(
    _ state: inout State, from position: FeedPosition, limit: Int = .max
  ) -> [FeedFrame] {
    let snapshot = snapshotEvents(&state)
    if position != .beginning { state.counts.gaps += 1 }
    let whole =
      state.journal.count <= limit ? entries(of: state.journal, from: .beginning) : nil
    guard let gap = gap(of: state, from: position, isMadeUpFor: whole != nil) else {
      return frames(snapshot, last: state.journal.position)
    }
    return [FeedFrame(encode(say(.streamGap, gap, state)), position: nil)]
      + (whole?.map(\.frame) ?? [])
      + frames(snapshot + [say(.streamResynced, gap, state)], last: state.journal.position)
  }

  private func frames(_ events: [Event], last: String) -> [FeedFrame] {
    events.enumerated().map { place, event in
      FeedFrame(encode(event), position: place == events.count - 1 ? last : nil)
    }
  }

  /// What a reader is not given; nil for one that had seen nothing. A snapshot stands in for the
  /// events up to the newest, so those are named too.
  private func gap(of state: State, from position: FeedPosition, isMadeUpFor: Bool) -> Fields? {
    let from: Int64
    switch position {
    case .beginning: return nil
    case .after(let sequence) where sequence < state.journal.last: from = sequence + 1
    case .after, .elsewhere: from = 1
    }
    guard !isMadeUpFor else {
      return Fields([
        .source: .string(source),
        .text: .string(
          "events of an earlier life of the feed are missing, nobody knows how many"),
      ])
    }
    return Fields([
      .source: .string(source), .from: .string(String(from)),
      .to: .string(String(state.journal.last)),
    ])
  }

  private func say(_ kind: EventKind, _ data: Fields, _ state: State) -> Event {
    let now = WallClock.now
    let number = state.joined &+ Int(truncatingIfNeeded: state.journal.last)
    return Event(
      id: "\(kind.rawValue)-\(number)-\(now.microseconds)", source: source, type: .known(kind),
      time: now, data: data)
  }

  private func snapshotEvents(_ state: inout State) -> [Event] {
    let now = WallClock.now
    state.board.advance(to: now)
    _ = state.board.takeChanges()
    let last = state.journal.last
    return state.board.fleet.snapshotEvents(source: source, sequence: last, asOf: now)
      + state.board.kitchen.snapshotEvents(source: source, sequence: last, asOf: now)
  }
}

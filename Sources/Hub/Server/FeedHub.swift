import Domain
import NIOCore
import Synchronization
import Wire

/// An event on its way into the feed.
struct Incoming: Sendable {
  /// What it says.
  let event: Event
  /// Its JSON text as received, so that members outside our vocabulary reach the readers too.
  let json: [UInt8]
}

/// The feed itself: numbers events, keeps the newest, and hands them to whoever listens.
///
/// Repeated events are numbered and passed on like any other, for a feed that hid them would hide
/// a fault of its source; readers tell repeats by `source` and `id`.
final class FeedHub: Sendable {
  private struct State: Sendable {
    var journal: Journal
    var board = Board()
    var subscribers: [Int: Subscriber] = [:]
    var joined = 0
    var dropped = 0
    var rate = SlidingWindow(bucket: .seconds(1), count: 10)
  }

  private let state: Mutex<State>
  private let configuration: FeedConfiguration
  private let encoder = CloudEventEncoder()
  private let startedAt = WallClock.steady
  /// The life of this feed: its numbers begin anew each time it is started.
  let epoch: String
  /// The CloudEvents source of what the feed says itself.
  private var source: String { "podium/hub/\(epoch)" }

  /// An empty feed.
  init(_ configuration: FeedConfiguration) {
    self.configuration = configuration
    epoch = String(UInt64(bitPattern: WallClock.now.microseconds / 1_000), radix: 36)
    state = Mutex(
      State(
        journal: Journal(
          epoch: epoch, maximumEvents: configuration.journalEvents,
          maximumBytes: configuration.journalBytes)))
  }

  /// Puts events into the feed, all of them or, when there are none, nothing; the number of the
  /// newest event.
  @discardableResult
  func publish(_ incoming: [Incoming]) -> Int64 {
    let now = WallClock.now
    return state.withLock { state in
      for item in incoming {
        let entry = state.journal.append(item.json)
        for (id, subscriber) in state.subscribers where !subscriber.offer(entry.frame.block) {
          state.subscribers[id] = nil
          state.dropped += 1
        }
      }
      state.rate.add(Int64(incoming.count), at: now)
      for item in incoming { state.board.record(item.event, at: now) }
      return state.journal.last
    }
  }

  /// Puts events of our own making into the feed.
  @discardableResult
  func publish(_ events: [Event]) -> Int64 {
    publish(events.map { Incoming(event: $0, json: encode($0)) })
  }

  // MARK: Readers

  /// Lets a reader in: what it has missed, and where it will find what comes.
  func join(
    from position: FeedPosition, hangUp: @escaping @Sendable () -> Void
  ) -> (id: Int, backlog: [FeedFrame], subscriber: Subscriber) {
    let subscriber = Subscriber(
      maximumEvents: configuration.subscriberEvents, maximumBytes: configuration.subscriberBytes,
      hangUp: hangUp)
    return state.withLock { state in
      state.joined += 1
      state.subscribers[state.joined] = subscriber
      return (state.joined, backlog(&state, from: position), subscriber)
    }
  }

  /// Lets a reader go.
  func leave(_ id: Int) {
    let subscriber = state.withLock { $0.subscribers.removeValue(forKey: id) }
    subscriber?.close()
  }

  /// Lets all readers go.
  func close() {
    let subscribers = state.withLock { state in
      defer { state.subscribers = [:] }
      return Array(state.subscribers.values)
    }
    for subscriber in subscribers { subscriber.close() }
  }

  /// Sends a sign of life, and lets time pass on the board that snapshots are made from.
  func beat() {
    var text: [UInt8] = []
    SSEEncoder.appendComment(to: &text)
    let comment = ByteBuffer(bytes: text)
    let now = WallClock.now
    let subscribers = state.withLock { state in
      state.board.advance(to: now)
      _ = state.board.takeChanges()
      return Array(state.subscribers.values)
    }
    for subscriber in subscribers { subscriber.offer(heartbeat: comment) }
  }

  // MARK: Answers

  /// The events after a position, at most `limit`, and the position after them.
  func poll(from position: FeedPosition, limit: Int) -> (events: [FeedFrame], position: String) {
    state.withLock { state in
      guard let entries = entries(of: state.journal, from: position) else {
        return (catchUp(&state, from: position), state.journal.position)
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
      return FeedHealth(
        epoch: epoch, sequence: state.journal.last, first: state.journal.first,
        events: state.journal.count,
        bytes: state.journal.bytes, subscribers: state.subscribers.count, dropped: state.dropped,
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

  private func backlog(_ state: inout State, from position: FeedPosition) -> [FeedFrame] {
    entries(of: state.journal, from: position)?.map(\.frame) ?? catchUp(&state, from: position)
  }

  /// What stands in for events that are gone: the gap, if the reader had seen any events, then how
  /// everything stands, then that this makes up for the gap. Only the last has a position, so that
  /// a reader that is cut off in between begins anew.
  private func catchUp(_ state: inout State, from position: FeedPosition) -> [FeedFrame] {
    let snapshot = snapshotEvents(&state)
    let events =
      gap(of: state, from: position).map { gap in
        [say(.streamGap, gap, state)] + snapshot + [say(.streamResynced, gap, state)]
      } ?? snapshot
    let last = state.journal.position
    return events.enumerated().map { place, event in
      FeedFrame(encode(event), position: place == events.count - 1 ? last : nil)
    }
  }

  /// What a reader has missed for good; nil for one that had seen nothing.
  private func gap(of state: State, from position: FeedPosition) -> Fields? {
    switch position {
    case .beginning: nil
    case .after(let sequence) where sequence < state.journal.last:
      Fields([
        .source: .string(source), .from: .string(String(sequence + 1)),
        .to: .string(String(state.journal.first - 1)),
      ])
    case .after, .elsewhere:
      Fields([
        .source: .string(source),
        .text: .string("events are missing, nobody knows how many: the feed was started anew"),
      ])
    }
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

  private func encode(_ event: Event) -> [UInt8] {
    var bytes: [UInt8] = []
    encoder.append(event, to: &bytes)
    return bytes
  }
}

import Domain
import Locking
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
  /// How a reader listens.
  enum ReaderKind: CaseIterable, Sendable {
    case eventStream, webSocket
  }

  struct State: Sendable {
    var journal: Journal
    var board = Board()
    var subscribers: [Int: (subscriber: Subscriber, kind: ReaderKind)] = [:]
    /// Numbers what is in `subscribers` and `waits`.
    var joined = 0
    var waits: [Int: PollWait] = [:]
    var isClosed = false
    var compressors = 0
    var counts = FeedCounts()
    var rate = SlidingWindow(bucket: .seconds(1), count: 10)
  }

  let state: Mutex<State>
  let configuration: FeedConfiguration
  private let encoder = CloudEventEncoder()
  let startedAt = WallClock.steady
  /// The life of this feed: its numbers begin anew each time it is started.
  let epoch: String
  /// The CloudEvents source of what the feed says itself.
  var source: String { "podium/hub/\(epoch)" }

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
    let (last, waits) = state.withLock { state in
      for item in incoming {
        let entry = state.journal.append(item.json)
        for (id, reader) in state.subscribers where !reader.subscriber.offer(entry.frame) {
          state.subscribers[id] = nil
          state.counts.cutReaders += 1
        }
      }
      state.rate.add(Int64(incoming.count), at: now)
      for item in incoming { state.board.record(item.event, at: now) }
      return (state.journal.last, incoming.isEmpty ? [] : state.takeWaits())
    }
    for wait in waits { wait.end() }
    return last
  }

  /// Puts events of our own making into the feed.
  @discardableResult
  func publish(_ events: [Event]) -> Int64 {
    publish(events.map { Incoming(event: $0, json: encode($0)) })
  }

  func encode(_ event: Event) -> [UInt8] {
    var bytes: [UInt8] = []
    encoder.append(event, to: &bytes)
    return bytes
  }

  // MARK: Readers

  /// Lets a reader in: what it has missed, and where it will find what comes.
  func join(
    from position: FeedPosition, as kind: ReaderKind, hangUp: @escaping @Sendable () -> Void
  ) -> (id: Int, backlog: [FeedFrame], subscriber: Subscriber) {
    let subscriber = Subscriber(
      maximumEvents: configuration.subscriberEvents, maximumBytes: configuration.subscriberBytes,
      hangUp: hangUp)
    return state.withLock { state in
      state.joined += 1
      if state.isClosed { subscriber.close() }
      state.subscribers[state.joined] = (subscriber, kind)
      state.counts.readers += 1
      return (state.joined, backlog(&state, from: position), subscriber)
    }
  }

  /// The position that a reader of everything begins after, for it to go on from while no event has
  /// told it one; nil for a reader that has one, and for one that is given a snapshot in the place of
  /// what is gone.
  func start(of position: FeedPosition) -> String? {
    guard position == .beginning, state.withLock({ $0.journal.first == 1 }) else { return nil }
    return FeedPosition.text(0, epoch: epoch)
  }

  /// Lets a reader go.
  func leave(_ id: Int) {
    let reader = state.withLock { $0.subscribers.removeValue(forKey: id) }
    reader?.subscriber.close()
  }

  /// Lets all readers go, and those that come later at once.
  func close() {
    let (readers, waits) = state.withLock { state in
      state.isClosed = true
      defer { state.subscribers = [:] }
      return (Array(state.subscribers.values), state.takeWaits())
    }
    for reader in readers { reader.subscriber.close() }
    for wait in waits { wait.end() }
  }

  /// Whether another reader may be sent compressed messages, which takes memory for each; a true
  /// answer is given back with `releaseCompressor`.
  func claimCompressor() -> Bool {
    state.withLock { state in
      guard state.compressors < configuration.compressedReaders else { return false }
      state.compressors += 1
      return true
    }
  }

  /// A reader with compressed messages is gone.
  func releaseCompressor() {
    state.withLock { $0.compressors -= 1 }
  }

  /// Sends a sign of life, and lets time pass on the board that snapshots are made from.
  func beat() {
    let now = WallClock.now
    let readers = state.withLock { state in
      state.board.advance(to: now)
      _ = state.board.takeChanges()
      return Array(state.subscribers.values)
    }
    for reader in readers { reader.subscriber.offerHeartbeat() }
  }
}

extension FeedHub.State {
  mutating func takeWaits() -> [PollWait] {
    defer { waits = [:] }
    return Array(waits.values)
  }
}

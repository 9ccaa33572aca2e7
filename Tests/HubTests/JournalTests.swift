import Locking
import NIOCore
import Testing

@testable import Hub

@Suite("The journal and its readers")
struct JournalTests {
  private func journal(events: Int = 3, bytes: Int = 1 << 20) -> Journal {
    var journal = Journal(epoch: "t3h2k1", maximumEvents: events, maximumBytes: bytes)
    for text in ["1", "2", "3", "4", "5"] { _ = journal.append(Array(text.utf8)) }
    return journal
  }

  @Test("it keeps the newest events and numbers them from one")
  func keepsNewest() {
    let journal = journal()
    #expect(journal.first == 3)
    #expect(journal.last == 5)
    #expect(journal.entries(after: 3)?.map(\.sequence) == [4, 5])
    #expect(journal.entries(after: 5)?.count == 0)
  }

  @Test("what is gone, or was never here, is no answer", arguments: [-1, 0, 1, 6, .max])
  func knowsWhatIsGone(sequence: Int64) {
    #expect(journal().entries(after: sequence) == nil)
  }

  @Test("it holds the newest event even when that alone passes the byte bound")
  func boundsBytes() {
    let journal = journal(events: 100, bytes: 1)
    #expect(journal.count == 1)
    #expect(journal.first == 5)
  }

  @Test("it stays right while old events make room a thousand times over")
  func staysRight() {
    var journal = Journal(epoch: "e", maximumEvents: 10, maximumBytes: 1 << 20)
    for _ in 0..<10_000 { _ = journal.append([UInt8(ascii: "0")]) }
    #expect(journal.entries(after: 9_990)?.map(\.sequence) == Array(9_991...10_000))
    #expect(journal.count == 10)
  }

  @Test("an event becomes one block of the event stream, and one message")
  func writesFrame() {
    var journal = Journal(epoch: "t3h2k1", maximumEvents: 1, maximumBytes: 1 << 20)
    let entry = journal.append(Array("{\"a\":1,\n\"b\":2}".utf8))
    #expect(
      String(buffer: entry.frame.block)
        == "id: 1-t3h2k1\ncrc32c: f8ad6bef\ndata: {\"a\":1,\ndata: \"b\":2}\n\n")
    #expect(
      String(buffer: entry.frame.message)
        == "{\"a\":1,\n\"b\":2,\"feedposition\":\"1-t3h2k1\",\"feedcrc32c\":\"c8892eba\"}")
  }

  @Test("a reader gets what waits for it in one piece")
  func joinsPending() async {
    let subscriber = Subscriber(maximumEvents: 4, maximumBytes: 100) {}
    #expect(subscriber.offer(Self.frame("a")))
    #expect(subscriber.offer(Self.frame("b")))
    #expect(await Self.taken(from: subscriber) == "ab")
  }

  @Test("what waits is taken in stretches, in order")
  func takesStretches() async {
    let subscriber = Subscriber(maximumEvents: 9, maximumBytes: 1_000) {}
    for text in ["a", "b", "c"] { #expect(subscriber.offer(Self.frame(text))) }
    #expect(await Self.taken(from: subscriber, upTo: 30) == "ab")
    #expect(subscriber.offer(Self.frame("d")))
    #expect(await Self.taken(from: subscriber, upTo: 1) == "c")
    #expect(await Self.taken(from: subscriber, upTo: 1) == "d")
  }

  /// A frame whose block of the event stream has 26 bytes.
  private static func frame(_ text: String) -> FeedFrame {
    FeedFrame(Array(text.utf8), position: nil)
  }

  /// The data of what is taken, or `:` for a sign of life.
  private static func taken(from subscriber: Subscriber, upTo bytes: Int = .max) async -> String? {
    switch await subscriber.take(upTo: bytes) {
    case .frames(let frames):
      frames.map { frame in
        String(buffer: frame.block).split(separator: "\n").last?.dropFirst(6) ?? ""
      }.joined()
    case .heartbeat: ":"
    case nil: nil
    }
  }

  @Test("a reader too far behind is hung up on, by events or by bytes")
  func cutsSlowReader() async {
    let hangUps = Mutex(0)
    let byEvents = Subscriber(maximumEvents: 1, maximumBytes: 100) { hangUps.withLock { $0 += 1 } }
    #expect(byEvents.offer(Self.frame("a")))
    #expect(!byEvents.offer(Self.frame("b")))
    let byBytes = Subscriber(maximumEvents: 9, maximumBytes: 3) { hangUps.withLock { $0 += 1 } }
    #expect(!byBytes.offer(Self.frame("abcd")))
    #expect(await Self.taken(from: byEvents) == nil)
    #expect(hangUps.withLock { $0 } == 2)
  }

  @Test("a sign of life is left out where something waits anyway")
  func skipsHeartbeat() async {
    let subscriber = Subscriber(maximumEvents: 4, maximumBytes: 100) {}
    _ = subscriber.offer(Self.frame("a"))
    subscriber.offerHeartbeat()
    #expect(await Self.taken(from: subscriber) == "a")
    subscriber.offerHeartbeat()
    #expect(await Self.taken(from: subscriber) == ":")
  }

  @Test("a reader that waits is woken, and one whose task is cancelled goes home")
  func wakes() async {
    let subscriber = Subscriber(maximumEvents: 4, maximumBytes: 100) {}
    let woken = Task { await Self.taken(from: subscriber) }
    _ = subscriber.offer(Self.frame("a"))
    #expect(await woken.value == "a")
    let cancelled = Task { await Self.taken(from: subscriber) == nil }
    cancelled.cancel()
    #expect(await cancelled.value)
  }

  @Test(
    "a position is what the last event id says",
    arguments: [
      (nil, FeedPosition.beginning), ("", .beginning), ("0", .beginning), ("17", .after(17)),
      ("-3", .elsewhere), ("7f3c", .elsewhere), ("17-t3h2k1", .after(17)),
      ("0-t3h2k1", .after(0)), ("17-t3h2k0", .elsewhere), ("0-t3h2k0", .elsewhere),
      ("17-", .elsewhere), ("-t3h2k1", .elsewhere), ("17-t3h2k1-", .elsewhere),
      ("+17-t3h2k1", .elsewhere), ("99999999999999999999", .elsewhere), ("１", .elsewhere),
    ])
  func readsPosition(text: String?, position: FeedPosition) {
    #expect(FeedPosition(text, epoch: "t3h2k1") == position)
  }
}

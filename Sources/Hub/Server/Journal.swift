/// The newest events of a feed, each encoded once for all who read it.
///
/// Their numbers are without holes; the oldest go when either bound is passed.
struct Journal: Sendable {
  /// One event as it is sent.
  struct Entry: Sendable {
    /// Its number in the feed, from 1.
    let sequence: Int64
    /// How it is sent.
    let frame: FeedFrame
  }

  /// The feed's life, part of every position.
  let epoch: String
  private let maximumEvents: Int
  private let maximumBytes: Int
  private var entries: [Entry] = []
  private var head = 0
  /// The number of the newest event, 0 before the first.
  private(set) var last: Int64 = 0
  /// How many bytes are held.
  private(set) var bytes = 0

  /// An empty journal with its bounds, each at least one.
  init(epoch: String, maximumEvents: Int, maximumBytes: Int) {
    self.epoch = epoch
    self.maximumEvents = max(1, maximumEvents)
    self.maximumBytes = max(1, maximumBytes)
  }

  /// How many events are held.
  var count: Int { entries.count - head }

  /// The number of the oldest event held; one above `last` when none is.
  var first: Int64 { last - Int64(count) + 1 }

  /// The position after everything.
  var position: String { FeedPosition.text(last, epoch: epoch) }

  /// Numbers and keeps an event given as its JSON text.
  mutating func append(_ json: [UInt8]) -> Entry {
    last += 1
    let entry = Entry(sequence: last, frame: FeedFrame(json, position: position))
    entries.append(entry)
    bytes += entry.frame.bytes
    while count > maximumEvents || bytes > maximumBytes && count > 1 {
      bytes -= entries[head].frame.bytes
      head += 1
    }
    if head > 1_024, head > entries.count / 2 {
      entries.removeFirst(head)
      head = 0
    }
    return entry
  }

  /// The events after a number; nil when some of them are gone, or were never here.
  func entries(after sequence: Int64) -> ArraySlice<Entry>? {
    guard sequence <= last, sequence >= first - 1 else { return nil }
    return entries[(entries.count - Int(last - sequence))...]
  }
}

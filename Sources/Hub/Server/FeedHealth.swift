import Domain
import Wire

/// What a feed has counted, and what it has to do now.
struct FeedCounts: Sendable {
  /// Readers that ever listened, and those cut off because they were too slow.
  var readers = 0, cutReaders = 0
  /// Gaps told to readers that came back too late.
  var gaps = 0
  /// Polls answered, and those refused because too many waited.
  var polls = 0, refusedPolls = 0
  /// Readers now, by how they listen.
  var listening: [FeedHub.ReaderKind: Int] = [:]
  /// Polls that wait now, and readers whose messages are compressed.
  var waitingPolls = 0, compressors = 0
}

/// How a feed is.
struct FeedHealth: Sendable {
  let epoch: String
  let sequence: Int64, first: Int64
  let events: Int, bytes: Int
  let counts: FeedCounts
  let uptime: Span
  let eventsPerSecond: Double

  private var subscribers: Int { counts.listening.values.reduce(0, +) }

  /// It as JSON.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("status")
    writer.string("ok")
    writer.key("sequence")
    writer.integer(sequence)
    writer.key("epoch")
    writer.string(epoch)
    writer.key("journal")
    writer.beginObject()
    for (name, value) in [
      ("from", first), ("to", sequence), ("events", Int64(events)), ("bytes", Int64(bytes)),
    ] {
      writer.key(name)
      writer.integer(value)
    }
    writer.endObject()
    for (name, value) in [
      ("subscribers", subscribers), ("waitingPolls", counts.waitingPolls),
      ("dropped", counts.cutReaders),
    ] {
      writer.key(name)
      writer.integer(value)
    }
    writer.key("uptimeS")
    writer.integer(uptime.wholeSeconds)
    writer.key("eventsPerS")
    writer.number(eventsPerSecond)
    writer.endObject()
    return writer.bytes
  }
}

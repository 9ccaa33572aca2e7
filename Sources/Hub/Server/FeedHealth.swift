import Domain
import Wire

/// How a feed is.
struct FeedHealth: Sendable {
  let epoch: String
  let sequence: Int64, first: Int64
  let events: Int, bytes: Int, subscribers: Int, dropped: Int
  let uptime: Span
  let eventsPerSecond: Double

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
    writer.key("subscribers")
    writer.integer(subscribers)
    writer.key("dropped")
    writer.integer(dropped)
    writer.key("uptimeS")
    writer.integer(uptime.wholeSeconds)
    writer.key("eventsPerS")
    writer.number(eventsPerSecond)
    writer.endObject()
    return writer.bytes
  }
}

import Domain

/// Turns what the decoders of a connection found into events, and watches that a feed with
/// checksums arrives whole.
struct FeedReader {
  private var events = CloudEventDecoder()
  private(set) var integrity = FeedIntegrity()
  /// The JSON of a message as it was published.
  private var published: [UInt8] = []
  /// Capacity that is given back once the message it was needed for is done with.
  private static let spareCapacity = 1 << 20

  /// A new connection begins.
  mutating func restart() {
    integrity.restart()
  }

  /// The stream committed an id, which is the position where no checksums say more.
  mutating func follow(lastEventID: [UInt8]) {
    if !integrity.isChecked { integrity.follow(lastEventID) }
  }

  /// Reads an item of an event stream.
  mutating func read(_ item: SSEItem, _ each: (DecodedItem) -> Void) {
    guard !integrity.isDamaged else { return }
    switch item {
    case .event(let event): read(event, each)
    case .empty:
      if let reason = integrity.judge(.wrong) { each(.damaged(reason)) }
    case .comment: each(.heartbeat)
    case .retry: break
    case .fault(let error):
      integrity.skip()
      each(.malformed("\(error)"))
    }
  }

  /// Reads a line of a list of events.
  mutating func read(_ item: NDJSONItem, _ each: (DecodedItem) -> Void) {
    switch item {
    case .line(_, let bytes): decode(bytes, each)
    case .fault(let number, let reason): each(.malformed("line \(number): \(reason)"))
    }
  }

  /// Reads a document: an event, or the elements of an array one by one.
  mutating func read(document raw: UnsafeRawBufferPointer, _ each: (DecodedItem) -> Void) {
    guard !integrity.isDamaged else { return }
    var reader = JSONReader(raw)
    do throws(JSONError) {
      guard try reader.peek() == .array else { return read(element: raw, each) }
      try reader.beginArray()
      while try reader.nextElement() {
        read(element: try reader.skipValue(), each)
        if integrity.isDamaged { return }
      }
      try reader.finish()
    } catch {
      let isDamage = integrity.isChecked
      each(isDamage ? .damaged(integrity.refuse("\(error)")) : .malformed("\(error)"))
    }
  }

  /// Reads a message with header lines: those of nchan's subprotocol `ws+meta.nchan`.
  mutating func read(meta raw: UnsafeRawBufferPointer, _ each: (DecodedItem) -> Void) {
    guard let message = MetaMessage(raw) else {
      return each(.malformed("a message without the blank line between its head and its body"))
    }
    read(document: message.body, each)
    if let id = message.id, !integrity.isChecked { integrity.follow(id) }
  }

  private mutating func read(_ event: SSEEvent, _ each: (DecodedItem) -> Void) {
    let reason = integrity.judge(event.checksum) ?? integrity.advance(to: event)
    if let reason { return each(.damaged(reason)) }
    if let missing = integrity.takeMissing() { each(.missing(missing)) }
    decode(event.data, each)
  }

  private mutating func read(
    element raw: UnsafeRawBufferPointer, _ each: (DecodedItem) -> Void
  ) {
    let message = CheckedMessage(raw)
    if let reason = integrity.judge(message.checksum) { return each(.damaged(reason)) }
    do throws(CloudEventError) {
      let event = try events.decode(raw)
      let reason = events.withFeedPosition { position in
        if message.checksum == .right {
          message.copyPublished(position: position, to: &published)
        }
        return integrity.isChecked || position != nil ? integrity.advance(to: position) : nil
      }
      if let reason { return each(.damaged(reason)) }
      if let missing = integrity.takeMissing() { each(.missing(missing)) }
      guard message.checksum == .right else { return each(.event(event, json: raw)) }
      published.withUnsafeBytes { each(.event(event, json: $0)) }
      if published.capacity > Self.spareCapacity { published = [] }
    } catch {
      integrity.skip()
      each(.malformed("\(error)"))
    }
  }

  private mutating func decode(
    _ bytes: UnsafeRawBufferPointer, _ each: (DecodedItem) -> Void
  ) {
    do throws(CloudEventError) {
      each(.event(try events.decode(bytes), json: bytes))
    } catch {
      each(.malformed("\(error)"))
    }
  }
}

extension FeedIntegrity {
  /// Follows an event of a stream; where there are no checksums, its committed id is followed.
  fileprivate mutating func advance(to event: SSEEvent) -> String? {
    isChecked ? advance(to: event.id) : nil
  }
}

extension SSEEvent {
  /// How the block's checksum stands: it covers the block's own id, a LF, and the data.
  fileprivate var checksum: FeedIntegrity.Checksum {
    guard let crc32c else { return .absent }
    var sum = CRC32C()
    if let id { sum.append(id) }
    sum.append(0x0A)
    sum.append(data)
    return sum.isWritten(crc32c) ? .right : .wrong
  }
}

// The rest is remembered to save work, and is learnt again.
extension FeedReader: Codable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(integrity)
  }

  init(from decoder: any Decoder) throws {
    integrity = try decoder.singleValueContainer().decode(FeedIntegrity.self)
    try integrity.check()
  }
}

/// A message of nchan's subprotocol `ws+meta.nchan`: `id: …`, `content-type: …`, a blank line, the
/// body.
package struct MetaMessage {
  /// The position to continue after.
  let id: UnsafeRawBufferPointer?
  /// What follows the blank line.
  package let body: UnsafeRawBufferPointer

  /// Splits a message; nil where no blank line ends its head.
  package init?(_ message: UnsafeRawBufferPointer) {
    var rest = message[...]
    var id: UnsafeRawBufferPointer?
    while let end = rest.firstIndex(of: 0x0A) {
      var line = rest[..<end]
      rest = rest[(end + 1)...]
      if line.last == 0x0D { line = line.dropLast() }
      guard !line.isEmpty else {
        self.id = id
        body = UnsafeRawBufferPointer(rebasing: rest)
        return
      }
      guard line.starts(with: "id:".utf8) else { continue }
      id = UnsafeRawBufferPointer(rebasing: line.dropFirst(3).drop { $0 == 0x20 })
    }
    return nil
  }
}

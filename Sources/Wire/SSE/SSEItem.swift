/// What an event stream says, as slices that are valid only during the call that hands them over.
package enum SSEItem {
  /// A dispatched event.
  case event(SSEEvent)
  /// A block without data, and so without an event, that names a checksum: its data was lost.
  case empty
  /// A comment line without its colon: servers send it as a heartbeat.
  case comment(UnsafeRawBufferPointer)
  /// The server's wish for the reconnection delay, clamped to an hour.
  case retry(milliseconds: Int)
  /// An event that exceeded a bound and was skipped.
  case fault(WireError)
}

/// One event of a stream. The bytes are as sent: decode them as UTF-8 with U+FFFD for what is not.
package struct SSEEvent {
  /// The event's type; `message` where the stream names none.
  package let type: UnsafeRawBufferPointer
  /// The data lines joined by LF.
  package let data: UnsafeRawBufferPointer
  /// The id to resume after, this event included; empty where the stream never gave one.
  package let lastEventID: UnsafeRawBufferPointer
  /// The id that this event's own block names; nil when it names none.
  package let id: UnsafeRawBufferPointer?
  /// The value of the block's field `crc32c`, which hubs of ours add; nil when it has none.
  package let crc32c: UnsafeRawBufferPointer?
}

/// An `SSEItem` that owns its contents, decoded as UTF-8 with U+FFFD for malformed sequences.
package enum SSEMessage: Equatable, Sendable {
  case event(type: String, data: String, lastEventID: String)
  case comment(String)
  case retry(milliseconds: Int)
  case fault(WireError)

  /// The item; nil for a block without an event.
  package init?(_ item: SSEItem) {
    switch item {
    case .empty: return nil
    case .event(let event):
      self = .event(
        type: String(decoding: event.type, as: UTF8.self),
        data: String(decoding: event.data, as: UTF8.self),
        lastEventID: String(decoding: event.lastEventID, as: UTF8.self))
    case .comment(let text): self = .comment(String(decoding: text, as: UTF8.self))
    case .retry(let milliseconds): self = .retry(milliseconds: milliseconds)
    case .fault(let error): self = .fault(error)
    }
  }
}

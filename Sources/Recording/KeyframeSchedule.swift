package import Domain

/// When a tape is to have a keyframe: where replaying from the last one would cost too much, but
/// never so that keyframes are more than half of the tape: reading a state and replaying as many
/// bytes of lines cost about the same, so that a seek is dear by neither.
package struct KeyframeSchedule: Sendable {
  /// Beyond this many events, or this many bytes, a seek would be felt.
  package static let events = 20_000, bytes: Int64 = 8 << 20
  /// A tape to which anything comes has one so often at least (DOMAIN section 3).
  package static let span = Span.seconds(30)
  /// The bytes of other lines for each byte of keyframes.
  package static let share: Int64 = 1

  private var offset: Int64
  private var at: Timestamp
  private var events: Int
  /// The bytes that the next keyframe is expected to have.
  private var expected: Int64 = 0

  /// A schedule for a tape of `offset` bytes, of which a session took in `events` events.
  package init(offset: Int64, at: Timestamp, events: Int = 0) {
    self.offset = offset
    self.at = at
    self.events = events
  }

  /// Whether a keyframe is to be made now.
  package func isDue(offset: Int64, at moment: Timestamp, events: Int) -> Bool {
    let grown = offset - self.offset
    guard grown > 0, grown >= expected * Self.share else { return false }
    return grown >= Self.bytes || events - self.events >= Self.events || moment - at >= Self.span
  }

  /// Whether a keyframe of so many bytes may be written; one that may not is remembered, so that
  /// none is made in vain before the tape has grown enough.
  package mutating func admits(_ lineBytes: Int, offset: Int64) -> Bool {
    expected = Int64(lineBytes)
    return offset - self.offset >= expected * Self.share
  }

  /// Notes that a keyframe was written, after which the tape has `offset` bytes.
  package mutating func note(offset: Int64, at moment: Timestamp, events: Int) {
    self.offset = offset
    at = moment
    self.events = events
  }
}

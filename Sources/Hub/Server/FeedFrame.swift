import NIOCore
import Wire

/// An event as it is sent, encoded once for all who read it.
struct FeedFrame: Sendable {
  /// Its block of the event stream.
  let block: ByteBuffer
  /// Its JSON with its position and its checksum: a WebSocket message, or an element of a poll.
  let message: ByteBuffer

  /// An event given as its JSON text, with its place in the feed if it has one.
  init(_ json: [UInt8], position: String?) {
    var text: [UInt8] = []
    text.reserveCapacity(json.count + 80)
    SSEEncoder.appendCheckedEvent(id: position, data: json, to: &text)
    block = ByteBuffer(bytes: text)
    text.removeAll(keepingCapacity: true)
    CheckedMessage.append(json, position: position, to: &text)
    message = ByteBuffer(bytes: text)
  }

  /// What it counts towards the bound of the journal.
  var bytes: Int { block.readableBytes + message.readableBytes }
}

extension [FeedFrame] {
  /// The same frames in stretches, each closed once it holds `bound` bytes.
  func parts(upTo bound: Int) -> [ArraySlice<FeedFrame>] {
    var result: [ArraySlice<FeedFrame>] = []
    var first = 0
    var size = 0
    for place in indices {
      size += self[place].block.readableBytes
      guard size >= bound || place == endIndex - 1 else { continue }
      result.append(self[first...place])
      (first, size) = (place + 1, 0)
    }
    return result
  }
}

extension ArraySlice<FeedFrame> {
  /// Their blocks of the event stream in one piece.
  var blocks: ByteBuffer {
    var bytes = ByteBuffer()
    for frame in self { bytes.writeImmutableBuffer(frame.block) }
    return bytes
  }
}

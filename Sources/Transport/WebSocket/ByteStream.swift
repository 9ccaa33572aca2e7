import Domain
import NIOCore

/// A connection of bytes, read by one task as fast as it takes them.
struct ByteStream: Sendable {
  let channel: any Channel
  private let reader: ByteReader

  /// How long a peer may take to close its end once ours is done.
  private static let lingering = TimeAmount.seconds(1)

  /// A connection whose last handler is `reader`.
  init(_ channel: any Channel, _ reader: ByteReader) {
    self.channel = channel
    self.reader = reader
  }

  /// What happens next; the socket is read only meanwhile.
  func next() async -> ByteReader.Event { await reader.next(on: channel) }

  /// Sends bytes, in order. Waits while the peer does not take what was sent before.
  func write(_ bytes: [UInt8]) async {
    guard !bytes.isEmpty else { return }
    channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
    await reader.writable(on: channel)
  }

  /// Makes `next` return a tick; returns when that was taken or the connection is over.
  func tick() async { await reader.tick() }

  /// Ends the waiting for the peer after a time, with an error, unless it is called off.
  func deadline(_ span: Span, _ error: any Error) -> Scheduled<Void> {
    let reader = reader
    return channel.eventLoop.scheduleTask(in: .microseconds(span.microseconds)) {
      reader.end(.ended(error))
    }
  }

  /// Leaves it to the peer to close the connection, as RFC 6455 section 7.1.1 asks a client to,
  /// and closes it when that takes long. Returns at once.
  func finish() {
    reader.discard()
    reader.end(.ended(nil))
    channel.setOption(.autoRead, value: true).whenFailure { _ in }
    channel.read()
    let channel = channel
    let close = channel.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { _ in close.cancel() }
  }

  /// Drops the connection.
  func close() {
    reader.end(.ended(nil))
    channel.close(promise: nil)
  }
}

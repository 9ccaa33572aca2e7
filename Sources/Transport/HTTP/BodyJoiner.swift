import NIOCore
import NIOHTTP1

/// Joins the body parts of one read into one.
///
/// A server that sends each event in a chunk of its own makes thousands of parts out of one read;
/// what is behind this handler costs a microsecond for each part, whatever its size. What is joined
/// is bounded, and never waits for the next read.
final class BodyJoiner: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  /// Bytes that are joined at most.
  private static let maximumJoined = 256 << 10
  /// Parts from this size on are passed as they are: copying them would cost more than it saves.
  private static let worthJoining = 16 << 10

  private var joined: ByteBuffer?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .body(var part) = unwrapInboundIn(data) else {
      release(context)
      return context.fireChannelRead(data)
    }
    let size = part.readableBytes
    if size + (joined?.readableBytes ?? 0) > Self.maximumJoined { release(context) }
    guard size < Self.worthJoining else {
      release(context)
      return context.fireChannelRead(data)
    }
    if joined?.writeBuffer(&part) == nil { joined = part }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    release(context)
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    release(context)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    release(context)
    context.fireErrorCaught(error)
  }

  private func release(_ context: ChannelHandlerContext) {
    guard let part = joined else { return }
    joined = nil
    context.fireChannelRead(wrapInboundOut(.body(part)))
  }
}

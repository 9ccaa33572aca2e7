import NIOCore
import NIOHTTP1

/// The head of an answer, or its trailer, is longer than we read.
struct HeadTooLong: Error {}

/// Refuses answers whose head or trailer is longer than 64 KiB. What the decoder in front of this
/// holds meanwhile is bounded by itself: 256 fields of at most 80 KiB, 2 MiB together.
final class HeadLimit: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  /// Longest head, in bytes of names and values.
  static let maximum = 64 << 10

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let headers: HTTPHeaders?
    switch unwrapInboundIn(data) {
    case .head(let head): headers = head.headers
    case .body: headers = nil
    case .end(let trailer): headers = trailer
    }
    guard Self.size(headers) <= Self.maximum else {
      context.fireErrorCaught(HeadTooLong())
      return context.close(promise: nil)
    }
    context.fireChannelRead(data)
  }

  private static func size(_ headers: HTTPHeaders?) -> Int {
    (headers ?? [:]).reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
  }
}

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// A connection to the feed: HTTP/1.1, with a door to WebSocket in front.
struct FeedChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  let http: HTTP1Channel
  let hub: FeedHub

  /// A server of such connections.
  static func builder(_ hub: FeedHub) -> HTTPServerBuilder {
    HTTPServerBuilder { responder in
      KeptChannel(base: FeedChannel(http: HTTP1Channel(responder: responder), hub: hub))
    }
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let hub = hub
    return http.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(FeedEntrance(hub), position: .after(decoder))
      return value
    }
  }

  func handle(value: Value, logger: Logger) async {
    await http.handle(value: value, logger: logger)
  }
}

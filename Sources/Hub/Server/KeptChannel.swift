import HummingbirdCore
import Logging
import NIOCore

/// Connections whose value is kept for as long as they last.
///
/// One that is accepted while the server stops is handed to nobody, and a `NIOAsyncWriter` that is let
/// go before it is finished ends the process.
struct KeptChannel<Base: ServerChildChannel>: ServerChildChannel {
  let base: Base

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { value in
      try channel.pipeline.syncOperations.addHandler(ConnectionKeeper(value))
      if channel.parent?.isActive == false { channel.close(promise: nil) }
      return value
    }
  }

  func handle(value: Base.Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}

/// Keeps a connection's value until its pipeline is taken apart, which finishes the writer.
private final class ConnectionKeeper: ChannelInboundHandler {
  typealias InboundIn = Any

  private var value: (any Sendable)?

  init(_ value: any Sendable) {
    self.value = value
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    value = nil
  }
}

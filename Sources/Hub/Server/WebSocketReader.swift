import NIOCore
import Wire

/// A reader of the feed over a WebSocket: sends each event as a text message and a ping as the sign
/// of life, answers pings, and ignores whatever else the reader says.
///
/// On its connection's loop, but for a task that takes what waits for the reader, a stretch at a
/// time, and goes on when that is written.
final class WebSocketReader: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = NIOAny
  typealias OutboundOut = ByteBuffer

  /// The longest message of a reader that is not an error.
  private static let maximumMessageBytes = 64 << 10
  /// The answers to pings that may wait to be written; a reader that asks without reading is cut.
  private static let maximumUnwritten = 64 << 10
  /// The bytes that are read and thrown away after our close frame.
  private static let maximumDiscarded = 1 << 20
  /// How long the reader is given to answer our close frame, and to end the connection then.
  private static let closing = TimeAmount.milliseconds(300)

  private let hub: FeedHub
  private let loop: any EventLoop
  private let position: FeedPosition
  private let compresses: Bool
  private var machine: WebSocketMachine
  private var context: ChannelHandlerContext?
  private var id: Int?
  private var unwritten = 0
  private var isLeaving = false
  /// The bytes that were thrown away since nothing more of the reader is wanted; nil before.
  private var discarded: Int?

  /// A reader that goes on after a position; the handshake is done.
  init(
    _ hub: FeedHub, on loop: any EventLoop, from position: FeedPosition,
    deflate: DeflateParameters?
  ) {
    self.hub = hub
    self.loop = loop
    self.position = position
    compresses = deflate != nil
    machine = WebSocketMachine(
      role: .server, deflate: deflate, maximumMessageBytes: Self.maximumMessageBytes,
      maskingKey: { 0 })
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    leave()
    if compresses { hub.releaseCompressor() }
  }

  /// Begins to send.
  func start() {
    let loop = loop
    let reader = NIOLoopBound(self, eventLoop: loop)
    let (id, backlog, subscriber) = hub.join(from: position, as: .webSocket) {
      loop.execute { reader.value.cut() }
    }
    self.id = id
    Task {
      let send = { (delivery: Subscriber.Delivery) in
        try await loop.flatSubmit { reader.value.send(delivery) }.get()
      }
      do {
        for part in backlog.parts(upTo: FeedResponder.writeBytes) {
          try await send(.frames(Array(part)))
        }
        while let delivery = await subscriber.take(upTo: FeedResponder.writeBytes) {
          try await send(delivery)
        }
      } catch {
        // The connection is gone: nobody is left to be told.
      }
      loop.execute { reader.value.goAway(promise: nil) }
    }
  }

  // MARK: From the reader

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    guard discarded == nil else { return discard(bytes.readableBytes) }
    machine.receive(Array(bytes.readableBytesView))
    var hasFailed = false
    while let item = machine.next() { if case .failure = item { hasFailed = true } }
    let written = flush()
    if hasFailed || machine.isClosed {
      linger(after: written)
    } else if unwritten > Self.maximumUnwritten, !context.channel.isWritable {
      cut()
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  /// Ends the connection so that our close frame is read: closing over unread bytes would reset it
  /// and might take the frame along.
  private func linger(after written: EventLoopFuture<Void>) {
    discarded = 0
    leave()
    written.assumeIsolated().whenComplete { _ in self.context?.close(mode: .output, promise: nil) }
    loop.assumeIsolated().scheduleTask(in: Self.closing) { self.context?.close(promise: nil) }
  }

  private func discard(_ count: Int) {
    discarded = (discarded ?? 0) + count
    if discarded ?? 0 > Self.maximumDiscarded { context?.close(promise: nil) }
  }

  // MARK: To the reader

  /// Nothing of HTTP is written any more.
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    promise?.fail(ChannelError.outputClosed)
  }

  /// Whoever ends the connection ends it as RFC 6455 asks.
  func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    goAway(promise: promise)
  }

  private func send(_ delivery: Subscriber.Delivery) -> EventLoopFuture<Void> {
    switch delivery {
    case .frames(let frames):
      for frame in frames { machine.send(text: Array(frame.message.readableBytesView)) }
    case .heartbeat: machine.ping()
    }
    return flush()
  }

  private func flush() -> EventLoopFuture<Void> {
    let bytes = machine.takeOutput()
    guard let context, !bytes.isEmpty else { return loop.makeSucceededVoidFuture() }
    unwritten += bytes.count
    let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)))
    written.assumeIsolated().whenComplete { _ in self.unwritten -= bytes.count }
    return written
  }

  /// Sends a close frame and waits a moment for the reader's.
  private func goAway(promise: EventLoopPromise<Void>?) {
    guard let context else {
      promise?.succeed()
      return
    }
    guard discarded == nil else { return context.channel.closeFuture.cascade(to: promise) }
    guard context.channel.isActive, machine.isOpen || isLeaving, !machine.isClosed else {
      context.close(promise: promise)
      return
    }
    guard !isLeaving else {
      context.channel.closeFuture.cascade(to: promise)
      return
    }
    isLeaving = true
    machine.close(code: WebSocketCloseCode.goingAway)
    _ = flush()
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.closing) {
      context.close(promise: promise)
    }
  }

  /// Ends the connection of a reader that is too slow, to whom nothing can be written.
  private func cut() {
    context?.close(promise: nil)
  }

  private func leave() {
    if let id { hub.leave(id) }
    id = nil
  }
}

import Glibc
import NIOCore
import NIOHTTP1
import NIOHTTP2

/// What every connection is given before its first request.
enum HTTPConnectionSetup {
  /// Checks whom the certificate is for and the pins, sets the socket up and adds our handlers; a
  /// failure closes the connection before anything is asked.
  static func prepare(
    _ channel: any Channel, _ security: SecurityOptions, host: String, asksProxy: Bool
  ) -> EventLoopFuture<Void> {
    prepare(channel) {
      try security.checkPeer(on: channel, isFor: host)
      try addHandlers(channel.pipeline.syncOperations, asksProxy: asksProxy)
    }
  }

  /// The same for a connection of HTTP/2, which carries one request at a time here.
  static func prepareHTTP2(
    _ channel: any Channel, _ security: SecurityOptions, host: String
  ) -> EventLoopFuture<Void> {
    prepare(channel) { try security.checkPeer(on: channel, isFor: host) }
  }

  /// Adds our handlers to a request's stream of HTTP/2.
  static func prepareHTTP2Stream(_ channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.handler(type: HTTP2FramePayloadToHTTP1ClientCodec.self)
      try pipeline.addHandlers([HeadLimit(), BodyJoiner()], position: .after(codec))
    }
  }

  private static func prepare(
    _ channel: any Channel, _ steps: () throws -> Void
  ) -> EventLoopFuture<Void> {
    do {
      try steps()
    } catch {
      // Closed in a later turn: the pool must first have forgotten a connection that it was told
      // has failed.
      channel.eventLoop.execute { channel.close(promise: nil) }
      return channel.eventLoop.makeFailedFuture(error)
    }
    return setOptions(channel)
  }

  private static func addHandlers(
    _ pipeline: ChannelPipeline.SynchronousOperations, asksProxy: Bool
  ) throws {
    let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    try pipeline.addHandlers([HeadLimit(), BodyJoiner()], position: .after(decoder))
    guard asksProxy else { return }
    let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
    try pipeline.addHandler(AbsoluteForm(), position: .after(encoder))
  }

  /// Large reads under load, small buffers at rest; and a peer that vanished without a word is
  /// noticed within a minute by the kernel's probes, even on a stream without heartbeats.
  private static func setOptions(_ channel: any Channel) -> EventLoopFuture<Void> {
    let buffers = AdaptiveRecvByteBufferAllocator(
      minimum: 4_096, initial: 16_384, maximum: 262_144)
    let settings = [
      channel.setOption(.recvAllocator, value: buffers),
      channel.setOption(.socketOption(.so_keepalive), value: 1),
      channel.setOption(keepAlive(TCP_KEEPIDLE), value: 30),
      channel.setOption(keepAlive(TCP_KEEPINTVL), value: 10),
      channel.setOption(keepAlive(TCP_KEEPCNT), value: 3),
    ]
    return EventLoopFuture.andAllComplete(settings, on: channel.eventLoop)
  }

  private static func keepAlive(_ name: Int32) -> ChannelOptions.Types.SocketOption {
    .tcpOption(NIOBSDSocket.Option(rawValue: name))
  }
}

/// Writes the target of a request in the absolute form that a proxy is asked in (RFC 9112 section
/// 3.2.2), from its `Host`.
private final class AbsoluteForm: ChannelOutboundHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    guard case .head(var head) = unwrapOutboundIn(data), let host = head.headers.first(name: "Host")
    else { return context.write(data, promise: promise) }
    head.uri = "http://" + host + head.uri
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}

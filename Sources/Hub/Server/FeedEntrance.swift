import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import Wire

/// Stands between the HTTP codec and the responder: makes a WebSocket of a connection that asks for
/// `/v1/ws`, lets all other requests through, and notices when the reader goes.
final class FeedEntrance: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    /// Requests go through; so many are not answered yet.
    case http(unanswered: Int)
    /// The head of a handshake was read.
    case handshake(HTTPRequestHead)
    /// Nothing is read any more.
    case done
  }

  private static let path = "/v1/ws"
  private static let subprotocols = ["cloudevents.json"]
  private let hub: FeedHub
  private var state = State.http(unanswered: 0)
  private var onEnd: (@Sendable () -> Void)?

  init(_ hub: FeedHub) {
    self.hub = hub
  }

  /// Calls `end` once when the reader of a connection goes; a later call replaces an earlier one.
  static func notice(endOf channel: any Channel, _ end: @escaping @Sendable () -> Void) {
    channel.eventLoop.execute {
      guard channel.isActive,
        let entrance = try? channel.pipeline.syncOperations.handler(type: FeedEntrance.self)
      else { return end() }
      entrance.onEnd = end
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch (state, part) {
    case (.http(let unanswered), .head(let head)):
      guard head.method == .GET, URI(head.uri).path == Self.path else {
        state = .http(unanswered: unanswered + 1)
        return context.fireChannelRead(data)
      }
      // What is still being answered would be written into the WebSocket.
      guard unanswered == 0 else { return end(context) }
      state = .handshake(head)
    case (.http, _): context.fireChannelRead(data)
    case (.handshake(let head), .end): judge(head, context)
    case (.handshake, _), (.done, _): break
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .http(let unanswered) = state, case .end = unwrapOutboundIn(data) {
      state = .http(unanswered: max(0, unanswered - 1))
    }
    context.write(data, promise: promise)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent { tellEnd() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    tellEnd()
    context.fireChannelInactive()
  }

  private func tellEnd() {
    onEnd?()
    onEnd = nil
  }

  private func end(_ context: ChannelHandlerContext) {
    state = .done
    context.close(promise: nil)
  }

  private func judge(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    state = .done
    let compresses = hub.claimCompressor()
    let upgrade = WebSocketUpgrade(
      method: head.method.rawValue, headers: head.headers.map { ($0.name, $0.value) },
      subprotocols: Self.subprotocols, deflate: compresses ? DeflateParameters() : nil)
    switch upgrade {
    case .accepted(let fields, _, let deflate):
      if compresses, deflate == nil { hub.releaseCompressor() }
      accept(head, fields, deflate, context)
    case .refused(let status, let fields, let reason):
      if compresses { hub.releaseCompressor() }
      refuse(HTTPResponseStatus(statusCode: status), fields, reason, context)
    }
  }

  private func refuse(
    _ status: HTTPResponseStatus, _ fields: [WebSocketUpgrade.Field], _ reason: String,
    _ context: ChannelHandlerContext
  ) {
    let problem = Problem(
      HTTPResponse.Status(code: Int(status.code), reasonPhrase: status.reasonPhrase), reason)
    let body = ByteBuffer(bytes: problem.json)
    var headers = HTTPHeaders(fields.map { ($0.name, $0.value) })
    headers.add(name: "Connection", value: "close")
    headers.add(name: "Content-Type", value: Problem.contentType)
    headers.add(name: "Content-Length", value: String(body.readableBytes))
    respond(status, headers, context)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(promise: nil)
  }

  private func accept(
    _ head: HTTPRequestHead, _ fields: [WebSocketUpgrade.Field], _ deflate: DeflateParameters?,
    _ context: ChannelHandlerContext
  ) {
    let told = URI(head.uri).queryParameters["after"].map { String($0) }
    let position = FeedPosition(
      head.headers.first(name: "Last-Event-ID") ?? told, epoch: hub.epoch)
    let reader = WebSocketReader(
      hub, on: context.eventLoop, from: position, deflate: deflate)
    var headers = HTTPHeaders(fields.map { ($0.name, $0.value) })
    if let start = hub.start(of: position) { headers.add(name: "Last-Event-ID", value: start) }
    respond(.switchingProtocols, headers, context)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    let pipeline = context.pipeline.syncOperations
    do {
      try pipeline.addHandler(reader, position: .after(self))
      _ = pipeline.removeHandler(try pipeline.handler(type: HTTPResponseEncoder.self))
      _ = pipeline.removeHandler(
        try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self))
      _ = pipeline.removeHandler(self)
      reader.start()
    } catch {
      context.close(promise: nil)
    }
  }

  private func respond(
    _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ context: ChannelHandlerContext
  ) {
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }
}

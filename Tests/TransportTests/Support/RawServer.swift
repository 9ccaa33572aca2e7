import Locking
import NIOCore
import NIOPosix

/// A server of this machine that answers every request with bytes as they are, well-formed or not.
final class RawServer: Sendable {
  /// One answer.
  struct Answer: Sendable {
    /// What is sent first.
    var beginning: [UInt8]
    /// What is sent again and again after it, for as long as the client takes it.
    var endless: [UInt8] = []
    /// Whether the connection is closed after the beginning.
    var closes = false

    init(_ beginning: String, endless: String = "", closes: Bool = false) {
      self.init(Array(beginning.utf8), endless: Array(endless.utf8), closes: closes)
    }

    init(_ beginning: [UInt8], endless: [UInt8] = [], closes: Bool = false) {
      self.beginning = beginning
      self.endless = endless
      self.closes = closes
    }
  }

  private let channel: any Channel
  let port: Int

  /// Starts to listen; the last answer is given to every further connection too.
  static func start(_ answers: [Answer]) async throws -> RawServer {
    let script = Script(answers)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(RawHandler(script.next()))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return RawServer(channel)
  }

  private init(_ channel: any Channel) {
    self.channel = channel
    port = channel.localAddress?.port ?? 0
  }

  func stop() async { try? await channel.close().get() }
}

private final class Script: Sendable {
  private let answers: Mutex<[RawServer.Answer]>

  init(_ answers: [RawServer.Answer]) {
    self.answers = Mutex(answers)
  }

  func next() -> RawServer.Answer {
    answers.withLock { answers in
      answers.count > 1 ? answers.removeFirst() : answers.first ?? RawServer.Answer("")
    }
  }
}

private final class RawHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let answer: RawServer.Answer
  private var hasAnswered = false

  init(_ answer: RawServer.Answer) {
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasAnswered else { return }
    hasAnswered = true
    let buffer = context.channel.allocator.buffer(bytes: answer.beginning)
    let loop = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(buffer)).whenComplete { [answer] _ in
      if answer.closes { loop.value.close(promise: nil) }
    }
    repeatEnd(context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    repeatEnd(context)
  }

  private func repeatEnd(_ context: ChannelHandlerContext) {
    guard hasAnswered, !answer.endless.isEmpty else { return }
    while context.channel.isWritable, context.channel.isActive {
      let buffer = context.channel.allocator.buffer(bytes: answer.endless)
      context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

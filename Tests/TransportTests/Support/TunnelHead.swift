import Locking
import NIOCore

/// The heads that asked for tunnels so far.
final class TunnelHeads: Sendable {
  private let heads = Mutex<[String]>([])

  var all: [String] { heads.withLock { $0 } }

  func add(_ head: String) { heads.withLock { $0.append(head) } }
}

/// Stands before everything else of a server's connection and plays the proxy: reads the head that
/// asks for a tunnel, keeps it, makes the tunnel, and lets through what goes into it.
final class TunnelHead: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let heads: TunnelHeads
  private var head = ""
  private var isOpen = false

  init(_ heads: TunnelHeads) {
    self.heads = heads
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOpen else { return context.fireChannelRead(data) }
    head += String(buffer: unwrapInboundIn(data))
    // Who asks waits for the answer: nothing of the tunnel follows in the same breath.
    guard head.hasSuffix("\r\n\r\n") else { return }
    isOpen = true
    heads.add(head)
    let answer = context.channel.allocator.buffer(string: "HTTP/1.1 200 Tunnel\r\n\r\n")
    context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
  }
}

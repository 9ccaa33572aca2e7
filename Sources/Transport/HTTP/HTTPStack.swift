import AsyncHTTPClient
import Domain
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// The one HTTP client of a group, on one thread.
struct HTTPStack: Sendable {
  let client: HTTPClient
  /// Runs the sources' tasks on that thread.
  let executor: LoopExecutor
  private let group: MultiThreadedEventLoopGroup

  init(options: TransportOptions) {
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    executor = LoopExecutor(group.next())
    client = HTTPClient(
      eventLoopGroup: group, configuration: HTTPStack.configuration(options))
  }

  /// Closes every connection and ends the thread.
  func shutdown() async {
    try? await client.shutdown()
    try? await group.shutdownGracefully()
  }

  private static func configuration(_ options: TransportOptions) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .microseconds(options.connectTimeout.microseconds))
    // One connection a source: with HTTP/2 a slow source would hold up the others of its server.
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
    // Trying again is the policy's business.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.http1_1ConnectionDebugInitializer = { prepare($0) }
    return configuration
  }

  private static func keepAlive(_ name: Int32) -> ChannelOptions.Types.SocketOption {
    .tcpOption(NIOBSDSocket.Option(rawValue: name))
  }

  /// Large reads under load, small buffers at rest; and a peer that vanished without a word is
  /// noticed within a minute by the kernel's probes, even on a stream without heartbeats.
  private static func prepare(_ channel: any Channel) -> EventLoopFuture<Void> {
    let buffers = AdaptiveRecvByteBufferAllocator(
      minimum: 4_096, initial: 16_384, maximum: 262_144)
    let settings = [
      channel.setOption(.recvAllocator, value: buffers),
      channel.setOption(.socketOption(.so_keepalive), value: 1),
      channel.setOption(keepAlive(TCP_KEEPIDLE), value: 30),
      channel.setOption(keepAlive(TCP_KEEPINTVL), value: 10),
      channel.setOption(keepAlive(TCP_KEEPCNT), value: 3),
    ]
    return EventLoopFuture.andAllComplete(settings, on: channel.eventLoop).flatMapThrowing {
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
      try pipeline.addHandler(BodyJoiner(), position: .after(decoder))
    }
  }
}

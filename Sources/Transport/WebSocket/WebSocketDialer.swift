import Domain
import Locking
import NIOCore
import NIOPosix
import NIOSSL
import Wire

/// Makes the connections that WebSockets run over: TCP, through a proxy's tunnel if one is set, and
/// TLS if the address asks for it.
final class WebSocketDialer: Sendable {
  private let loop: any EventLoop
  private let options: TransportOptions
  /// Made when first needed: it reads the system's roots.
  private let context = Mutex<NIOSSLContext?>(nil)

  init(on loop: any EventLoop, _ options: TransportOptions) {
    self.loop = loop
    self.options = options
  }

  /// Connects, so that what is written next is the request.
  ///
  /// - Parameter timeout: how long all of it may take.
  func dial(_ address: HTTPAddress, timeout: Span) async throws(ConnectFailure) -> ByteStream {
    let proxy: ProxySettings.Proxy?
    do throws(SecurityError) {
      proxy = try options.proxies.proxy(for: address)
    } catch {
      throw .refused(reason: error.message)
    }
    let stream = try await connect(to: proxy?.address ?? address)
    do throws(ConnectFailure) {
      if let proxy { try await tunnel(through: proxy, to: address, stream, timeout: timeout) }
      if address.isSecure { try await secure(stream, to: address) }
    } catch {
      stream.close()
      throw error
    }
    return stream
  }

  private func connect(to address: HTTPAddress) async throws(ConnectFailure) -> ByteStream {
    let reader = ByteReader()
    do {
      let channel = try await ClientBootstrap(group: loop)
        .connectTimeout(.microseconds(options.connectTimeout.microseconds))
        .channelOption(.autoRead, value: false)
        .channelOption(.socketOption(.so_keepalive), value: 1)
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .channelOption(
          .recvAllocator,
          value: AdaptiveRecvByteBufferAllocator(
            minimum: 4_096, initial: 16_384, maximum: 262_144)
        )
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(reader)
          }
        }
        .connect(host: address.host, port: address.port).get()
      return ByteStream(channel, reader)
    } catch {
      throw ConnectFailure(error, at: address)
    }
  }

  /// CONNECT (RFC 9110 section 9.3.6).
  private func tunnel(
    through proxy: ProxySettings.Proxy, to address: HTTPAddress, _ stream: ByteStream,
    timeout: Span
  ) async throws(ConnectFailure) {
    let host = address.host.utf8.contains(UInt8(ascii: ":")) ? "[\(address.host)]" : address.host
    let target = "\(host):\(address.port)"
    var request = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n"
    if let authorization = proxy.authorization {
      request += "Proxy-Authorization: \(authorization)\r\n"
    }
    let deadline = stream.deadline(timeout, ChannelError.connectTimeout(.zero))
    defer { deadline.cancel() }
    await stream.write(Array((request + "\r\n").utf8))
    var head = HTTPHeadReader()
    while true {
      switch await stream.next() {
      case .bytes(let bytes):
        guard let outcome = head.receive(bytes) else { continue }
        return try Self.check(outcome, proxy, address)
      case .tick: continue
      case .cancelled: throw .stopped
      case .ended(let error?): throw ConnectFailure(error, at: proxy.address)
      case .ended(nil): throw .unavailable(reason: Self.noTunnel(proxy, address))
      }
    }
  }

  private static func check(
    _ outcome: HTTPHeadReader.Outcome, _ proxy: ProxySettings.Proxy, _ address: HTTPAddress
  ) throws(ConnectFailure) {
    switch outcome {
    // A server that speaks first does so after our request, here.
    case .head(let head, let rest) where (200..<300).contains(head.status) && rest.isEmpty: return
    case .head(let head, _) where head.status == 407:
      throw .refused(reason: "the proxy wants credentials (407): write them in its address")
    case .head, .failed: throw .unavailable(reason: noTunnel(proxy, address))
    }
  }

  private static func noTunnel(
    _ proxy: ProxySettings.Proxy, _ address: HTTPAddress
  ) -> String {
    "the proxy does not tunnel to \(address.host) port \(address.port)"
  }

  private func secure(
    _ stream: ByteStream, to address: HTTPAddress
  ) async throws(ConnectFailure) {
    let channel = stream.channel
    do {
      let context = try sslContext()
      let security = options.security
      try await channel.eventLoop.submit {
        let handler = try security.clientHandler(context, host: address.host)
        try channel.pipeline.syncOperations.addHandler(handler, position: .first)
      }.get()
    } catch {
      throw ConnectFailure(error, at: address)
    }
  }

  private func sslContext() throws -> NIOSSLContext {
    if let known = context.withLock({ $0 }) { return known }
    let made = try NIOSSLContext(configuration: options.security.tlsConfiguration())
    context.withLock { $0 = made }
    return made
  }
}

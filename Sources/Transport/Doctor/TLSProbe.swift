import Domain
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// Makes an encrypted connection as the clients do, sends nothing over it, and looks at what the
/// server showed.
struct TLSProbe: Sendable {
  let address: HTTPAddress
  let security: SecurityOptions
  let timeout: Span

  /// Offered so that the server tells what it can; the clients speak HTTP/1.1 all the same.
  private static let protocols = ["h2", "http/1.1"]

  /// What was agreed on.
  private struct Agreement {
    let version: String?
    let applicationProtocol: String?
  }

  /// The encryption, trusted or not; the times are told by `now`.
  func examine(now: () -> Timestamp) async -> Diagnosis.Encryption {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let start = now()
    var agreement: Agreement?
    var failure: (any Error)?
    do { agreement = try await connect(on: loop) } catch { failure = error }
    let took = now() - start
    let chain = await CertificateInspector.chain(of: address, timeout: timeout, on: loop)
    return Diagnosis.Encryption(
      version: agreement?.version, applicationProtocol: agreement?.applicationProtocol,
      chain: chain.map { CertificateFacts($0) }, took: took,
      problem: failure.map { words($0, chain, now: now()) }, isPinned: !security.pins.isEmpty)
  }

  private func words(
    _ failure: any Error, _ chain: [NIOSSLCertificate], now: Timestamp
  ) -> String {
    guard let refusal = CertificateRefusal(failure) else {
      return ConnectFailure(failure, at: address).message
    }
    return CertificateFault.words(chain, isNameWrong: refusal == .name, now: now)
  }

  private func connect(on loop: any EventLoop) async throws -> Agreement {
    let context = try NIOSSLContext(
      configuration: security.tlsConfiguration(offering: Self.protocols))
    let outcome = loop.makePromise(of: Agreement.self)
    let timer = loop.scheduleTask(in: .microseconds(timeout.microseconds)) {
      outcome.fail(ConnectFailure.timedOut(host: address.host, port: address.port))
    }
    defer { timer.cancel() }
    let host = address.host
    let security = security
    ClientBootstrap(group: loop)
      .connectTimeout(.microseconds(timeout.microseconds))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(security.clientHandler(context, host: host))
          try pipeline.addHandler(HandshakeWatch(outcome))
          outcome.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
      }
      .connect(host: host, port: address.port)
      .whenFailure { outcome.fail($0) }
    return try await outcome.futureResult.get()
  }

  /// Tells how the handshake ended.
  private final class HandshakeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let outcome: EventLoopPromise<Agreement>

    init(_ outcome: EventLoopPromise<Agreement>) {
      self.outcome = outcome
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case .handshakeCompleted(let agreed)? = event as? TLSUserEvent {
        let version = try? context.pipeline.syncOperations.nioSSL_tlsVersion()
        outcome.succeed(Agreement(version: version?.words, applicationProtocol: agreed))
      }
      context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      outcome.fail(error)
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
      outcome.fail(ChannelError.eof)
      context.fireChannelInactive()
    }
  }
}

extension TLSVersion {
  fileprivate var words: String {
    switch self {
    case .tlsv1: "TLS 1.0"
    case .tlsv11: "TLS 1.1"
    case .tlsv12: "TLS 1.2"
    case .tlsv13: "TLS 1.3"
    @unknown default: "TLS"
    }
  }
}

package import Domain
package import NIOCore
import NIOPosix
package import NIOSSL

/// Looks at the certificates a server shows without trusting it: for saying what is wrong with
/// them. Nothing is ever sent to it but the TLS handshake, which is then broken off.
package enum CertificateInspector {
  /// The chain a server shows, the leaf first; empty when it shows none in time.
  package static func chain(
    of address: HTTPAddress, timeout: Span, on loop: any EventLoop
  ) async -> [NIOSSLCertificate] {
    let shown = loop.makePromise(of: [NIOSSLCertificate].self)
    let timer = loop.scheduleTask(in: .microseconds(timeout.microseconds)) { shown.succeed([]) }
    ClientBootstrap(group: loop)
      .connectTimeout(.microseconds(timeout.microseconds))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler(for: address.host, shown))
          shown.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
      }
      .connect(host: address.host, port: address.port)
      .whenComplete { result in
        switch result {
        case .success(let channel): channel.closeFuture.whenComplete { _ in shown.succeed([]) }
        case .failure: shown.succeed([])
        }
      }
    let chain = try? await shown.futureResult.get()
    timer.cancel()
    return chain ?? []
  }

  private static func handler(
    for host: String, _ shown: EventLoopPromise<[NIOSSLCertificate]>
  ) throws -> NIOSSLClientHandler {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates([])
    let context = try NIOSSLContext(configuration: configuration)
    return try NIOSSLClientHandler(
      context: context, serverHostname: IPAddress(host) == nil ? host : nil,
      customVerificationCallback: { chain, verdict in
        shown.succeed(chain)
        verdict.succeed(.failed)
      })
  }
}

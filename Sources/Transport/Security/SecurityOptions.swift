import NIOCore
package import NIOSSL

/// What encrypted connections are held to, with everything it needs already read from files.
///
/// Always: TLS 1.2 or later, a chain to a trusted authority, a certificate in its time and made out
/// to the name that was asked for. There is no way to turn any of it off.
package struct SecurityOptions: Sendable {
  /// Authorities trusted beside the system's.
  let authorities: [NIOSSLCertificate]
  /// What we show when a server asks who we are, the leaf first.
  let identity: Identity?
  /// The keys a server may have; any when empty.
  package let pins: Set<CertificatePin>

  /// A certificate chain and its private key.
  struct Identity: Sendable {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey
  }

  /// The system's authorities, no certificate of ours, no pins.
  package init() {
    authorities = []
    identity = nil
    pins = []
  }

  init(authorities: [NIOSSLCertificate], identity: Identity?, pins: Set<CertificatePin>) {
    self.authorities = authorities
    self.identity = identity
    self.pins = pins
  }

  /// The configuration of a client.
  ///
  /// - Parameter protocols: what to offer by ALPN (RFC 7301), best first; none when empty.
  package func tlsConfiguration(offering protocols: [String] = []) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    if !authorities.isEmpty {
      configuration.additionalTrustRoots = [.certificates(authorities)]
    }
    if let identity {
      configuration.certificateChain = identity.chain.map { .certificate($0) }
      configuration.privateKey = .privateKey(identity.key)
    }
    configuration.applicationProtocols = protocols
    // We close when we want nothing more, and often do not read any more then: whoever leaves need
    // not wait long for the server's goodbye.
    configuration.shutdownTimeout = .milliseconds(250)
    return configuration
  }

  /// The handler that encrypts a connection to `host`, directly or through a tunnel. It lets nothing of ours through before the
  /// server's certificate, name and pin are right; else it fails the channel with what
  /// `ConnectFailure` has words for.
  ///
  /// - Parameter context: made once from `tlsConfiguration`, since that reads the system's roots.
  package func clientHandler(
    _ context: NIOSSLContext, host: String
  ) throws -> NIOSSLClientHandler {
    let name = IPAddress(host) == nil ? host : nil
    let pins = pins
    return try NIOSSLClientHandler._makeSSLClientHandler(context: context, serverHostname: name) {
      certificate, channel in
      channel.eventLoop.makeCompletedFuture {
        try CertificateIdentity.check(certificate, isFor: host)
        try Self.check(certificate, against: pins)
      }
    }
  }

  /// Compares what a connected server has shown with the host that was asked for and with the pins,
  /// for an encrypted channel whose handler was not made by `clientHandler`. On the channel's loop.
  func checkPeer(on channel: any Channel, isFor host: String) throws {
    guard let handler = try? channel.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
    else { return }
    try CertificateIdentity.check(handler.peerCertificate, isFor: host)
    try Self.check(handler.peerCertificate, against: pins)
  }

  private static func check(
    _ certificate: NIOSSLCertificate?, against pins: Set<CertificatePin>
  ) throws {
    guard !pins.isEmpty else { return }
    let shown = certificate.flatMap { try? CertificatePin(of: $0) }
    guard let shown, pins.contains(shown) else { throw PinMismatch(shown: shown) }
  }
}

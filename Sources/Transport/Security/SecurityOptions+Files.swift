import NIOSSL

extension SecurityOptions {
  /// Files with certificates and keys are at most this long.
  private static let maximumFileBytes = 1 << 20

  /// Reads what the settings name.
  ///
  /// - Parameters:
  ///   - authorities: a PEM file of authorities trusted beside the system's.
  ///   - certificate: a PEM file with our certificate and the chain above it.
  ///   - key: a PEM file with its private key, unencrypted; the certificate's file when nil.
  ///   - pins: the keys a server may have.
  /// - Throws: `SecurityError` naming the file and what is wrong with it.
  package init(
    authorities: String?, certificate: String? = nil, key: String? = nil,
    pins: [CertificatePin] = []
  ) throws(SecurityError) {
    self.init(
      authorities: try authorities.map { path throws(SecurityError) in
        try Self.certificates(in: path)
      } ?? [],
      identity: try Self.identity(certificate: certificate, key: key), pins: Set(pins))
  }

  private static func certificates(in path: String) throws(SecurityError) -> [NIOSSLCertificate] {
    let bytes = try SmallTextFile.read(path, limit: maximumFileBytes)
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty
    else {
      throw SecurityError(
        "\(path) holds no certificate: it must be PEM, with BEGIN CERTIFICATE lines")
    }
    return certificates
  }

  private static func identity(
    certificate: String?, key: String?
  ) throws(SecurityError) -> Identity? {
    guard let certificate else {
      guard key == nil else {
        throw SecurityError("a client key was given without its certificate: give both")
      }
      return nil
    }
    let chain = try certificates(in: certificate)
    let path = key ?? certificate
    let bytes = try SmallTextFile.read(path, limit: maximumFileBytes)
    guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
      throw SecurityError(
        "\(path) holds no private key that can be read: it must be PEM and not encrypted")
    }
    try check(key, in: path, against: chain, in: certificate)
    return Identity(chain: chain, key: key)
  }

  private static func check(
    _ key: NIOSSLPrivateKey, in keyPath: String, against chain: [NIOSSLCertificate],
    in certificatePath: String
  ) throws(SecurityError) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    // Without the system's roots, which take 10 ms to read and do not matter here.
    configuration.trustRoots = .certificates([])
    configuration.certificateChain = chain.map { .certificate($0) }
    configuration.privateKey = .privateKey(key)
    guard (try? NIOSSLContext(configuration: configuration)) != nil else {
      throw SecurityError(
        "the key in \(keyPath) does not belong to the certificate in \(certificatePath)")
    }
  }
}

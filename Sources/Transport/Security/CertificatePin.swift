import NIOSSL
import Wire

/// The one public key a server may have: the SHA-256 of its certificate's SubjectPublicKeyInfo
/// (the pin of RFC 7469 section 2.4).
package struct CertificatePin: Hashable, Sendable {
  private let digest: [UInt8]

  /// Reads `sha256/BASE64`.
  ///
  /// - Throws: `SecurityError` saying how a pin is written.
  package init(_ text: String) throws(SecurityError) {
    let prefix = "sha256/"
    guard text.hasPrefix(prefix),
      let digest = Base64.decode(text.utf8.dropFirst(prefix.utf8.count)),
      digest.count == 32
    else {
      throw SecurityError(
        "a pin is written sha256/ and the base64 of 32 bytes; see docs/security.md for making one")
    }
    self.digest = digest
  }

  /// The pin of a certificate's key.
  init(of certificate: NIOSSLCertificate) throws {
    digest = SHA256.digest(try certificate.extractPublicKey().toSPKIBytes())
  }

  /// The pin as it is written.
  package var text: String { "sha256/" + Base64.encode(digest) }
}

/// A server showed a trusted certificate with another key than the pinned ones.
struct PinMismatch: Error {
  /// The pin of the key it showed, nil when it showed none that can be read.
  let shown: CertificatePin?
}

import Domain
import NIOSSL

/// What is wrong with a certificate that was refused, in words for a person.
///
/// The library that refuses it says only that it did; this looks at the certificate again.
enum CertificateFault {
  /// What is wrong with the chain a server shows, the leaf first, as seen at `now`.
  ///
  /// - Parameter isNameWrong: whether the chain is trusted and only the name is another.
  static func words(_ chain: [NIOSSLCertificate], isNameWrong: Bool, now: Timestamp) -> String {
    guard let leaf = chain.first else { return untrusted }
    if isNameWrong {
      let names = names(of: leaf)
      return names.isEmpty
        ? "its certificate is made out to another name: check the address"
        : "its certificate is made out to \(names): check the address"
    }
    let expired = chain.first { moment($0.notValidAfter) < now }
    if let expired {
      let date = CivilTime(moment(expired.notValidAfter)).date
      return "its certificate expired on \(date): its operator must renew it"
    }
    if moment(leaf.notValidBefore) > now {
      let date = CivilTime(moment(leaf.notValidBefore)).date
      return "its certificate is valid only from \(date): check the clock of this machine"
    }
    return untrusted
  }

  /// The words where nothing more is known.
  static let untrusted =
    "its certificate is by an authority not trusted here: name it with --ca if it is yours"

  /// The names a certificate is made out to: the server's words, made harmless.
  private static func names(of certificate: NIOSSLCertificate) -> String {
    let names = certificate._subjectAlternativeNames().compactMap { name -> String? in
      switch name.nameType {
      case .dnsName:
        return name.contents.withUnsafeBufferPointer {
          harmless(String(decoding: $0, as: UTF8.self), limit: 64)
        }
      case .ipAddress:
        return name.contents.withUnsafeBufferPointer {
          $0.count == 4 ? $0.map { String($0) }.joined(separator: ".") : "an IPv6 address"
        }
      default: return nil
      }
    }
    return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? "…" : "")
  }

  private static func moment(_ seconds: Int) -> Timestamp { Timestamp(seconds: Int64(seconds)) }
}

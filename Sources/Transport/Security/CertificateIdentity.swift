import NIOSSL

/// Whom a certificate is made out to.
enum CertificateIdentity {
  /// Throws where a certificate is not made out to the host that was asked for, after the library
  /// found nothing wrong with it.
  ///
  /// The library also accepts one that is made out to the address of whoever answers: a proxy, or
  /// who sends us to a machine of his by a false answer of the name service, could show one for
  /// every name there is. So one with addresses in it must hold the host itself (RFC 9110 section
  /// 4.3.4): a name by name, an address by address.
  static func check(_ certificate: NIOSSLCertificate?, isFor host: String) throws {
    let names = certificate.map { Array($0._subjectAlternativeNames().lazy.map(Name.init)) } ?? []
    guard names.contains(where: \.isAddress) else { return }
    let address = IPAddress(host)
    let isFound = names.contains { name in
      switch name {
      case .address(let bytes): bytes == address?.bytes
      case .host(let pattern): address == nil && matches(host, pattern)
      case .other: false
      }
    }
    guard isFound else { throw NIOSSLExtraError.failedToValidateHostname }
  }

  private enum Name {
    case host(String)
    case address([UInt8])
    case other

    init(_ name: _SubjectAlternativeName) {
      let bytes = name.contents.withUnsafeBufferPointer { Array($0) }
      switch name.nameType {
      case .dnsName: self = .host(String(decoding: bytes, as: UTF8.self).lowercased())
      case .ipAddress: self = .address(bytes)
      default: self = .other
      }
    }

    var isAddress: Bool { if case .address = self { true } else { false } }
  }

  /// Whether a host is the one that is meant, or has one label in the place of `*.` (RFC 6125
  /// section 6.4.3).
  static func matches(_ host: String, _ pattern: String) -> Bool {
    let host = host.lowercased()
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    let pattern = pattern.hasSuffix(".") ? String(pattern.dropLast()) : pattern
    guard pattern.hasPrefix("*.") else { return !name.isEmpty && name == pattern }
    guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return false }
    return name[dot...] == pattern.dropFirst()
  }
}

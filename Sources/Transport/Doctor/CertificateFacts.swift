package import Domain
import NIOSSL

/// What a certificate says of itself. Its texts are the server's words, made harmless.
package struct CertificateFacts: Equatable, Sendable {
  /// Whom it was made out to and by whom: the common names, else the organizations.
  package var subject: String, issuer: String
  /// The host names and addresses it is for.
  package var names: [String]
  package var notBefore: Timestamp
  package var notAfter: Timestamp
  /// Its key as a pin.
  package var pin: String?

  /// Whole days until it expires; negative once it has.
  package func daysLeft(at now: Timestamp) -> Int64 {
    let left = (notAfter - now).microseconds
    return left >= 0 ? left / 86_400_000_000 : -1 - (-1 - left) / 86_400_000_000
  }
}

extension CertificateFacts {
  /// Reads a certificate that a server showed.
  init(_ certificate: NIOSSLCertificate) {
    let parties = DistinguishedNames(certificate: (try? certificate.toDERBytes()) ?? [])
    self.init(
      subject: parties.subject.map { harmless($0, limit: 64) } ?? "nobody named",
      issuer: parties.issuer.map { harmless($0, limit: 64) } ?? "nobody named",
      names: Self.names(of: certificate),
      notBefore: Timestamp(seconds: Int64(certificate.notValidBefore)),
      notAfter: Timestamp(seconds: Int64(certificate.notValidAfter)),
      pin: (try? CertificatePin(of: certificate))?.text)
  }

  private static func names(of certificate: NIOSSLCertificate) -> [String] {
    certificate._subjectAlternativeNames().prefix(100).compactMap { name in
      name.contents.withUnsafeBufferPointer { bytes in
        switch name.nameType {
        case .dnsName: harmless(String(decoding: bytes, as: UTF8.self), limit: 64)
        case .ipAddress: address(Array(bytes))
        default: nil
        }
      }
    }
  }

  private static func address(_ bytes: [UInt8]) -> String {
    guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2).map {
      String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16)
    }.joined(separator: ":")
  }
}

/// The names in a certificate (RFC 5280 section 4.1), as far as a person wants to see them.
struct DistinguishedNames: Equatable {
  private(set) var issuer: String?
  private(set) var subject: String?

  /// Reads the DER of a certificate; what cannot be read stays nil.
  init(certificate: [UInt8]) {
    var outer = DERReader(certificate[...])
    guard var body = outer.next(tag: 0x30).map(DERReader.init),
      var fields = body.next(tag: 0x30).map(DERReader.init)
    else { return }
    // Version (optional), serial number, algorithm; then issuer, validity, subject.
    fields.skip(tag: 0xA0)
    guard fields.next(tag: 0x02) != nil, fields.next(tag: 0x30) != nil,
      let issuer = fields.next(tag: 0x30), fields.next(tag: 0x30) != nil,
      let subject = fields.next(tag: 0x30)
    else { return }
    self.issuer = Self.name(issuer)
    self.subject = Self.name(subject)
  }

  /// The last common name, else the organization.
  private static func name(_ contents: ArraySlice<UInt8>) -> String? {
    var commonName: String?
    var organization: String?
    var names = DERReader(contents)
    while let set = names.next(tag: 0x31) {
      var pairs = DERReader(set)
      while let pair = pairs.next(tag: 0x30) {
        var parts = DERReader(pair)
        guard let type = parts.next(tag: 0x06), let value = parts.next() else { continue }
        let text = String(decoding: value.contents, as: UTF8.self)
        if type.elementsEqual([0x55, 0x04, 0x03]) { commonName = text }
        if type.elementsEqual([0x55, 0x04, 0x0A]) { organization = text }
      }
    }
    return commonName ?? organization
  }
}

/// Reads the elements of a stretch of DER (X.690 section 10) one after the other.
struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  /// The next element; nil at the end, or where it is cut off.
  mutating func next() -> (tag: UInt8, contents: ArraySlice<UInt8>)? {
    var bytes = rest
    guard let tag = bytes.popFirst(), let length = Self.length(&bytes), length <= bytes.count
    else { return nil }
    rest = bytes.dropFirst(length)
    return (tag, bytes.prefix(length))
  }

  /// The contents of the next element, where it has this tag; else it is not taken.
  mutating func next(tag: UInt8) -> ArraySlice<UInt8>? {
    let before = rest
    guard let element = next(), element.tag == tag else {
      rest = before
      return nil
    }
    return element.contents
  }

  /// Passes over the next element, where it has this tag.
  mutating func skip(tag: UInt8) { _ = next(tag: tag) }

  private static func length(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.popFirst() else { return nil }
    guard first >= 0x80 else { return Int(first) }
    let count = Int(first & 0x7F)
    guard (1...4).contains(count), bytes.count >= count else { return nil }
    let length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
    bytes = bytes.dropFirst(count)
    return length
  }
}

/// Why what a person typed is no source.
package enum SourceAddressError: Error, Hashable, Sendable {
  /// Nothing was typed.
  case empty
  /// A scheme nobody here speaks.
  case unknownScheme(String)
  /// An address that names no host.
  case noHost
  /// Something that is no host name or address.
  case badHost(String)
  /// A port that is no number from 1 to 65535.
  case badPort(String)
  /// A byte that must be percent-encoded in an address.
  case badCharacter
  /// An unencrypted address beyond this machine; the address is shown without credentials.
  case plaintext(String)

  /// One line that says what is wrong and what to do.
  package var message: String {
    switch self {
    case .empty: "no source given: name a URL, a file, or - for standard input"
    case .unknownScheme(let scheme):
      "cannot read “\(scheme)://”: use https://, wss://, sse+https://, longpoll+https://, "
        + "poll+https://, a file or -"
    case .noHost: "the address names no host: write https://host/path"
    case .badHost(let host): "“\(host)” is no host name or address"
    case .badPort(let port): "“\(port)” is no port: use a number from 1 to 65535"
    case .badCharacter:
      "the address has a space or control character: write it percent-encoded (a space as %20)"
    case .plaintext(let name):
      "\(name) is not encrypted: use https://, or --insecure-plaintext if the network is trusted"
    }
  }
}

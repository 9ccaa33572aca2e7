/// The address of an HTTP resource, split as RFC 3986 section 3 splits it.
package struct HTTPAddress: Hashable, Sendable {
  /// Whether the connection is encrypted.
  package let isSecure: Bool
  /// The host name or address, lower case, an IPv6 address without its brackets.
  package let host: String
  /// The TCP port.
  package let port: Int
  /// The path, beginning with a slash or empty as it was typed, without query.
  package let path: String
  /// What follows the question mark, nil without one.
  package let query: String?
  /// What stood before the `@`, percent-decoded: a secret.
  let credentials: Credentials?

  /// A user's name and password out of an address.
  struct Credentials: Hashable, Sendable {
    let user: String
    let password: String
  }

  init(
    isSecure: Bool, host: String, port: Int, path: String, query: String?,
    credentials: Credentials? = nil
  ) {
    self.isSecure = isSecure
    self.host = host
    self.port = port
    self.path = path
    self.query = query
    self.credentials = credentials
  }

  /// Whether the host is this machine, by its name alone.
  package var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || isLoopbackIPv4
  }

  /// Whether only a host was named: such an address means a hub.
  package var isBare: Bool { (path.isEmpty || path == "/") && query == nil }

  /// The address to show: without credentials, and with the values of secret parameters hidden.
  package var name: String {
    origin + path + (query.map { "?" + hidingSecrets(in: $0) } ?? "")
  }

  /// The values of secret parameters, as they stand in the address.
  var secretValues: [Substring] {
    pairs(of: query ?? "").filter(\.isSecret).map(\.value).filter { !$0.isEmpty }
  }

  /// The address to request, without credentials and fragment.
  var url: String {
    origin + (path.isEmpty ? "/" : path) + (query.map { "?" + $0 } ?? "")
  }

  /// Scheme, host and port: what decides whether credentials may be sent (RFC 6454).
  var origin: String { (isSecure ? "https://" : "http://") + authority }

  /// Host and port, the port only where it is not the scheme's own.
  var authority: String {
    let shownHost = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? shownHost : "\(shownHost):\(port)"
  }

  /// The same host with another path and query, and without credentials.
  func at(path: String, query: String? = nil) -> HTTPAddress {
    HTTPAddress(isSecure: isSecure, host: host, port: port, path: path, query: query)
  }

  private var isLoopbackIPv4: Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

private let secretParameters: Set<String> = [
  "access_token", "api_key", "apikey", "auth", "authorization", "code", "cf_connect", "jwt", "key",
  "password", "secret", "sig", "signature", "token",
]

private func hidingSecrets(in query: String) -> String {
  pairs(of: query).map { $0.isSecret ? $0.name + "=…" : $0.whole }.joined(separator: "&")
}

private func pairs(
  of query: String
) -> [(whole: Substring, name: Substring, value: Substring, isSecret: Bool)] {
  query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
    let name = pair.prefix { $0 != "=" }
    let hasValue = name.count < pair.count
    return (
      pair, name, hasValue ? pair.dropFirst(name.count + 1) : "",
      hasValue && secretParameters.contains(name.lowercased())
    )
  }
}

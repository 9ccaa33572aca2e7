/// Which proxy an address is reached through, from the variables that curl obeys.
///
/// The laws: lower case before upper case; `HTTP_PROXY` in upper case is ignored in a CGI program
/// (where `REQUEST_METHOD` is set and a client can set it by a header); the scheme's own variable
/// before `ALL_PROXY`; this machine is never reached through a proxy.
package struct ProxySettings: Sendable {
  /// A proxy that is spoken to in HTTP, and tunnels with CONNECT (RFC 9110 section 9.3.6).
  package struct Proxy: Hashable, Sendable {
    /// The proxy's host and port; its credentials are a secret.
    package let address: HTTPAddress

    /// The value of `Proxy-Authorization`, nil without credentials: a secret.
    package var authorization: String? { address.credentials?.basicAuthorization }
  }

  /// The variables that are read.
  package static let variables = [
    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
    "NO_PROXY", "REQUEST_METHOD",
  ]

  private let plain: Setting?
  private let secure: Setting?
  private let exceptions: ProxyExceptions

  /// A value and the variable it came from.
  private struct Setting: Sendable {
    let variable: String
    let value: String
  }

  /// No proxies.
  package init() {
    self.init(environment: [:])
  }

  /// Reads the values of `variables`; those that are empty count as not set.
  package init(environment: [String: String]) {
    func first(_ names: String...) -> Setting? {
      for name in names {
        if let value = environment[name], !value.isEmpty {
          return Setting(variable: name, value: value)
        }
      }
      return nil
    }
    let all = first("all_proxy", "ALL_PROXY")
    let isCGI = environment["REQUEST_METHOD"] != nil
    plain = (isCGI ? first("http_proxy") : first("http_proxy", "HTTP_PROXY")) ?? all
    secure = first("https_proxy", "HTTPS_PROXY") ?? all
    exceptions = ProxyExceptions(first("no_proxy", "NO_PROXY")?.value ?? "")
  }

  /// The proxy to reach an address through, nil for reaching it directly.
  ///
  /// - Throws: `SecurityError` naming the variable when it would serve but cannot be used: going
  ///   past a proxy that somebody set could tell an address to the wrong network.
  package func proxy(for address: HTTPAddress) throws(SecurityError) -> Proxy? {
    guard let setting = address.isSecure ? secure : plain, !address.isLoopback,
      !exceptions.contains(address)
    else { return nil }
    return Proxy(address: try Self.address(setting))
  }

  private static func address(_ setting: Setting) throws(SecurityError) -> HTTPAddress {
    let name = setting.variable
    var rest = setting.value[...]
    if let mark = rest.firstRange(of: "://") {
      let scheme = rest[..<mark.lowerBound].lowercased()
      guard scheme == "http" else {
        throw SecurityError(
          "\(name) asks for a proxy of another kind than http://, which alone is supported")
      }
      rest = rest[mark.upperBound...]
    }
    guard let address = try? HTTPAddress(afterScheme: rest, isSecure: false, defaultPort: 1_080)
    else {
      throw SecurityError("\(name) is no address of a proxy: write http://host:port")
    }
    return address
  }
}

import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Synchronization

/// The HTTP clients of one source: one for each way to a server, made when first taken.
///
/// No two sources share a connection, so that a slow one cannot hold up another, as it could by the
/// flow control of a common HTTP/2 connection.
final class HTTPClients: Sendable {
  /// The loop that every socket is read on.
  let loop: any EventLoop
  private let options: TransportOptions
  private let clients = Mutex<[Way: HTTPClient]>([:])

  /// How a server is reached.
  private enum Way: Hashable {
    /// Directly.
    case direct
    /// Encrypted, through a tunnel that a proxy makes.
    case tunnel(ProxySettings.Proxy)
    /// Unencrypted, by asking a proxy (RFC 9112 section 3.2.2).
    case forward
  }

  /// What to ask whom.
  struct Route {
    let client: HTTPClient
    let url: String
    /// `Host`, and what a proxy wants to know.
    let headers: HTTPHeaders
  }

  init(on loop: any EventLoop, _ options: TransportOptions) {
    self.loop = loop
    self.options = options
  }

  /// The way to an address.
  func route(to address: HTTPAddress) throws(SecurityError) -> Route {
    var headers: HTTPHeaders = ["Host": address.authority]
    guard let proxy = try options.proxies.proxy(for: address) else {
      return Route(client: client(.direct), url: address.url, headers: headers)
    }
    guard !address.isSecure else {
      return Route(client: client(.tunnel(proxy)), url: address.url, headers: headers)
    }
    if let authorization = proxy.authorization {
      headers.add(name: "Proxy-Authorization", value: authorization)
    }
    let url = proxy.address.at(path: address.path, query: address.query).url
    return Route(client: client(.forward), url: url, headers: headers)
  }

  /// Closes every connection.
  func shutdown() async {
    let all = clients.withLock { clients in
      defer { clients = [:] }
      return Array(clients.values)
    }
    for client in all { try? await client.shutdown() }
  }

  private func client(_ way: Way) -> HTTPClient {
    clients.withLock { clients in
      if let client = clients[way] { return client }
      let client = HTTPClient(eventLoopGroup: loop, configuration: configuration(way))
      clients[way] = client
      return client
    }
  }

  private func configuration(_ way: Way) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .microseconds(options.connectTimeout.microseconds))
    configuration.tlsConfiguration = options.security.tlsConfiguration()
    configuration.httpVersion = .http1Only
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
    // Trying again is the policy's business.
    configuration.connectionPool.retryConnectionEstablishment = false
    if case .tunnel(let proxy) = way { configuration.proxy = Self.configuration(proxy) }
    let isForward = way == .forward
    let security = options.security
    configuration.http1_1ConnectionDebugInitializer = { channel in
      HTTPConnectionSetup.prepare(channel, security, asksProxy: isForward)
    }
    return configuration
  }

  private static func configuration(
    _ proxy: ProxySettings.Proxy
  ) -> HTTPClient.Configuration.Proxy {
    let address = proxy.address
    guard let credentials = address.credentials else {
      return .server(host: address.host, port: address.port)
    }
    return .server(
      host: address.host, port: address.port,
      authorization: .basic(username: credentials.user, password: credentials.password))
  }
}

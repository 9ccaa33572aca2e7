import AsyncHTTPClient
import Domain
import Locking
import NIOCore
import NIOHTTP1

/// The HTTP clients of one source: one for each way to a server, and for each host that is reached
/// encrypted, whose certificate it checks; made when first taken.
///
/// No two sources share a connection, so that a slow one cannot hold up another, as it could by the
/// flow control of a common HTTP/2 connection.
final class HTTPClients: Sendable {
  /// The loop that every socket is read on.
  let loop: any EventLoop
  private let options: TransportOptions
  private let state = Mutex(State())

  /// The clients at most: redirections may lead to ever other hosts. The one that was made first
  /// goes, with the requests it has.
  private static let bound = 16

  private struct State {
    /// The keys of the clients in the order they were made.
    var order: [Key] = []
    var clients: [Key: HTTPClient] = [:]
    /// Clients that are being shut down, by a number of their own.
    var retiring: [Int: Task<Void, Never>] = [:]
    var retired = 0
  }

  private struct Key: Hashable {
    let way: Way
    let use: Use
    /// The host of the certificate; empty where there is none.
    let host: String
  }

  /// How long a connection serves.
  enum Use {
    /// One request: what is tried again after a failure begins with a new connection, also where
    /// HTTP/2 would go on with one that may be dead.
    case once
    /// Request after request, until one fails.
    case kept
  }

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
  func route(to address: HTTPAddress, use: Use = .once) throws(SecurityError) -> Route {
    var headers: HTTPHeaders = ["Host": address.authority]
    guard let proxy = try options.proxies.proxy(for: address) else {
      return Route(client: client(.direct, use, address), url: address.url, headers: headers)
    }
    guard !address.isSecure else {
      return Route(
        client: client(.tunnel(proxy), use, address), url: address.url, headers: headers)
    }
    if let authorization = proxy.authorization {
      headers.add(name: "Proxy-Authorization", value: authorization)
    }
    let url = proxy.address.at(path: address.path, query: address.query).url
    return Route(client: client(.forward, use, address), url: url, headers: headers)
  }

  /// Drops the connections that are kept, since a request over one of them has failed.
  func dropKept() {
    state.withLock { state in
      for key in state.clients.keys where key.use == .kept { retire(key, in: &state) }
    }
  }

  private func retire(_ key: Key, in state: inout State) {
    state.order.removeAll { $0 == key }
    guard let client = state.clients.removeValue(forKey: key) else { return }
    state.retired += 1
    let number = state.retired
    state.retiring[number] = Task { [weak self] in
      try? await client.shutdown()
      self?.state.withLock { $0.retiring[number] = nil }
    }
  }

  /// Closes every connection.
  func shutdown() async {
    let (all, retiring) = state.withLock { state in
      defer { state.clients = [:] }
      return (Array(state.clients.values), Array(state.retiring.values))
    }
    for client in all { try? await client.shutdown() }
    for task in retiring { await task.value }
  }

  private func client(_ way: Way, _ use: Use, _ address: HTTPAddress) -> HTTPClient {
    state.withLock { state in
      let key = Key(way: way, use: use, host: address.isSecure ? address.host : "")
      if let client = state.clients[key] { return client }
      if state.order.count == Self.bound { retire(state.order[0], in: &state) }
      state.order.append(key)
      var configuration = configuration(way, host: key.host)
      if use == .once { configuration.maximumUsesPerConnection = 1 }
      let client = HTTPClient(eventLoopGroup: loop, configuration: configuration)
      state.clients[key] = client
      return client
    }
  }

  private func configuration(_ way: Way, host: String) -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .microseconds(options.connectTimeout.microseconds))
    configuration.tlsConfiguration = options.security.tlsConfiguration()
    configuration.httpVersion = .automatic
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
    // Trying again is the policy's business.
    configuration.connectionPool.retryConnectionEstablishment = false
    if case .tunnel(let proxy) = way { configuration.proxy = Self.configuration(proxy) }
    let isForward = way == .forward
    let security = options.security
    configuration.http1_1ConnectionDebugInitializer = { channel in
      HTTPConnectionSetup.prepare(channel, security, host: host, asksProxy: isForward)
    }
    configuration.http2ConnectionDebugInitializer = { channel in
      HTTPConnectionSetup.prepareHTTP2(channel, security, host: host)
    }
    configuration.http2StreamChannelDebugInitializer = { channel in
      HTTPConnectionSetup.prepareHTTP2Stream(channel)
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

import Domain

/// Where a server's rungs are.
///
/// A hub has all four under one prefix, `…/v1/ws`, `…/v1/events` and `…/v1/poll`; naming only its
/// host is enough. Any other address is asked for whatever it has as it is.
struct Endpoints: Equatable, Sendable {
  let stream: HTTPAddress
  private let socket: HTTPAddress
  private let poll: HTTPAddress
  /// Whether this is a hub: positions are asked for with `?after=`, and polls may wait.
  let isHub: Bool

  init(_ address: HTTPAddress) {
    let prefix = Self.hubPrefix(of: address)
    isHub = prefix != nil
    func at(_ path: String) -> HTTPAddress {
      prefix.map { address.at(path: $0 + path, query: address.query) } ?? address
    }
    (socket, stream, poll) = (at(Self.socketPath), at(Self.streamPath), at(Self.pollPath))
  }

  /// The address of the WebSocket that continues after `position`; empty is the beginning.
  func socket(after position: String) -> HTTPAddress {
    isHub && !position.isEmpty ? socket.adding("after", position) : socket
  }

  /// The address of the poll for what follows `position`; empty is the beginning.
  ///
  /// - Parameter wait: how long a hub may hold its answer back, in whole seconds.
  func poll(after position: String, wait: Span? = nil) -> HTTPAddress {
    guard isHub else { return poll }
    let continued = position.isEmpty ? poll : poll.adding("after", position)
    guard let wait else { return continued }
    return continued.adding("wait", String(wait.microseconds / 1_000_000))
  }

  private static let socketPath = "/v1/ws"
  private static let streamPath = "/v1/events"
  private static let pollPath = "/v1/poll"

  private static func hubPrefix(of address: HTTPAddress) -> String? {
    if address.isBare { return "" }
    let known = [socketPath, streamPath, pollPath].first { address.path.hasSuffix($0) }
    return known.map { String(address.path.dropLast($0.count)) }
  }
}

extension HTTPAddress {
  fileprivate func adding(_ name: String, _ value: String) -> HTTPAddress {
    let parameter = name + "=" + percentEncoded(value)
    return at(path: path, query: query.map { $0 + "&" + parameter } ?? parameter)
  }
}

/// RFC 3986 section 2.1: all but the unreserved characters as `%XX`.
private func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E:
      String(UnicodeScalar(byte))
    default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
  }.joined()
}

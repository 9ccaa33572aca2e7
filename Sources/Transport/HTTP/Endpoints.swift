/// Where a server streams and where it is polled.
///
/// A hub does both under one prefix, `…/v1/events` and `…/v1/poll`; naming only its host is enough.
/// Any other address is asked for either as it is.
struct Endpoints: Equatable, Sendable {
  let stream: HTTPAddress
  let poll: HTTPAddress

  init(_ address: HTTPAddress) {
    guard let prefix = Self.hubPrefix(of: address) else {
      stream = address
      poll = address
      return
    }
    stream = address.at(path: prefix + Self.streamPath, query: address.query)
    poll = address.at(path: prefix + Self.pollPath, query: address.query)
  }

  /// Whether polls ask for what follows a position: `?after=`.
  var pollsByCursor: Bool { poll.path.hasSuffix(Self.pollPath) }

  /// The address of the poll for what follows `cursor`.
  func poll(after cursor: String) -> HTTPAddress {
    guard pollsByCursor, !cursor.isEmpty else { return poll }
    let parameter = "after=" + percentEncoded(cursor)
    return poll.at(path: poll.path, query: poll.query.map { $0 + "&" + parameter } ?? parameter)
  }

  private static let streamPath = "/v1/events"
  private static let pollPath = "/v1/poll"

  private static func hubPrefix(of address: HTTPAddress) -> String? {
    if address.isBare { return "" }
    let known = [streamPath, pollPath].first { address.path.hasSuffix($0) }
    return known.map { String(address.path.dropLast($0.count)) }
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

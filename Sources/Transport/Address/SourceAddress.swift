/// Where events come from, as a person types it.
package enum SourceAddress: Hashable, Sendable {
  /// A server over HTTP.
  case http(HTTPAddress, HTTPMode)
  /// Newline-delimited events on the standard input: `-` or `/dev/stdin`.
  case standardInput
  /// A file or a folder: a tape, a transcript, newline-delimited events. What it is, its content
  /// tells.
  case path(String)

  /// Reads what a person typed. Pure: nothing is looked up.
  ///
  /// - Parameter allowPlaintext: lets `http://` go beyond this machine.
  package init(_ text: String, allowPlaintext: Bool = false) throws(SourceAddressError) {
    switch text {
    case "": throw .empty
    case "-", "/dev/stdin": self = .standardInput
    default: self = try Self.address(text, allowPlaintext: allowPlaintext)
    }
  }

  /// The address to show, with the scheme that pins a transport: never with credentials.
  package var name: String {
    switch self {
    case .http(let address, .automatic): address.name
    case .http(let address, .webSocket): "ws" + address.name.dropFirst("http".count)
    case .http(let address, .stream): "sse+" + address.name
    case .http(let address, .longPoll): "longpoll+" + address.name
    case .http(let address, .poll): "poll+" + address.name
    case .standardInput: "stdin"
    case .path(let path): path
    }
  }

  private static func address(
    _ text: String, allowPlaintext: Bool
  ) throws(SourceAddressError) -> SourceAddress {
    guard let mark = text.firstRange(of: "://") else { return .path(text) }
    let scheme = text[..<mark.lowerBound].lowercased()
    let rest = text[mark.upperBound...]
    guard let (mode, isSecure) = schemes[scheme] else { throw .unknownScheme(scheme) }
    let address = try HTTPAddress(afterScheme: rest, isSecure: isSecure)
    guard isSecure || allowPlaintext || address.isLoopback else {
      throw .plaintext(address.name)
    }
    return .http(address, mode)
  }
}

/// Which of a server's transports to use.
package enum HTTPMode: Hashable, Sendable {
  /// All that the server has, the best that works: the ladder.
  case automatic
  /// A WebSocket alone.
  case webSocket
  /// The event stream alone.
  case stream
  /// Polling that waits at the server for news.
  case longPoll
  /// Polling at intervals alone.
  case poll
}

/// The schemes understood, with what they ask for.
private let schemes: [String: (mode: HTTPMode, isSecure: Bool)] = [
  "http": (.automatic, false), "https": (.automatic, true),
  "ws": (.webSocket, false), "wss": (.webSocket, true),
  "sse+http": (.stream, false), "sse+https": (.stream, true),
  "longpoll+http": (.longPoll, false), "longpoll+https": (.longPoll, true),
  "poll+http": (.poll, false), "poll+https": (.poll, true),
]

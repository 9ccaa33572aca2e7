/// What is reached without a proxy: the entries of `NO_PROXY`, between commas or spaces.
///
/// An entry is `*` for everything; a name, which stands for itself and all names below it, with or
/// without a leading dot; an address; or a network such as `10.0.0.0/8`. `:port` limits a name or
/// address to that port.
struct ProxyExceptions: Sendable {
  private let entries: [Entry]

  private enum Entry: Sendable {
    case everything
    case name(String, port: Int?)
    case address(IPAddress, port: Int?)
    case network(IPAddress, prefixLength: Int)
  }

  /// Reads a list; what is none of these is passed over, as curl does.
  init(_ list: String) {
    entries = list.split { ",; \t".contains($0) }.compactMap { Self.entry($0.lowercased()) }
  }

  /// Whether an address is reached without a proxy.
  func contains(_ address: HTTPAddress) -> Bool {
    let ip = IPAddress(address.host)
    return entries.contains { entry in
      switch entry {
      case .everything: return true
      case .network(let network, let length):
        return ip?.isIn(network, prefixLength: length) ?? false
      case .address(let exception, let port):
        return ip == exception && (port ?? address.port) == address.port
      case .name(let name, let port):
        let host = address.host.hasSuffix(".") ? String(address.host.dropLast()) : address.host
        guard ip == nil, (port ?? address.port) == address.port else { return false }
        return host == name || host.hasSuffix("." + name)
      }
    }
  }

  private static func entry(_ text: String) -> Entry? {
    if text == "*" { return .everything }
    if let slash = text.firstIndex(of: "/") {
      guard let network = IPAddress(text[..<slash]),
        let length = Int(text[text.index(after: slash)...]),
        (0...network.bytes.count * 8).contains(length)
      else { return nil }
      return .network(network, prefixLength: length)
    }
    if let address = IPAddress(text) { return .address(address, port: nil) }
    let (host, port) = split(text)
    if let address = IPAddress(host) { return .address(address, port: port) }
    let name = host.drop { $0 == "." || $0 == "*" }
    return name.isEmpty ? nil : .name(String(name), port: port)
  }

  /// Host without brackets, and port.
  private static func split(_ text: String) -> (Substring, Int?) {
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      let host = text[text.index(after: text.startIndex)..<close]
      return (host, Int(text[close...].dropFirst(2)))
    }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...])
    else { return (text[...], nil) }
    return (text[..<colon], port)
  }
}

// Reading an address and following a reference from it (RFC 3986 sections 3.2 and 5.2), for the
// http schemes alone.

extension HTTPAddress {
  /// Reads what follows `http://`.
  ///
  /// - Parameter defaultPort: the port where none is written, if it is not the scheme's own.
  init(
    afterScheme text: some StringProtocol, isSecure: Bool, defaultPort: Int? = nil
  ) throws(SourceAddressError) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .badCharacter }
    let end = text.firstIndex { "/?#".contains($0) } ?? text.endIndex
    let authority = text[..<end]
    let resource = Resource(text[end...])
    let at = authority.lastIndex(of: "@")
    let hostAndPort = at.map { authority[authority.index(after: $0)...] } ?? authority
    let (host, port) = try Self.hostAndPort(
      hostAndPort, defaultPort: defaultPort ?? (isSecure ? 443 : 80))
    self.init(
      isSecure: isSecure, host: host, port: port, path: resource.path, query: resource.query,
      credentials: at.map { Credentials(userInfo: authority[..<$0]) })
  }

  /// The address a `Location` leads to, nil when it is empty or none of ours. It never carries
  /// credentials: whether ours may be sent there, the requester decides by origin.
  func following(_ location: String) -> HTTPAddress? {
    guard !location.isEmpty else { return nil }
    let lower = location.prefix(8).lowercased()
    if lower.hasPrefix("http://") { return absolute(location.dropFirst(7), isSecure: false) }
    if lower.hasPrefix("https://") { return absolute(location.dropFirst(8), isSecure: true) }
    if location.hasPrefix("//") { return absolute(location.dropFirst(2), isSecure: isSecure) }
    guard !hasScheme(location) else { return nil }
    return absolute(authority + merged(location), isSecure: isSecure)
  }

  private func absolute(_ text: some StringProtocol, isSecure: Bool) -> HTTPAddress? {
    let target = try? HTTPAddress(afterScheme: text, isSecure: isSecure)
    return target.map { $0.at(path: $0.path, query: $0.query) }
  }

  private func merged(_ reference: String) -> String {
    switch reference.first {
    case "/": return withoutDotSegments(reference)
    case "?": return (path.isEmpty ? "/" : path) + reference
    case "#": return path + (query.map { "?" + $0 } ?? "")
    default:
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
      return withoutDotSegments(folder + reference)
    }
  }

  private static func hostAndPort(
    _ text: some StringProtocol, defaultPort: Int
  ) throws(SourceAddressError) -> (String, Int) {
    guard text.first == "[" else {
      let colon = text.firstIndex(of: ":") ?? text.endIndex
      let host = text[..<colon].lowercased()
      guard !host.isEmpty else { throw .noHost }
      guard host.utf8.allSatisfy(isHostByte) else { throw .badHost(host) }
      return (host, try port(text[colon...], default: defaultPort))
    }
    guard let close = text.firstIndex(of: "]") else { throw .badHost(String(text)) }
    let host = text[text.index(after: text.startIndex)..<close].lowercased()
    guard host.contains(":"), host.utf8.allSatisfy(isIPv6Byte) else { throw .badHost(host) }
    return (host, try port(text[text.index(after: close)...], default: defaultPort))
  }

  private static func port(
    _ text: some StringProtocol, default known: Int
  ) throws(SourceAddressError) -> Int {
    guard text.first == ":" else {
      guard text.isEmpty else { throw .badPort(String(text)) }
      return known
    }
    let digits = text.dropFirst()
    if digits.isEmpty { return known }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
      (1...65_535).contains(port)
    else { throw .badPort(String(digits)) }
    return port
  }
}

extension HTTPAddress.Credentials {
  fileprivate init(userInfo: some StringProtocol) {
    let colon = userInfo.firstIndex(of: ":")
    user = percentDecoded(userInfo[..<(colon ?? userInfo.endIndex)])
    password = colon.map { percentDecoded(userInfo[userInfo.index(after: $0)...]) } ?? ""
  }
}

/// Path and query, without fragment.
private struct Resource {
  let path: String
  let query: String?

  init(_ text: some StringProtocol) {
    let whole = text.prefix { $0 != "#" }
    let mark = whole.firstIndex(of: "?")
    path = String(whole[..<(mark ?? whole.endIndex)])
    query = mark.map { String(whole[whole.index(after: $0)...]) }
  }
}

private func hasScheme(_ text: String) -> Bool {
  guard let colon = text.firstIndex(of: ":") else { return false }
  return !text[..<colon].contains { "/?#".contains($0) }
}

/// RFC 3986 section 5.2.4, for a path with perhaps a query.
private func withoutDotSegments(_ text: String) -> String {
  let end = text.firstIndex { "?#".contains($0) } ?? text.endIndex
  var kept: [Substring] = []
  let parts = text[..<end].split(separator: "/", omittingEmptySubsequences: false).dropFirst()
  for part in parts {
    if part == ".." { _ = kept.popLast() } else if part != "." { kept.append(part) }
  }
  if let last = parts.last, last == "." || last == ".." { kept.append("") }
  return "/" + kept.joined(separator: "/") + text[end...]
}

private func percentDecoded(_ text: some StringProtocol) -> String {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    let digits = rest.prefix(2)
    if byte == UInt8(ascii: "%"), digits.count == 2,
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func isHostByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
  default: byte >= 0x80
  }
}

private func isIPv6Byte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x61...0x66, 0x30...0x39, UInt8(ascii: ":"), UInt8(ascii: "."): true
  default: false
  }
}

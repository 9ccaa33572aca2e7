/// One header of a request that a person set: no secret, since settings are shown and kept.
package struct HTTPField: Hashable, Sendable {
  /// The name, as it was written.
  package let name: String
  /// The value, without white space around it.
  package let value: String

  /// Reads `Name: value` (RFC 9110 section 5).
  ///
  /// - Throws: `SecurityError` when it is no header, is one that carries secrets, or is ours to set.
  package init(_ text: String) throws(SecurityError) {
    guard let colon = text.firstIndex(of: ":") else {
      throw SecurityError("“\(visible(text))” is no header: write Name: value")
    }
    let value = text[text.index(after: colon)...]
    try self.init(name: String(text[..<colon]), value: String(value))
  }

  /// A header of a name and a value.
  ///
  /// - Throws: `SecurityError`, as for a line.
  package init(name: String, value: String) throws(SecurityError) {
    guard !name.isEmpty, name.utf8.allSatisfy(isToken) else {
      throw SecurityError("“\(visible(name))” is no name of a header: use letters, digits and -")
    }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let trimmed = value.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    self.name = name
    self.value = String(trimmed)
    guard self.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw SecurityError("the value of header \(name) has a control character")
    }
    switch name.lowercased() {
    case "authorization", "proxy-authorization", "cookie":
      throw SecurityError(
        "header \(name) is a secret: use --token-env, --token-file or --token-command instead")
    case let lower where ownNames.contains(lower):
      throw SecurityError("header \(name) is set by podium itself: leave it out")
    default: break
    }
  }
}

/// What we say about ourselves and about the connection.
private let ownNames: Set<String> = [
  "accept", "accept-encoding", "cache-control", "connection", "content-length", "host",
  "if-modified-since", "if-none-match", "keep-alive", "last-event-id", "te", "trailer",
  "transfer-encoding", "upgrade", "user-agent",
]

private func isToken(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
  default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}

/// The beginning of a text, its control characters replaced.
private func visible(_ text: String) -> String {
  String(
    text.unicodeScalars.prefix(40).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) }
  )
}

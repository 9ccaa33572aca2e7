/// What a source is asked with. Everything in it is a secret, so it has no words of its own.
package enum Credential: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The whole value of the `Authorization` header.
  case fixed(String)
  /// A file that holds a bearer token (RFC 6750); read again after a 401.
  case tokenFile(String)
  /// A command for the shell that prints a bearer token; run again after a 401.
  case tokenCommand(String)

  package var description: String { "a credential" }
  package var debugDescription: String { description }

  /// Longest token, in bytes.
  static let maximumTokenBytes = 16 << 10

  /// The `Authorization` value for what a file or command gave, nil when that is no token: one word
  /// of visible ASCII, with white space around it.
  static func bearer(_ bytes: [UInt8]) -> String? {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let token = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    guard !token.isEmpty, token.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    return "Bearer " + String(decoding: Array(token), as: UTF8.self)
  }
}

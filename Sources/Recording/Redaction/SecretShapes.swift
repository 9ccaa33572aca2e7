import Wire

// Secrets that are known by how they look.

extension ForeignBytes {
  private static let base64URL = ByteSet("A-Za-z0-9_-")
  private static let token68 = ByteSet("A-Za-z0-9._~+/=-")
  private static let base64 = ByteSet("A-Za-z0-9+/=_-")
  private static let userinfoPart = ByteSet("!$-.0-;=A-Z_a-z~[]")

  func secret(of shape: SecretShape, _ prefix: Range<Int>) -> Finding? {
    guard isBoundary(prefix.lowerBound) else { return nil }
    let end = end(of: shape.characters, from: prefix.upperBound)
    guard end - prefix.upperBound >= shape.least else { return nil }
    return Finding(Redaction(prefix.lowerBound..<end, as: shape.name))
  }

  /// `Bearer` and a token; "bearer of news" is none.
  func bearer(_ scheme: Range<Int>) -> Finding? {
    guard isBoundary(scheme.lowerBound) else { return nil }
    let end = end(of: Self.token68, from: scheme.upperBound)
    let token = scheme.upperBound..<end
    guard token.count >= 20 || token.count >= 6 && token.contains(where: { self[$0].isDigit })
    else { return nil }
    return Finding(Redaction(token, as: "token"))
  }

  /// `Basic` and what decodes to a name and a password.
  func basic(_ scheme: Range<Int>) -> Finding? {
    guard isBoundary(scheme.lowerBound) else { return nil }
    let word = scheme.upperBound..<end(of: Self.base64, from: scheme.upperBound)
    guard word.count >= 4, word.count <= 8_192,
      let decoded = Base64.decode(raw[word]), decoded.contains(UInt8(ascii: ":"))
    else { return nil }
    return Finding(Redaction(word, as: "password"))
  }

  /// Three parts with dots between (RFC 7515 section 3.1).
  func webToken(_ start: Range<Int>) -> Finding? {
    guard isBoundary(start.lowerBound, Self.base64URL.contains) else { return nil }
    let head = end(of: Self.base64URL, from: start.lowerBound)
    guard head - start.lowerBound >= 10, self[head] == UInt8(ascii: ".") else { return nil }
    let body = end(of: Self.base64URL, from: head + 1)
    guard body - head > 2, self[body] == UInt8(ascii: ".") else { return nil }
    let end = end(of: Self.base64URL, from: body + 1)
    return Finding(Redaction(start.lowerBound..<end, as: "token"))
  }

  /// A PEM block (RFC 7468) of a private key, to its last line or the end of the string it is in.
  func privateKey(_ start: Range<Int>) -> Finding? {
    let label = end(of: ByteSet("A-Z0-9 "), from: start.upperBound, bound: 64)
    let name = raw[start.upperBound..<label]
    guard has("-----", at: label),
      String(decoding: name, as: UTF8.self).hasSuffix("PRIVATE KEY")
    else { return nil }
    var place = label + 5
    while place < count, raw[place] != UInt8(ascii: "\"") {
      if raw[place] == UInt8(ascii: "-"), has("-----end ", at: place) {
        place = end(of: ByteSet("A-Z0-9 "), from: place + 9, bound: 64)
        place += min(5, run(of: UInt8(ascii: "-"), from: place))
        return Finding(Redaction(start.lowerBound..<place, as: "private-key"))
      }
      place += 1
    }
    if place < count { place -= run(of: UInt8(ascii: "\\"), before: place) }
    return Finding(Redaction(start.lowerBound..<max(place, label), as: "private-key"))
  }

  /// A name and a password before the host of a URL (RFC 3986 section 3.2.1).
  func userinfo(_ start: Int) -> Finding? {
    let end = end(of: Self.userinfoPart, from: start, bound: 512)
    let userinfo = start..<end
    guard self[end] == UInt8(ascii: "@"),
      userinfo.contains(where: { self[$0] == UInt8(ascii: ":") }),
      !isMark(userinfo)
    else { return nil }
    return Finding(Redaction(userinfo, as: "userinfo"))
  }

  /// `?sig=…`, `&key=…`.
  func parameter(_ name: Range<Int>) -> Finding? {
    let before = self[name.lowerBound - 1]
    let isQuery =
      before == UInt8(ascii: "?") || before == UInt8(ascii: "&")
      || has(#"\u0026"#, at: name.lowerBound - 6)
    guard isQuery else { return nil }
    let value = name.upperBound..<bareEnd(from: name.upperBound)
    guard !value.isEmpty, !isMark(value) else { return nil }
    return Finding(Redaction(value, as: "parameter"))
  }

  /// Whether a range was taken out before.
  func isMark(_ range: Range<Int>) -> Bool { has("[redacted:", at: range.lowerBound) }
}

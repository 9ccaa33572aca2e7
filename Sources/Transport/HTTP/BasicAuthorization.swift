extension HTTPAddress.Credentials {
  /// The value of an `Authorization` header (RFC 7617): a secret.
  var basicAuthorization: String { "Basic " + base64(Array("\(user):\(password)".utf8)) }
}

private let alphabet = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

/// Base64 with padding (RFC 4648 section 4).
private func base64(_ bytes: [UInt8]) -> String {
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start...].prefix(3)
    let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
    for index in 0..<4 {
      let digit = Int(bits >> UInt32(18 - 6 * index)) & 63
      text.append(index <= group.count ? alphabet[digit] : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}

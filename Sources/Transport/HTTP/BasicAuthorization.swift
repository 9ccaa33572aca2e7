import Wire

extension HTTPAddress.Credentials {
  /// The value of an `Authorization` header (RFC 7617): a secret.
  var basicAuthorization: String { "Basic " + Base64.encode(Array("\(user):\(password)".utf8)) }
}

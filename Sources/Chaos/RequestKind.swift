/// What a client asks for, as far as it matters to what is denied for a while.
enum RequestKind: Equatable, Sendable {
  case upgrade, stream, other

  /// Reads the head of a request (RFC 9112 section 3); nil when the bytes do not begin with one.
  ///
  /// Only a head that comes in one read is understood: what our own clients and browsers send.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.starts(with: "GET ".utf8) else { return nil }
    let head = String(decoding: bytes.prefix(8 << 10), as: UTF8.self).lowercased()
    if head.contains("upgrade: websocket") {
      self = .upgrade
    } else {
      self = head.contains("accept: text/event-stream") ? .stream : .other
    }
  }

  /// Whether a window of this kind denies it.
  func isDenied(by kind: FaultKind) -> Bool {
    switch (kind, self) {
    case (.denyUpgrade, .upgrade), (.denyStream, .upgrade), (.denyStream, .stream): true
    default: false
    }
  }
}

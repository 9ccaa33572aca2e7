/// What the peer says over a WebSocket (RFC 6455), in the order it said it.
package enum WebSocketItem: Equatable, Sendable {
  /// A whole text message: valid UTF-8, inflated.
  case text([UInt8])
  /// A whole binary message, inflated.
  case binary([UInt8])
  /// A ping, at most 125 bytes; its pong is already in the output.
  case ping([UInt8])
  /// A pong, at most 125 bytes, asked for or not.
  case pong([UInt8])
  /// The peer closes: its code, nil where it gave none (1005 for an application), and its reason,
  /// which may hold any character. The answer is in the output; nothing follows.
  case close(code: UInt16?, reason: String)
  /// The peer broke the protocol or passed a bound: the code we close with, and one line that says
  /// what it did. A close frame is in the output; nothing follows.
  case failure(code: UInt16, reason: String)
}

/// The codes of RFC 6455 section 7.4 that we use ourselves, and which may be on the wire.
package enum WebSocketCloseCode {
  package static let normal: UInt16 = 1000
  package static let goingAway: UInt16 = 1001
  package static let protocolError: UInt16 = 1002
  package static let invalidPayload: UInt16 = 1007
  package static let policyViolation: UInt16 = 1008
  package static let messageTooBig: UInt16 = 1009
  package static let internalError: UInt16 = 1011

  /// Whether a close frame may carry the code: 1004, 1005, 1006 and 1015 are for applications only,
  /// and what is not assigned is reserved.
  package static func isValid(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}

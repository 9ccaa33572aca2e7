// Items to frames: RFC 6455 section 5, RFC 7692 section 7.2.1. What is sent is appended to the
// output; nothing is, once a close frame was.

extension WebSocketMachine {
  /// Sends a text message, which must be valid UTF-8; compressed where that was agreed on.
  package mutating func send(text: [UInt8]) {
    send(.text, text)
  }

  /// Sends a binary message; compressed where that was agreed on.
  package mutating func send(binary: [UInt8]) {
    send(.binary, binary)
  }

  /// Sends a ping. Of its payload the first 125 bytes go.
  package mutating func ping(_ payload: [UInt8] = []) {
    guard phase == .open else { return }
    append(.ping, Array(payload.prefix(125)))
  }

  /// Closes: sends a close frame and waits for the peer's.
  ///
  /// - Parameters:
  ///   - code: why; nil, or a code that must not be on the wire, sends none.
  ///   - reason: for people; what exceeds 123 bytes is cut off between characters.
  package mutating func close(code: UInt16? = WebSocketCloseCode.normal, reason: String = "") {
    guard phase == .open else { return }
    var payload: [UInt8] = []
    if let code, WebSocketCloseCode.isValid(code) {
      payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
      for scalar in reason.unicodeScalars {
        let encoded = String(scalar).utf8
        guard payload.count + encoded.count <= 125 else { break }
        payload.append(contentsOf: encoded)
      }
    }
    append(.close, payload)
    phase = .closing
  }

  private mutating func send(_ opcode: WebSocketOpcode, _ message: [UInt8]) {
    guard phase == .open else { return }
    let compressed = message.withUnsafeBytes { deflater?.compress($0) }
    if let compressed {
      append(opcode, compressed, isCompressed: true)
    } else {
      append(opcode, message)
    }
  }

  mutating func append(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], isCompressed: Bool = false
  ) {
    let key = role == .client ? maskingKey() : nil
    FrameHeader(
      isFinal: true, isCompressed: isCompressed, opcode: opcode, length: payload.count, key: key
    ).append(to: &output)
    let start = output.count
    output.append(contentsOf: payload)
    guard let key else { return }
    output.withUnsafeMutableBytes { raw in
      mask(UnsafeMutableRawBufferPointer(rebasing: raw[start...]), with: key, phase: 0)
    }
  }
}

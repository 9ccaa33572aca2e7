// Frames to items: RFC 6455 section 5.

extension WebSocketMachine {
  /// Reads the head of the next frame.
  func readHeader() -> FrameHeader.Reading {
    input.withUnsafeBytes { raw in
      FrameHeader.read(
        UnsafeRawBufferPointer(rebasing: raw[offset...]), isMasked: role == .server,
        compression: compresses)
    }
  }

  /// A frame begins: whether it may, here.
  mutating func begin(_ frame: FrameHeader) -> WebSocketItem? {
    place = .payload(frame, remaining: frame.length)
    if !frame.opcode.isControl, let fault = messages.begin(frame) { return fail(fault) }
    return nil
  }

  /// Reads so many bytes of a frame's payload.
  mutating func read(_ count: Int, of frame: FrameHeader, remaining: Int) -> WebSocketItem? {
    let range = offset..<(offset &+ count)
    if let key = frame.key, key != 0 {
      let phase = frame.length &- remaining
      input.withUnsafeMutableBytes { raw in
        mask(UnsafeMutableRawBufferPointer(rebasing: raw[range]), with: key, phase: phase)
      }
    }
    offset = range.upperBound
    let left = remaining &- count
    place = left == 0 ? .header : .payload(frame, remaining: left)
    guard !frame.opcode.isControl else {
      control.append(contentsOf: input[range])
      return left == 0 ? answer(frame.opcode) : nil
    }
    let chunk = input
    let fault = chunk.withUnsafeBytes { raw in
      messages.absorb(UnsafeRawBufferPointer(rebasing: raw[range]))
    }
    if let fault { return fail(fault) }
    guard left == 0, frame.isFinal else { return nil }
    let (item, lateFault) = messages.finish()
    return lateFault.map { fail($0) } ?? item
  }

  /// A control frame is whole.
  private mutating func answer(_ opcode: WebSocketOpcode) -> WebSocketItem? {
    var payload: [UInt8] = []
    swap(&payload, &control)
    switch opcode {
    case .ping:
      if phase == .open { append(.pong, payload) }
      return .ping(payload)
    case .pong: return .pong(payload)
    case .close: return closed(payload)
    case .continuation, .text, .binary: return nil
    }
  }

  /// The peer's close frame (section 5.5.1).
  private mutating func closed(_ payload: [UInt8]) -> WebSocketItem {
    guard !payload.isEmpty else { return end(nil, "") }
    guard payload.count >= 2 else { return fail(Self.protocolError("sent half a close code")) }
    let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
    guard WebSocketCloseCode.isValid(code) else {
      return fail(Self.protocolError("closed with \(code), which is no code for the wire"))
    }
    let reason = payload[2...]
    var text = UTF8Validator()
    guard reason.withUnsafeBytes({ text.accept($0) }), text.isComplete else {
      return fail(
        MessageReader.Fault(
          code: WebSocketCloseCode.invalidPayload,
          words: "gave a reason for closing that is not valid UTF-8"))
    }
    return end(code, String(decoding: reason, as: UTF8.self))
  }

  private mutating func end(_ code: UInt16?, _ reason: String) -> WebSocketItem {
    close(code: code)
    shut()
    return .close(code: code, reason: reason)
  }

  private mutating func fail(_ fault: MessageReader.Fault) -> WebSocketItem {
    close(code: fault.code)
    shut()
    return .failure(code: fault.code, reason: "\(peer) \(fault.words)")
  }

  mutating func fail(_ words: String) -> WebSocketItem {
    fail(Self.protocolError(words))
  }

  private mutating func shut() {
    phase = .closed
    input = []
    offset = 0
    messages.discard()
  }

  private var peer: String { role == .client ? "the server" : "the client" }

  private static func protocolError(_ words: String) -> MessageReader.Fault {
    MessageReader.Fault(code: WebSocketCloseCode.protocolError, words: words)
  }
}

/// Puts messages together out of frames: inflates, bounds and checks them as their bytes come.
struct MessageReader: ~Copyable, Sendable {
  /// What is wrong with a message: the code to close with, and what the peer did.
  struct Fault: Equatable {
    let code: UInt16
    /// To follow "the server …".
    let words: String
  }

  private enum Opening {
    /// Between messages.
    case none
    case message(isText: Bool, isCompressed: Bool)
  }

  private let maximumBytes: Int
  private var opening = Opening.none
  private var bytes: [UInt8] = []
  private var text = UTF8Validator()
  private var inflater: MessageInflater?
  /// Bytes of data frames' payloads as received, and as inflated, since the start.
  private(set) var received: Int64 = 0
  private(set) var inflated: Int64 = 0

  init(maximumBytes: Int, inflater: consuming MessageInflater?) {
    self.maximumBytes = maximumBytes
    self.inflater = inflater
  }

  /// A data frame begins.
  mutating func begin(_ frame: FrameHeader) -> Fault? {
    switch (opening, frame.opcode) {
    case (.none, .continuation):
      return Fault(code: WebSocketCloseCode.protocolError, words: "continued no message")
    case (.message, .text), (.message, .binary):
      return Fault(
        code: WebSocketCloseCode.protocolError, words: "began a message inside another")
    case (.none, _):
      opening = .message(isText: frame.opcode == .text, isCompressed: frame.isCompressed)
      text = UTF8Validator()
    case (.message, _): break
    }
    if case .message(_, isCompressed: false) = opening {
      guard frame.length <= maximumBytes &- bytes.count else { return tooBig }
      // Declared is not sent: no more than a little is reserved ahead.
      if bytes.isEmpty { bytes.reserveCapacity(min(frame.length, 64 << 10)) }
    }
    return nil
  }

  /// Takes the next bytes of a frame, unmasked.
  mutating func absorb(_ part: UnsafeRawBufferPointer) -> Fault? {
    guard case .message(let isText, let isCompressed) = opening else { return nil }
    received &+= Int64(part.count)
    guard isCompressed else { return append(part, isText: isText) }
    return inflate { inflater, each in inflater.inflate(part, each) }
  }

  /// Ends the message and hands it over.
  mutating func finish() -> (item: WebSocketItem?, fault: Fault?) {
    guard case .message(let isText, let isCompressed) = opening else { return (nil, nil) }
    if isCompressed, let fault = inflate({ inflater, each in inflater.finish(each) }) {
      return (nil, fault)
    }
    guard !isText || text.isComplete else { return (nil, notText) }
    opening = .none
    var whole: [UInt8] = []
    swap(&whole, &bytes)
    return (isText ? .text(whole) : .binary(whole), nil)
  }

  /// Gives up what is being put together.
  mutating func discard() {
    opening = .none
    bytes = []
  }

  private mutating func inflate(
    _ step: (inout MessageInflater, (UnsafeRawBufferPointer) -> Bool) -> String?
  ) -> Fault? {
    guard case .message(let isText, _) = opening, var inflater = inflater.take() else { return nil }
    var fault: Fault?
    let damage = step(&inflater) { piece in
      fault = append(piece, isText: isText)
      return fault == nil
    }
    self.inflater = .some(consume inflater)
    return fault
      ?? damage.map {
        Fault(
          code: WebSocketCloseCode.invalidPayload,
          words: "sent a message that cannot be inflated (\($0))")
      }
  }

  @inline(__always)
  private mutating func append(_ part: UnsafeRawBufferPointer, isText: Bool) -> Fault? {
    // What fits is judged first: which fault is found must not depend on how the input was split.
    let room = UnsafeRawBufferPointer(rebasing: part.prefix(maximumBytes &- bytes.count))
    bytes.append(contentsOf: room)
    inflated &+= Int64(room.count)
    if isText, !text.accept(room) { return notText }
    return room.count < part.count ? tooBig : nil
  }

  private var tooBig: Fault {
    Fault(
      code: WebSocketCloseCode.messageTooBig,
      words: "sent a message longer than \(maximumBytes) bytes"
    )
  }

  private var notText: Fault {
    Fault(
      code: WebSocketCloseCode.invalidPayload, words: "sent a text message that is not valid UTF-8")
  }
}

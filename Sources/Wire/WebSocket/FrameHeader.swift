/// The kinds of frames (RFC 6455 section 5.2).
enum WebSocketOpcode: UInt8 {
  case continuation = 0x0
  case text = 0x1
  case binary = 0x2
  case close = 0x8
  case ping = 0x9
  case pong = 0xA

  var isControl: Bool { rawValue & 0x8 != 0 }
}

/// The head of a frame (RFC 6455 section 5.2), of 2 to 14 bytes.
struct FrameHeader: Equatable {
  let isFinal: Bool
  /// RSV1: the message that begins with this frame is compressed (RFC 7692 section 6).
  let isCompressed: Bool
  let opcode: WebSocketOpcode
  let length: Int
  /// The masking key as it is on the wire, first byte lowest; nil in a frame without mask.
  let key: UInt32?

  /// What reading a head came to. A fault is found at the first byte that shows it.
  enum Reading: Equatable {
    case incomplete
    case header(FrameHeader, size: Int)
    /// What the peer did, to follow "the server …".
    case fault(String)
  }

  /// Reads a head that begins `bytes`.
  ///
  /// - Parameters:
  ///   - isMasked: whether the peer must mask: a client must, a server must not (section 5.1).
  ///   - compression: whether RSV1 was given a meaning.
  static func read(
    _ bytes: UnsafeRawBufferPointer, isMasked: Bool, compression: Bool
  ) -> Reading {
    guard let first = bytes.first else { return .incomplete }
    guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
      return .fault("sent a frame of the reserved kind \(first & 0x0F)")
    }
    if let fault = fault(in: first, opcode, compression: compression) { return .fault(fault) }
    guard bytes.count >= 2 else { return .incomplete }
    let second = bytes[1]
    guard (second & 0x80 != 0) == isMasked else {
      return .fault(isMasked ? "sent a frame without a mask" : "sent a masked frame")
    }
    if opcode.isControl, second & 0x7F > 125 {
      return .fault("sent a control frame longer than 125 bytes")
    }
    return readLength(bytes, first, opcode, isMasked: isMasked)
  }

  private static func fault(
    in first: UInt8, _ opcode: WebSocketOpcode, compression: Bool
  ) -> String? {
    if first & 0x30 != 0 { return "set a reserved bit of a frame" }
    if first & 0x40 != 0 {
      guard compression else { return "sent a compressed frame without our consent" }
      if opcode.isControl { return "compressed a control frame" }
      if opcode == .continuation { return "set the compression bit inside a message" }
    }
    if opcode.isControl, first & 0x80 == 0 { return "fragmented a control frame" }
    return nil
  }

  private static func readLength(
    _ bytes: UnsafeRawBufferPointer, _ first: UInt8, _ opcode: WebSocketOpcode, isMasked: Bool
  ) -> Reading {
    let short = Int(bytes[1] & 0x7F)
    let extra = short == 127 ? 8 : short == 126 ? 2 : 0
    guard bytes.count >= 2 + extra else { return .incomplete }
    var length = UInt64(extra == 0 ? short : 0)
    for index in 0..<extra { length = length << 8 | UInt64(bytes[2 + index]) }
    guard let count = Int(exactly: length) else { return .fault("gave a frame a negative length") }
    if extra == 2 && length < 126 || extra == 8 && length < 65_536 {
      return .fault("wrote a frame's length in more bytes than it needs")
    }
    let size = 2 + extra + (isMasked ? 4 : 0)
    guard bytes.count >= size else { return .incomplete }
    let key = isMasked ? bytes.loadUnaligned(fromByteOffset: 2 + extra, as: UInt32.self) : nil
    return .header(
      FrameHeader(
        isFinal: first & 0x80 != 0, isCompressed: first & 0x40 != 0, opcode: opcode,
        length: count, key: key.map { UInt32(littleEndian: $0) }),
      size: size)
  }

  /// Appends the head in its minimal form.
  func append(to bytes: inout [UInt8]) {
    bytes.append((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue)
    let mask: UInt8 = key == nil ? 0 : 0x80
    switch length {
    case ..<126: bytes.append(mask | UInt8(length))
    case ..<65_536:
      bytes.append(mask | 126)
      withUnsafeBytes(of: UInt16(length).bigEndian) { bytes.append(contentsOf: $0) }
    default:
      bytes.append(mask | 127)
      withUnsafeBytes(of: UInt64(length).bigEndian) { bytes.append(contentsOf: $0) }
    }
    if let key { withUnsafeBytes(of: key.littleEndian) { bytes.append(contentsOf: $0) } }
  }
}

import Wire

/// Ten events as a hub sends them, whole and checked.
private let published: [[UInt8]] = (1...10).map { number in
  Array(
    """
    {"specversion":"1.0","id":"\(number)","source":"s","type":"t","data":{"n":\(number * 1_111)}}
    """.utf8)
}

private let stream: [UInt8] = published.enumerated().reduce(into: []) { bytes, event in
  SSEEncoder.appendCheckedEvent(id: "\(event.offset + 1)-e1", data: event.element, to: &bytes)
}

private let messages: [[UInt8]] = published.enumerated().map { place, event in
  var bytes: [UInt8] = []
  CheckedMessage.append(event, position: "\(place + 1)-e1", to: &bytes)
  return bytes
}

/// Overwrites up to 8 bytes in a row behind the first event: its place is the input's first two
/// bytes, the rest says with what.
private func damaged(_ bytes: [UInt8], by input: Input, keeping safe: Int) -> [UInt8] {
  guard input.bytes.count > 2 else { return bytes }
  var bytes = bytes
  let place = Int(input.bytes[0]) << 8 | Int(input.bytes[1])
  let start = safe + place % (bytes.count - safe)
  for (offset, byte) in input.bytes.dropFirst(2).prefix(8).enumerated()
  where start + offset < bytes.count {
    bytes[start + offset] ^= byte
  }
  return bytes
}

/// What is handed over, up to the damage if there is any.
private func events(_ receive: (inout FrameDecoder, (DecodedItem) -> Void) -> Void) -> [[UInt8]] {
  var decoder = FrameDecoder()
  var events: [[UInt8]] = []
  receive(&decoder) { item in
    if case .event(_, let json?) = item { events.append(Array(json)) }
  }
  return events
}

/// Damage behind the first event of a stream is never handed over as an event, and no event is left
/// out between two that are.
func fuzzStreamDamage(_ input: Input) {
  var first: [UInt8] = []
  SSEEncoder.appendCheckedEvent(id: "1-e1", data: published[0], to: &first)
  let bytes = damaged(stream, by: input, keeping: first.count)
  let got = events { decoder, each in decoder.receive(bytes, format: .sse, each) }
  require(
    published.starts(with: got), "what is handed over is what was published, without a hole")
}

/// The same for messages.
func fuzzMessageDamage(_ input: Input) {
  let all = messages.flatMap { $0 }
  let bytes = damaged(all, by: input, keeping: messages[0].count)
  let got = events { decoder, each in
    var rest = bytes[...]
    for message in messages {
      decoder.receive(Array(rest.prefix(message.count)), format: .message(.text), each)
      rest = rest.dropFirst(message.count)
    }
  }
  require(
    published.starts(with: got), "what is handed over is what was published, without a hole")
}

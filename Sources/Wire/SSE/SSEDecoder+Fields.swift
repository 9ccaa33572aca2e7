// Lines to items: WHATWG HTML section 9.2.6.

extension SSEDecoder {
  /// One whole line (section 9.2.6, "process the field").
  @inline(__always)
  mutating func line(_ line: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void) {
    guard let first = line.first else { return dispatch(each) }
    switch first {
    case UInt8(ascii: "d"):
      if let value = line.value(ofField: "data") { appendData(value, each) }
    case UInt8(ascii: "i"):
      if let value = line.value(ofField: "id"), !value.contains(0) { block.id.refer(to: value) }
    case UInt8(ascii: "e"):
      if let value = line.value(ofField: "event") { block.type.refer(to: value) }
    case UInt8(ascii: "r"):
      if let value = line.value(ofField: "retry") { setRetry(value, each) }
    case UInt8(ascii: "c"):
      if let value = line.value(ofField: "crc32c") { block.checksum.refer(to: value) }
    case UInt8(ascii: ":"): each(.comment(UnsafeRawBufferPointer(rebasing: line.dropFirst())))
    default: break
    }
  }

  @inline(__always)
  private mutating func appendData(
    _ value: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void
  ) {
    if block.data.isAbsent, value.count <= maximumEventBytes {
      block.data.refer(to: value)
    } else if block.data.count &+ 1 &+ value.count <= maximumEventBytes {
      block.data.appendLine(value)
    } else {
      discard(.event, bound: maximumEventBytes, each)
    }
  }

  private mutating func setRetry(_ value: UnsafeRawBufferPointer, _ each: (SSEItem) -> Void) {
    guard !value.isEmpty else { return }
    var milliseconds = 0
    for byte in value {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      milliseconds = min(milliseconds &* 10 &+ Int(digit), SSEDecoder.maximumRetry)
    }
    retryMilliseconds = milliseconds
    each(.retry(milliseconds: milliseconds))
  }

  /// A blank line: the id is committed even where there is no data and so no event.
  @inline(__always)
  private mutating func dispatch(_ each: (SSEItem) -> Void) {
    let hasID = !block.id.isAbsent
    if hasID {
      swap(&lastID, &block.id)
      block.id.clear()
      committedIDs &+= 1
    }
    if !block.data.isAbsent {
      emit(hasID: hasID, each)
    } else if !block.checksum.isAbsent {
      each(.empty)
    }
    block.data.clear()
    block.type.clear()
    block.checksum.clear()
  }

  @inline(__always)
  private func emit(hasID: Bool, _ each: (SSEItem) -> Void) {
    block.type.withBytes { type in
      block.data.withBytes { data in
        lastID.withBytes { id in
          block.checksum.withBytes { checksum in
            let type = type.isEmpty ? UnsafeRawBufferPointer("message") : type
            each(
              .event(
                SSEEvent(
                  type: type, data: data, lastEventID: id, id: hasID ? id : nil,
                  crc32c: block.checksum.isAbsent ? nil : checksum)))
          }
        }
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The value of a line `name`, `name:value` or `name: value`; nil when the field is another.
  @inline(__always)
  fileprivate func value(ofField name: StaticString) -> UnsafeRawBufferPointer? {
    let length = name.utf8CodeUnitCount
    guard count >= length else { return nil }
    for index in 0..<length where self[index] != name.utf8Start[index] { return nil }
    guard count > length else { return UnsafeRawBufferPointer(rebasing: self[length...]) }
    guard self[length] == UInt8(ascii: ":") else { return nil }
    let hasSpace = count > length &+ 1 && self[length &+ 1] == 0x20
    return UnsafeRawBufferPointer(rebasing: self[(length &+ (hasSpace ? 2 : 1))...])
  }
}

/// An event's JSON with its position in the feed and its checksum spliced in last, as CloudEvents
/// extension attributes: `…,"feedposition":"57-t3h2k1","feedcrc32c":"1a2b3c4d"}`.
///
/// The checksum covers all bytes before its own comma.
package struct CheckedMessage {
  /// How the checksum stands.
  package let checksum: FeedIntegrity.Checksum
  /// Everything before the checksum's comma; the whole message where there is none.
  package let body: UnsafeRawBufferPointer

  private static let checksumName: StaticString = ",\"feedcrc32c\":\""
  private static let positionName: StaticString = ",\"feedposition\":\""
  private static let end: StaticString = "\"}"

  /// Splits a message, which must outlive this value. Blank space around it is no part of it.
  package init(_ message: UnsafeRawBufferPointer) {
    let tail = Self.checksumName.utf8CodeUnitCount + 8 + Self.end.utf8CodeUnitCount
    guard message.count > tail else {
      (checksum, body) = (.absent, message)
      return
    }
    let suffix = UnsafeRawBufferPointer(rebasing: message[(message.count - tail)...])
    guard suffix.starts(with: UnsafeRawBufferPointer(Self.checksumName)),
      suffix.suffix(2).elementsEqual(UnsafeRawBufferPointer(Self.end))
    else {
      (checksum, body) = (.absent, message)
      return
    }
    body = UnsafeRawBufferPointer(rebasing: message[..<(message.count - tail)])
    let digits = UnsafeRawBufferPointer(rebasing: suffix.dropLast(2).suffix(8))
    checksum = CRC32C(body).isWritten(digits) ? .right : .wrong
  }

  /// Appends an event's JSON with a position and a checksum.
  package static func append(
    _ json: some BidirectionalCollection<UInt8>, position: String?, to bytes: inout [UInt8]
  ) {
    let first = bytes.count
    bytes.append(contentsOf: json)
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    guard bytes.count > first, bytes.removeLast() == UInt8(ascii: "}") else { return }
    if let position {
      bytes.append(contentsOf: UnsafeRawBufferPointer(positionName))
      bytes.append(contentsOf: position.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
    let checksum = bytes.withUnsafeBytes {
      CRC32C(UnsafeRawBufferPointer(rebasing: $0[first...]))
    }
    bytes.append(contentsOf: UnsafeRawBufferPointer(checksumName))
    bytes.append(contentsOf: checksum.digits)
    bytes.append(contentsOf: UnsafeRawBufferPointer(end))
  }

  /// Replaces `json` by the event as it was published, `position` being what its decoder read.
  package func copyPublished(position: UnsafeRawBufferPointer?, to json: inout [UInt8]) {
    json.removeAll(keepingCapacity: true)
    json.append(contentsOf: body)
    guard checksum != .absent else { return }
    if let position {
      let name = UnsafeRawBufferPointer(Self.positionName)
      let start = body.count - name.count - position.count - 1
      let isSpliced =
        start > 0 && body[start...].starts(with: name)
        && body[(start + name.count)...].starts(with: position)
      if isSpliced { json.removeLast(body.count - start) }
    }
    json.append(UInt8(ascii: "}"))
  }
}

import Wire

/// A keyframe and its state.
package struct TapeKeyframe: Sendable {
  /// What it says of itself.
  package let head: KeyframeHead
  /// The state, as whoever wrote it encoded it.
  package let state: [UInt8]
}

/// Finds keyframes among the bytes of a tape.
package enum KeyframeLine {
  private static let code = Array(",\"k\",\"".utf8)
  /// The bytes of a line by which it is told to be a keyframe: an interval has at most 20 digits.
  package static let beginning = 40

  /// Where in a line that begins with these bytes the data of its keyframe begins; nil where the
  /// line is none.
  package static func dataStart(_ line: UnsafeRawBufferPointer) -> Int? {
    guard line.first == UInt8(ascii: "[") else { return nil }
    var place = 1
    while place < Swift.min(line.count, beginning) {
      switch line[place] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): place += 1
      default:
        return line[place...].starts(with: code) ? place + code.count : nil
      }
    }
    return nil
  }

  /// The head of a keyframe by the first bytes of its line, `headBytes` or all there are; nil where
  /// there is none.
  package static func head(_ line: UnsafeRawBufferPointer) -> KeyframeHead? {
    dataStart(line).flatMap { start in
      headText(UnsafeRawBufferPointer(rebasing: line[start...]))
    }.flatMap { text in text.withUnsafeBytes { KeyframeForm.head($0)?.head } }
  }

  /// The bytes of a line that are enough for its head, every quote in it escaped.
  package static let headBytes = beginning + 2 * KeyframeHead.maximumBytes

  /// The keyframe of a whole line without its line feed; nil where a bit of it is wrong.
  package static func keyframe(_ line: UnsafeRawBufferPointer) -> TapeKeyframe? {
    guard let start = dataStart(line), let head = head(line) else { return nil }
    let data = UnsafeRawBufferPointer(rebasing: line[start...])
    guard let mark = payloadStart(data), let end = data.lastIndex(of: UInt8(ascii: "\"")),
      end >= mark, data[(end + 1)...].elementsEqual("]".utf8)
    else { return nil }
    return KeyframeForm.state(UnsafeRawBufferPointer(rebasing: data[mark..<end]), of: head).map {
      TapeKeyframe(head: head, state: $0)
    }
  }

  /// The head's text, its escapes undone, and the mark of the payload after it.
  private static func headText(_ data: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let payload = payloadStart(data) else { return nil }
    // It holds names and numbers of ours: a quote is all that is ever escaped in it.
    return data[..<payload].filter { $0 != UInt8(ascii: "\\") }
  }

  /// Where the base64 begins in the data of a keyframe as it stands in the line.
  private static func payloadStart(_ data: UnsafeRawBufferPointer) -> Int? {
    let mark = Array("} b:".utf8)
    return data.indices.prefix(headBytes).first { data[$0...].starts(with: mark) }
      .map { $0 + mark.count }
  }
}

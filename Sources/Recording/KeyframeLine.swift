package import Domain
import Wire

/// What a keyframe says of itself: where it stands, and where others do.
package struct KeyframeHead: Equatable, Sendable {
  /// Another keyframe of the same file.
  package struct Link: Equatable, Sendable {
    /// The byte at which its line begins, and the line's number.
    package var offset: Int64, line: Int
    /// The moment of its state.
    package var at: Timestamp

    /// A keyframe.
    package init(offset: Int64, line: Int, at: Timestamp) {
      self.offset = offset
      self.line = line
      self.at = at
    }
  }

  /// How the state is encoded: a reader that does not know it passes the keyframe over.
  package var format: Int
  /// The moment of the state.
  package var at: Timestamp
  /// What follows the state: the first line that is not in it.
  package var place: TapePlace
  /// Earlier keyframes, the newest first: the one before this, and ever further ones, the last of
  /// which is the first of the file (a skip list: each is found in O(log n) hops).
  package var back: [Link]
  /// The bytes of the state, and the CRC-32C of them as they are compressed.
  package var size: Int, checksum: String

  /// The longest head, in bytes: 64 links of three numbers.
  package static let maximumBytes = 16 << 10
  /// The largest state, in bytes.
  package static let maximumSize = 256 << 20
}

/// A state that is compressed and ready to be written as a keyframe. Making one takes time, and may
/// be done beside whoever writes the tape.
package struct KeyframePayload: Sendable {
  let format: Int
  let size: Int
  let checksum: String
  let base64: [UInt8]

  /// Compresses a state; nil where it is too large for a line.
  package init?(format: Int, state: [UInt8]) {
    guard state.count <= KeyframeHead.maximumSize, let deflated = RawDeflate.deflated(state),
      deflated.count <= TapeReader.maximumLineBytes / 2
    else { return nil }
    self.format = format
    size = state.count
    checksum = deflated.withUnsafeBytes { String(decoding: CRC32C($0).digits, as: UTF8.self) }
    var text: [UInt8] = []
    deflated.withUnsafeBytes { Base64.append($0, to: &text) }
    base64 = text
  }

  /// About the bytes its line will have, its head included.
  package var lineBytes: Int { base64.count + 1_024 }
}

/// How keyframes are written on a tape: `<JSON object> b:<base64>`.
enum KeyframeForm {
  private static let mark = Array(" b:".utf8)

  /// The head as JSON.
  static func json(_ head: KeyframeHead) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    for (name, number) in [
      ("format", Int64(head.format)), ("at", head.at.microseconds),
      ("line", Int64(head.place.line)), ("offset", head.place.offset),
      ("clock", head.place.clock.microseconds),
    ] {
      json.key(name)
      json.integer(number)
    }
    json.key("back")
    json.value(
      .array(
        head.back.map {
          .array([.integer($0.offset), .integer(Int64($0.line)), .integer($0.at.microseconds)])
        }))
    json.key("size")
    json.integer(head.size)
    json.key("crc32c")
    json.string(head.checksum)
    json.endObject()
    return json.bytes
  }

  /// The head of a keyframe by the beginning of its data, and where in that the base64 begins; nil
  /// where it is none.
  static func head(_ data: UnsafeRawBufferPointer) -> (head: KeyframeHead, payload: Int)? {
    let beginning = UnsafeRawBufferPointer(rebasing: data.prefix(KeyframeHead.maximumBytes))
    guard let end = beginning.firstRange(of: mark) else { return nil }
    guard let value = try? JSONValue(parsing: Array(beginning[..<end])) else { return nil }
    return head(value).map { ($0, end + mark.count) }
  }

  private static func head(_ value: JSONValue) -> KeyframeHead? {
    func number(_ name: String) -> Int64? { value[name]?.integer }
    guard let format = number("format"), let at = number("at"), let line = number("line"),
      let offset = number("offset"), let clock = number("clock"), let size = number("size"),
      let checksum = value["crc32c"]?.string, let links = value["back"]?.array,
      line > 1, offset > 0, (0...Int64(KeyframeHead.maximumSize)).contains(size)
    else { return nil }
    let back = links.compactMap(link)
    guard back.count == links.count,
      zip(back, back.dropFirst()).allSatisfy({ $0.offset > $1.offset })
    else { return nil }
    return KeyframeHead(
      format: Int(clamping: format), at: Timestamp(microseconds: at),
      place: TapePlace(
        line: Int(clamping: line), offset: offset, clock: Timestamp(microseconds: clock)),
      back: back, size: Int(size), checksum: checksum)
  }

  private static func link(_ value: JSONValue) -> KeyframeHead.Link? {
    guard let numbers = value.array?.compactMap(\.integer), numbers.count == 3, numbers[0] > 0,
      numbers[1] > 1
    else { return nil }
    return KeyframeHead.Link(
      offset: numbers[0], line: Int(clamping: numbers[1]),
      at: Timestamp(microseconds: numbers[2]))
  }

  /// The state of a keyframe's base64; nil where a bit of it is wrong.
  static func state(_ base64: UnsafeRawBufferPointer, of head: KeyframeHead) -> [UInt8]? {
    guard let deflated = Base64.decode(base64),
      deflated.withUnsafeBytes({ CRC32C($0).digits.elementsEqual(head.checksum.utf8) })
    else { return nil }
    return RawDeflate.inflated(deflated, size: head.size)
  }
}

extension UnsafeRawBufferPointer {
  /// Where a short text first occurs.
  fileprivate func firstRange(of text: [UInt8]) -> Int? {
    indices.first { self[$0...].starts(with: text) }
  }
}

import Domain
import Wire

/// The parts of a line as they stand in its bytes.
struct TapeLineParts {
  enum Code {
    case frame, fact, marker, keyframe, exit, unknown
  }

  let interval: Double
  let code: Code
  let data: JSONString

  /// Takes a line apart; nil where it is none.
  init?(_ line: UnsafeRawBufferPointer) {
    var reader = JSONReader(line)
    do throws(JSONError) {
      try reader.beginArray()
      guard try reader.nextElement() else { return nil }
      interval = try reader.readDouble()
      guard try reader.nextElement() else { return nil }
      let code = try reader.readString()
      guard try reader.nextElement() else { return nil }
      data = try reader.readString()
      guard try !reader.nextElement() else { return nil }
      try reader.finish()
      self.code = Self.code(code)
    } catch {
      return nil
    }
  }

  private static func code(_ text: JSONString) -> Code {
    if text.equals("d") { return .frame }
    if text.equals("c") { return .fact }
    if text.equals("m") { return .marker }
    if text.equals("x") { return .exit }
    return text.equals("k") ? .keyframe : .unknown
  }
}

/// What the data of a line says.
enum TapeLineData {
  /// Makes an error of a problem of the line that is read.
  typealias Fault = (String) -> TapeError

  private static let blank = UInt8(ascii: " ")

  /// A frame: `<connection> <format> u:<text>` or `b:<base64>`.
  static func frame(_ data: JSONString, _ fault: Fault) throws(TapeError) -> TapeEntry.Body {
    let raw = data.bytes
    guard let first = raw.firstIndex(of: blank), let connection = connection(raw[..<first]),
      let second = raw[(first + 1)...].firstIndex(of: blank),
      let format = format(data, first + 1..<second)
    else { throw fault("a frame is \"<connection> <format> u:<text>\"") }
    let payload = UnsafeRawBufferPointer(rebasing: raw[(second + 1)...])
    if payload.starts(with: "u:".utf8) {
      let bytes = data.unescapedBytes(from: second + 3)
      return .inbound(connection: connection, .frame(format, bytes))
    }
    guard payload.starts(with: "b:".utf8) else {
      throw fault("a frame's payload begins with u: or b:")
    }
    guard let bytes = data.unescapedBytes(from: second + 3).withUnsafeBytes({ Base64.decode($0) })
    else { throw fault("a frame's base64 is broken") }
    return .inbound(connection: connection, .frame(format, bytes))
  }

  /// A connection fact: `<connection> <JSON object>`.
  static func fact(_ data: JSONString, _ fault: Fault) throws(TapeError) -> TapeEntry.Body {
    let bytes = data.unescapedBytes()
    guard let end = bytes.firstIndex(of: blank),
      let connection = bytes.withUnsafeBytes({ connection($0[..<end]) }),
      let fact = ConnectionFactForm.fact(Array(bytes[(end + 1)...]))
    else { throw fault("a connection fact is \"<connection> <JSON object>\"") }
    return .inbound(connection: connection, .fact(fact))
  }

  /// The name of a format has no blank; one with an escape in it is rare.
  private static func format(_ data: JSONString, _ place: Range<Int>) -> FrameFormat? {
    let name = data.bytes[place]
    guard name.contains(UInt8(ascii: "\\")) else { return FrameFormatName.format(name) }
    let quoted = [UInt8(ascii: "\"")] + name + [UInt8(ascii: "\"")]
    return (try? JSONValue(parsing: quoted))?.string.flatMap { FrameFormatName.format($0.utf8) }
  }

  private static func connection(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard (1...18).contains(digits.count) else { return nil }
    var number = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }
}

/// The head of an HTTP/1 response (RFC 9112 section 4).
package struct HTTPHead: Equatable, Sendable {
  /// A header field; its name in lower case.
  package struct Field: Equatable, Sendable {
    package let name: String
    package let value: String
  }

  /// The status code, 100 to 599.
  package let status: Int
  /// The fields in their order.
  package let fields: [Field]

  /// The values of a field, whose name is given in lower case.
  package func values(of name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The first value of a field, whose name is given in lower case.
  package func first(_ name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  /// Reads a head without its final empty line; throws what is wrong with it.
  init(_ bytes: ArraySlice<UInt8>) throws(HandshakeFault) {
    var lines = try Self.lines(of: bytes)
    guard !lines.isEmpty else { throw HandshakeFault("answered with an empty head") }
    status = try Self.status(lines.removeFirst())
    var fields: [Field] = []
    for line in lines { fields.append(try Self.field(line)) }
    self.fields = fields
  }

  private static func lines(
    of bytes: ArraySlice<UInt8>
  ) throws(HandshakeFault) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = bytes
    while let end = rest.firstIndex(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
      guard rest[end] == 0x0D, end + 1 < rest.endIndex, rest[end + 1] == 0x0A else {
        throw HandshakeFault("answered with a control character in its head")
      }
      lines.append(rest[..<end])
      rest = rest[(end + 2)...]
    }
    lines.append(rest)
    return lines
  }

  /// `HTTP/1.1 101 words`.
  private static func status(_ line: ArraySlice<UInt8>) throws(HandshakeFault) -> Int {
    let fault = HandshakeFault("does not speak HTTP/1.1")
    guard line.starts(with: "HTTP/1.".utf8), line.count >= 12 else { throw fault }
    let rest = line.dropFirst(7)
    guard let minor = rest.first, minor == UInt8(ascii: "1") || minor == UInt8(ascii: "0"),
      rest.dropFirst().first == 0x20
    else { throw fault }
    let digits = rest.dropFirst(2).prefix(3)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw fault }
    let after = rest.dropFirst(5).first
    let status = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard after == nil || after == 0x20, (100...599).contains(status) else { throw fault }
    // Only HTTP/1.1 knows upgrades (RFC 9110 section 7.8).
    guard status != 101 || minor == UInt8(ascii: "1") else { throw fault }
    return status
  }

  private static func field(_ line: ArraySlice<UInt8>) throws(HandshakeFault) -> Field {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(isTokenByte)
    else { throw HandshakeFault("answered with a malformed header field") }
    return Field(
      name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
      value: String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self))
  }
}

/// Reads the head of a response out of bytes that come in chunks: bounded, strict, and with what
/// follows it handed back.
package struct HTTPHeadReader: Sendable {
  /// The most bytes a head, with interim responses before it, may have.
  package static let maximumBytes = 16 << 10

  /// What came of the bytes.
  package enum Outcome: Equatable, Sendable {
    /// The head, and the bytes after it.
    case head(HTTPHead, rest: [UInt8])
    /// It cannot be read: one line that says why.
    case failed(String)
  }

  private var bytes: [UInt8] = []
  /// Where the head that is being read begins: interim responses come before it.
  private var start = 0

  /// Nothing read.
  package init() {}

  /// Takes the next bytes; nil when more are needed. Ends with an outcome: call it no more then.
  package mutating func receive(_ chunk: [UInt8]) -> Outcome? {
    var searched = max(start, bytes.count - 3)
    bytes.append(contentsOf: chunk)
    while true {
      // What does not begin like HTTP is not waited for.
      guard "HTTP/1.".utf8.starts(with: bytes[start...].prefix(7)) else {
        return .failed("the server does not speak HTTP/1.1")
      }
      guard let end = headEnd(from: searched), end + 4 <= Self.maximumBytes else { break }
      do throws(HandshakeFault) {
        let head = try HTTPHead(bytes[start..<end])
        guard (100..<200).contains(head.status), head.status != 101 else {
          return .head(head, rest: Array(bytes[(end + 4)...]))
        }
        start = end + 4
        searched = start
      } catch {
        return .failed("the server \(error.words)")
      }
    }
    guard bytes.count > Self.maximumBytes else { return nil }
    return .failed("the server answered with a head longer than \(Self.maximumBytes >> 10) KiB")
  }

  private func headEnd(from first: Int) -> Int? {
    var place = first
    while place + 4 <= bytes.count {
      if bytes[place] == 0x0D, bytes[place + 1] == 0x0A, bytes[place + 2] == 0x0D,
        bytes[place + 3] == 0x0A
      {
        return place
      }
      place += 1
    }
    return nil
  }
}

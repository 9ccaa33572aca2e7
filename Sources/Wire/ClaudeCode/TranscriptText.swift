import Domain

// What a row's long texts are asked for, answered without unescaping them whole.

extension JSONString {
  /// Bytes of the value as UTF-8, escapes resolved.
  var byteCount: Int {
    guard isEscaped else { return bytes.count }
    var count = 0
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        count &+= 1
        index &+= 1
        continue
      }
      let (scalar, length) = JSONEscape.decode(bytes, at: index)
      count &+= UTF8.width(scalar)
      index &+= length
    }
    return count
  }

  /// The moment an RFC 3339 text names.
  var moment: Timestamp? {
    isEscaped
      ? Timestamp(rfc3339: string) : Timestamp(rfc3339: bytes.bindMemory(to: UInt8.self))
  }

  /// Whether the text as written starts with these bytes, which must need no escape.
  func starts(with word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    return bytes.prefix(count).elementsEqual(
      UnsafeRawBufferPointer(start: word.utf8Start, count: count))
  }

  /// The first line that is not blank, cut after a whole character within `limit` bytes.
  func firstLine(limit: Int = 120) -> String { start(limit: limit, isOneLine: true) }

  /// The start of the text over several lines, cut after a whole character within `limit` bytes.
  func head(limit: Int) -> String { start(limit: limit, isOneLine: false) }

  private func start(limit: Int, isOneLine: Bool) -> String {
    var line: [UInt8] = []
    line.reserveCapacity(min(bytes.count, limit &+ 64))
    var index = 0
    // A character may be longer than its first scalar, so some bytes past the limit are looked at.
    while index < bytes.count, line.count < limit &+ 64 {
      let (scalar, length) = scalar(at: index)
      index &+= length
      if line.isEmpty, scalar.properties.isWhitespace { continue }
      if isOneLine, scalar == "\n" || scalar == "\r" { break }
      line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return String(decoding: line, as: UTF8.self).prefix(bytes: limit)
  }

  /// The scalar at a place and the bytes it takes as written.
  private func scalar(at index: Int) -> (Unicode.Scalar, Int) {
    let byte = bytes[index]
    if byte == UInt8(ascii: "\\") { return JSONEscape.decode(bytes, at: index) }
    guard byte >= 0x80 else { return (Unicode.Scalar(byte), 1) }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    let text = String(decoding: bytes[index..<min(index &+ length, bytes.count)], as: UTF8.self)
    return (text.unicodeScalars.first ?? "\u{FFFD}", length)
  }

  /// The number after `Exit code ` at the start of a failed Bash result.
  var exitCode: Int64? {
    guard starts(with: "Exit code ") else { return nil }
    let digits = bytes.dropFirst(10).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    return decimalInteger(UnsafeRawBufferPointer(rebasing: digits))
  }

  /// The text between `<name>` and `</name>` within the first 4,096 bytes.
  func tag(_ name: String) -> String? {
    let words = String(decoding: bytes.prefix(4_096), as: UTF8.self).split(separator: "<")
    guard let word = words.first(where: { $0.hasPrefix(name + ">") }) else { return nil }
    return String(word.dropFirst(name.count + 1))
  }
}

extension String {
  /// The longest start of whole characters within `limit` bytes.
  func prefix(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = startIndex
    var count = 0
    for index in indices {
      count += self[index].utf8.count
      guard count <= limit else { break }
      end = self.index(after: index)
    }
    return String(self[..<end])
  }
}

extension JSONString {
  /// Whether the value is that text.
  func isValue(_ text: String?) -> Bool {
    guard let text else { return false }
    return isEscaped ? string == text : text.utf8.elementsEqual(bytes)
  }
}

import Wire

// Events whole, as messages, documents and blocks of an event stream. A hub's checksum that was right
// is made right again, so that a replay sees no damage; one that was wrong stays so.

extension SecretFinder {
  /// A document or a message without what is to be taken out; nil where that is nothing.
  func redacted(document raw: UnsafeRawBufferPointer) -> [UInt8]? {
    guard mayHold(raw) else { return nil }
    guard let elements = Self.elements(of: raw) else { return redacted(event: raw) }
    var output: [UInt8] = []
    var place = 0
    for element in elements {
      guard let event = redacted(event: UnsafeRawBufferPointer(rebasing: raw[element])) else {
        continue
      }
      output.append(contentsOf: raw[place..<element.lowerBound])
      output.append(contentsOf: event)
      place = element.upperBound
    }
    guard place > 0 else { return nil }
    output.append(contentsOf: raw[place...])
    return output
  }

  /// A message with header lines before a blank line and its body.
  func redacted(meta raw: UnsafeRawBufferPointer) -> [UInt8]? {
    guard mayHold(raw) else { return nil }
    guard let body = MetaMessage(raw)?.body else { return redacted(raw) }
    let head = UnsafeRawBufferPointer(rebasing: raw[..<(raw.count - body.count)])
    let parts = (redacted(head), redacted(document: body))
    guard parts.0 != nil || parts.1 != nil else { return nil }
    return (parts.0 ?? Array(head)) + (parts.1 ?? Array(body))
  }

  /// The elements of an array; nil of another document, and of one that is not whole.
  private static func elements(of raw: UnsafeRawBufferPointer) -> [Range<Int>]? {
    var reader = JSONReader(raw)
    var elements: [Range<Int>] = []
    do throws(JSONError) {
      guard try reader.peek() == .array else { return nil }
      try reader.beginArray()
      while try reader.nextElement() {
        let length = try reader.skipValue().count
        elements.append((reader.offset - length)..<reader.offset)
      }
      try reader.finish()
      return elements
    } catch {
      return nil
    }
  }

  private func redacted(event raw: UnsafeRawBufferPointer) -> [UInt8]? {
    let message = CheckedMessage(raw)
    guard message.checksum == .right else { return redacted(raw) }
    guard let body = redacted(message.body) else { return nil }
    var output: [UInt8] = []
    CheckedMessage.append(body + [UInt8(ascii: "}")], position: nil, to: &output)
    return output
  }
}

extension SecretFinder {
  /// Whole blocks of an event stream, or lines of one, without what is to be taken out; nil where that
  /// is nothing.
  ///
  /// - Parameter isFirst: whether the stream begins with it: a byte order mark is none of its lines.
  func redacted(block raw: UnsafeRawBufferPointer, isFirst: Bool) -> [UInt8]? {
    guard mayHold(raw) else { return nil }
    var block = StreamBlock(raw, isFirst: isFirst)
    guard block.change({ redacted($0) }) else { return nil }
    return block.bytes
  }
}

/// The lines of a block of an event stream (WHATWG HTML section 9.2.6).
private struct StreamBlock {
  private struct Line {
    /// The name, the colon and the blank before the value of a field; nothing for another line.
    let head: [UInt8]
    var value: [UInt8]
    var end: [UInt8]

    private static let fields = ["data", "id", "event", "retry", "crc32c"].map { Array($0.utf8) }

    init(_ line: Slice<UnsafeRawBufferPointer>, end: [UInt8]) {
      let colon = line.firstIndex(of: UInt8(ascii: ":"))
      var start = line.startIndex
      if Self.fields.contains(where: { $0.elementsEqual(line[..<(colon ?? line.endIndex)]) }) {
        start = colon.map { $0 + 1 } ?? line.endIndex
        if start < line.endIndex, line[start] == 0x20 { start += 1 }
      }
      self.init(head: Array(line[..<start]), value: Array(line[start...]), end: end)
    }

    init(head: [UInt8], value: [UInt8], end: [UInt8]) {
      (self.head, self.value, self.end) = (head, value, end)
    }

    func isField(_ name: StaticString) -> Bool {
      let colon = head.last == 0x20 ? head.dropLast() : head[...]
      let word = colon.last == UInt8(ascii: ":") ? colon.dropLast() : head[...]
      return word.elementsEqual(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private var lines: [Line] = []

  init(_ raw: UnsafeRawBufferPointer, isFirst: Bool) {
    var place = 0
    if isFirst, raw.starts(with: Self.mark) {
      lines = [Line(head: Self.mark, value: [], end: [])]
      place = Self.mark.count
    }
    while place < raw.count {
      let end = raw[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? raw.count
      var next = min(raw.count, end + 1)
      if end + 1 < raw.count, raw[end] == 0x0D, raw[end + 1] == 0x0A { next = end + 2 }
      lines.append(Line(raw[place..<end], end: Array(raw[end..<next])))
      place = next
    }
  }

  /// The block as bytes.
  var bytes: [UInt8] { lines.flatMap { $0.head + $0.value + $0.end } }

  /// Changes what `redact` changes; false when that is nothing.
  mutating func change(_ redact: (UnsafeRawBufferPointer) -> [UInt8]?) -> Bool {
    let sum = checksum
    var isChanged = false
    for place in lines.indices where !lines[place].isField("data") {
      guard let value = lines[place].value.withUnsafeBytes(redact) else { continue }
      lines[place].value = value
      isChanged = true
    }
    if let data = data?.withUnsafeBytes(redact) {
      replaceData(data)
      isChanged = true
    }
    guard isChanged else { return false }
    repair(sum)
    return true
  }

  /// The data lines joined by LF; nil without any.
  private var data: [UInt8]? {
    let values = lines.lazy.filter { $0.isField("data") }.map(\.value)
    return values.isEmpty ? nil : Array(values.joined(separator: [0x0A]))
  }

  /// What a hub's checksum covers: the id, a LF and the data.
  private var checksum: CRC32C {
    var sum = CRC32C()
    let id = lines.last { $0.isField("id") && !$0.value.contains(0) }?.value ?? []
    id.withUnsafeBytes { sum.append($0) }
    sum.append(0x0A)
    (data ?? []).withUnsafeBytes { sum.append($0) }
    return sum
  }

  private mutating func replaceData(_ data: [UInt8]) {
    let values = data.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let places = lines.indices.filter { lines[$0].isField("data") }
    if values.count == places.count {
      for (place, value) in zip(places, values) { lines[place].value = value }
    } else if let first = places.first {
      let new = values.map { Line(head: Array("data: ".utf8), value: $0, end: [0x0A]) }
      let lastEnd = lines.last?.end ?? []
      lines.removeAll { $0.isField("data") }
      lines.insert(contentsOf: new, at: first)
      // A CR and a LF of two lines that now follow each other would be one line end.
      for place in lines.indices where !lines[place].head.elementsEqual(Self.mark) {
        lines[place].end = [0x0A]
      }
      if let last = lines.indices.last { lines[last].end = lastEnd }
    }
  }

  /// Writes the checksum anew where `old` was right.
  private mutating func repair(_ old: CRC32C) {
    guard let place = lines.lastIndex(where: { $0.isField("crc32c") }),
      lines[place].value.withUnsafeBytes(old.isWritten)
    else { return }
    lines[place].value = checksum.digits
  }
}

extension TOMLReader {
  /// The value that is next.
  mutating func value(depth: Int) throws(SettingsFault) -> TOMLValue {
    guard depth < Self.maximumDepth else { throw fault("is nested more than 16 deep") }
    let start = line
    let kind: TOMLValue.Kind
    switch bytes.first {
    case UInt8(ascii: "\"")?, UInt8(ascii: "'")?: kind = .string(try string())
    case UInt8(ascii: "[")?: kind = .array(try array(depth: depth))
    case UInt8(ascii: "{")?: kind = .table(try inlineTable(depth: depth))
    default: kind = try word()
    }
    return TOMLValue(kind: kind, line: start)
  }

  private mutating func array(depth: Int) throws(SettingsFault) -> [TOMLValue] {
    bytes.removeFirst()
    var values: [TOMLValue] = []
    while true {
      skipLines()
      if take("]") { return values }
      values.append(try value(depth: depth + 1))
      skipLines()
      if take("]") { return values }
      guard take(",") else { throw fault("a comma or ] is missing in a list") }
    }
  }

  private mutating func skipLines() {
    repeat {
      skipSpace()
      skipComment()
    } while skipNewline()
  }

  private mutating func inlineTable(depth: Int) throws(SettingsFault) -> TOMLTable {
    bytes.removeFirst()
    var table = TOMLTable(line: line)
    skipSpace()
    if take("}") { return table }
    while true {
      skipSpace()
      let (name, value) = try pair(depth: depth + 1)
      guard table.add(name, line: line, value) else { throw fault("is there twice", key: name) }
      skipSpace()
      if take("}") { return table }
      guard take(",") else { throw fault("a comma or } is missing in a table") }
    }
  }

  /// A boolean or a number.
  private mutating func word() throws(SettingsFault) -> TOMLValue.Kind {
    let raw = bytes.prefix { !" \t\r\n,]}#".utf8.contains($0) }
    let text = String(decoding: raw, as: UTF8.self)
    bytes = bytes.dropFirst(raw.count)
    switch text {
    case "": throw fault("a value is missing")
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    guard let digits = withoutUnderscores(raw) else { throw unknown }
    if let integer = Int64(digits), isDecimal(digits) { return .integer(integer) }
    if let float = Double(digits), float.isFinite, isFloat(digits) { return .float(float) }
    throw unknown
  }

  private var unknown: SettingsFault {
    fault("is no value that is understood here: use a \"text\", a number, true or false")
  }

  /// Underscores may stand between digits alone.
  private func withoutUnderscores(_ raw: ArraySlice<UInt8>) -> String? {
    let isDigit: (UInt8?) -> Bool = { $0.map { (0x30...0x39).contains($0) } ?? false }
    for (index, byte) in raw.enumerated() where byte == UInt8(ascii: "_") {
      let place = raw.startIndex + index
      guard index > 0, place + 1 < raw.endIndex, isDigit(raw[place - 1]), isDigit(raw[place + 1])
      else { return nil }
    }
    return String(decoding: raw.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }

  private func isDecimal(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return digits.allSatisfy { (0x30...0x39).contains($0) }
      && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
  }

  /// Digits, then a fraction, an exponent or both.
  private func isFloat(_ text: String) -> Bool {
    let mark = text.utf8.firstIndex { ".eE".utf8.contains($0) }
    guard let mark, isDecimal(String(text[..<mark])), mark != text.startIndex else { return false }
    let rest = text[mark...].utf8
    guard rest.first == UInt8(ascii: ".") else { return true }
    let fraction = rest.dropFirst()
    return fraction.first.map { (0x30...0x39).contains($0) } ?? false
  }
}

/// Reads the part of TOML 1.0 that a config file of ours needs: comments, `[table]` and `[[array]]`
/// headers of one name, one-line strings, integers, floats, booleans, arrays, inline tables.
///
/// What it accepts is TOML and means what TOML says. Dates, dotted keys and strings over several
/// lines are refused by name. A library would not do: those there are keep no lines once they have
/// read, and a fault in meaning must name its line.
struct TOMLReader {
  /// Longest document, in bytes.
  static let maximumBytes = 1 << 20
  /// Deepest nesting of arrays and inline tables.
  static let maximumDepth = 16

  var bytes: ArraySlice<UInt8>
  var line = 1

  /// The table that a document is.
  static func read(_ document: [UInt8]) throws(SettingsFault) -> TOMLTable {
    guard document.count <= maximumBytes else {
      throw SettingsFault(line: 1, key: "", "the file is longer than 1 MiB")
    }
    var reader = TOMLReader(bytes: document[...])
    if document.starts(with: [0xEF, 0xBB, 0xBF]) { reader.bytes.removeFirst(3) }
    return try reader.document()
  }

  private enum Section {
    case top
    case table(String)
    case element(String)
  }

  private mutating func document() throws(SettingsFault) -> TOMLTable {
    var top = TOMLTable(line: 1)
    var section = Section.top
    while skipBlankLines(), let byte = bytes.first {
      if byte == UInt8(ascii: "[") {
        section = try header(into: &top)
      } else {
        try entry(into: &top, section)
      }
      try endOfLine()
    }
    return top
  }

  private mutating func header(into top: inout TOMLTable) throws(SettingsFault) -> Section {
    let start = line
    bytes.removeFirst()
    let isArray = take("[")
    skipSpace()
    let name = try key()
    skipSpace()
    guard take("]"), !isArray || take("]") else { throw fault("a header lacks its ]") }
    let table = TOMLTable(line: start)
    guard isArray else {
      guard top.add(name, line: start, TOMLValue(kind: .table(table), line: start)) else {
        throw SettingsFault(line: start, key: name, "is there twice")
      }
      return .table(name)
    }
    if top.add(name, line: start, TOMLValue(kind: .tables([table]), line: start)) {
      return .element(name)
    }
    guard case .tables(let tables)? = top[name]?.kind else {
      throw SettingsFault(line: start, key: name, "is there already, as something else")
    }
    top.update(name) { $0.kind = .tables(tables + [table]) }
    return .element(name)
  }

  private mutating func entry(
    into top: inout TOMLTable, _ section: Section
  ) throws(SettingsFault) {
    let start = line
    let (name, value) = try pair(depth: 0)
    var isNew = false
    switch section {
    case .top: isNew = top.add(name, line: start, value)
    case .table(let table):
      top.update(table) { holder in
        guard case .table(var inner) = holder.kind else { return }
        isNew = inner.add(name, line: start, value)
        holder.kind = .table(inner)
      }
    case .element(let array):
      top.update(array) { holder in
        guard case .tables(var inner) = holder.kind, var last = inner.popLast() else { return }
        isNew = last.add(name, line: start, value)
        holder.kind = .tables(inner + [last])
      }
    }
    guard isNew else { throw SettingsFault(line: start, key: name, "is there twice") }
  }

  /// `key = value`.
  mutating func pair(depth: Int) throws(SettingsFault) -> (String, TOMLValue) {
    let name = try key()
    skipSpace()
    if bytes.first == UInt8(ascii: ".") {
      throw fault("dotted keys are not understood here: use a table", key: name)
    }
    guard take("=") else { throw fault("an = is missing after the key", key: name) }
    skipSpace()
    do throws(SettingsFault) {
      return (name, try value(depth: depth))
    } catch {
      throw SettingsFault(
        line: error.line, key: error.key.isEmpty ? name : error.key, error.message)
    }
  }

  private mutating func key() throws(SettingsFault) -> String {
    switch bytes.first {
    case UInt8(ascii: "\"")?, UInt8(ascii: "'")?: return try string()
    default:
      let bare = bytes.prefix(while: isBareKey)
      guard !bare.isEmpty else { throw fault("a key was expected: letters, digits, _ and -") }
      bytes = bytes.dropFirst(bare.count)
      return String(decoding: bare, as: UTF8.self)
    }
  }

  private mutating func endOfLine() throws(SettingsFault) {
    skipSpace()
    skipComment()
    guard bytes.isEmpty || skipNewline() else {
      throw fault("something follows where the line should end")
    }
  }

  /// Skips empty lines and comments; true, for use in a condition.
  private mutating func skipBlankLines() -> Bool {
    repeat {
      skipSpace()
      skipComment()
    } while skipNewline()
    return true
  }
}

private func isBareKey(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
  default: false
  }
}

extension TOMLReader {
  /// A fault of the line that is being read.
  func fault(_ message: String, key: String = "") -> SettingsFault {
    SettingsFault(line: line, key: key, message)
  }

  /// Takes a character if it is next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: character) else { return false }
    bytes.removeFirst()
    return true
  }

  mutating func skipSpace() {
    bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }
  }

  mutating func skipComment() {
    guard bytes.first == UInt8(ascii: "#") else { return }
    bytes = bytes.drop { $0 != 0x0A }
  }

  mutating func skipNewline() -> Bool {
    if bytes.starts(with: [0x0D, 0x0A]) { bytes.removeFirst() }
    guard bytes.first == 0x0A else { return false }
    bytes.removeFirst()
    line += 1
    return true
  }
}

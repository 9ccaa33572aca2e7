/// Reads the keys of one `[[…]]` table, collecting what is wrong with it, each with line and key.
struct TableReader {
  private let table: TOMLTable
  private let name: String
  private(set) var faults: [SettingsFault] = []

  /// Begins to read a table of a name; other keys than those given are faults.
  init(_ table: TOMLTable, named name: String, keys: [String]) {
    self.table = table
    self.name = name
    for entry in table.entries where !keys.contains(entry.key) {
      add(entry.line, entry.key, "is not known: \(keys.joined(separator: ", ")) are")
    }
  }

  /// The line the table begins on.
  var line: Int { table.line }

  /// The value of a key, nil when it is not there.
  subscript(key: String) -> TOMLValue? { table[key] }

  /// A text that must be there, and is not empty.
  mutating func required(_ key: String) -> Located<String>? {
    guard table[key] != nil else {
      add(table.line, key, "is missing from this \(name)")
      return nil
    }
    return text(key)
  }

  /// A text that is not empty.
  mutating func text(_ key: String) -> Located<String>? {
    guard let value = table[key] else { return nil }
    guard case .string(let text) = value.kind, !text.isEmpty else {
      add(value.line, key, "must be a text in quotes, and not empty")
      return nil
    }
    return located(text, value.line, key)
  }

  /// A text that was found at a key on a line.
  func located(_ text: String, _ line: Int, _ key: String) -> Located<String> {
    Located(value: text, line: line, key: "\(name).\(key)")
  }

  /// Notes what is wrong with a key on a line.
  mutating func add(_ line: Int, _ key: String, _ message: String) {
    faults.append(SettingsFault(line: line, key: "\(name).\(key)", message))
  }

  /// Notes what is wrong with a text that was read.
  mutating func add(_ fault: SettingsFault) { faults.append(fault) }
}

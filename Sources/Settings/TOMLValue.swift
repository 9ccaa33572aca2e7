/// A value of a TOML document (TOML 1.0), with the line it begins on.
struct TOMLValue: Equatable, Sendable {
  /// What it is.
  indirect enum Kind: Equatable, Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case array([TOMLValue])
    case table(TOMLTable)
    /// `[[name]]` sections.
    case tables([TOMLTable])
  }

  var kind: Kind
  let line: Int
}

/// Keys and values in the order they were written.
struct TOMLTable: Equatable, Sendable {
  /// One of them.
  struct Entry: Equatable, Sendable {
    let key: String
    let line: Int
    var value: TOMLValue
  }

  /// The line the table begins on.
  let line: Int
  private(set) var entries: [Entry] = []

  init(line: Int) {
    self.line = line
  }

  /// The value of a key, nil when it is not there.
  subscript(key: String) -> TOMLValue? { index(of: key).map { entries[$0].value } }

  /// Adds an entry; false when its key is there already.
  mutating func add(_ key: String, line: Int, _ value: TOMLValue) -> Bool {
    guard index(of: key) == nil else { return false }
    entries.append(Entry(key: key, line: line, value: value))
    return true
  }

  /// Changes the value of a key that is there.
  mutating func update(_ key: String, _ change: (inout TOMLValue) -> Void) {
    if let index = index(of: key) { change(&entries[index].value) }
  }

  /// By bytes: Swift's own equality holds differently composed characters to be the same.
  private func index(of key: String) -> Int? {
    entries.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
  }
}

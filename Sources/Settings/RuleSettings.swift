/// One `[[rule]]`: an alert to raise when a condition over the board's facts holds.
package struct RuleSettings: Equatable, Sendable {
  /// The code of the alert; unique.
  package var name: Located<String>
  /// The condition, an expression over facts.
  package var when: Located<String>
  /// How long it must hold before the alert is raised, as a person writes it.
  package var holdsFor: Located<String>?
  /// 1-5, 5 the worst.
  package var severity: Int
  /// What the alert says.
  package var text: String?
}

/// Reads one `[[rule]]`, collecting what is wrong with it.
struct RuleReader {
  private let table: TOMLTable
  private(set) var faults: [SettingsFault] = []

  private static let keys = ["name", "when", "for", "severity", "text"]
  /// Of a rule that does not say how grave it is.
  private static let usualSeverity = 3
  private static let longestName = 40

  init(_ table: TOMLTable) {
    self.table = table
  }

  /// The rule; nil when it lacks a name or a condition.
  mutating func rule() -> RuleSettings? {
    for entry in table.entries where !Self.keys.contains(entry.key) {
      add(entry.line, entry.key, "is not known: \(Self.keys.joined(separator: ", ")) are")
    }
    let (name, when) = (required("name"), required("when"))
    let span = span()
    let severity = severity()
    let text = text("text")
    guard let name, let when else { return nil }
    if !Self.isName(name.value) {
      faults.append(
        name.fault(
          "must be of letters, digits, _ and -, and at most \(Self.longestName) of them"))
    }
    return RuleSettings(
      name: name, when: when, holdsFor: span, severity: severity, text: text?.value)
  }

  private static func isName(_ text: String) -> Bool {
    text.utf8.count <= longestName
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }

  private mutating func required(_ key: String) -> Located<String>? {
    guard table[key] != nil else {
      add(table.line, key, "is missing from this rule")
      return nil
    }
    return text(key)
  }

  /// A text that is not empty.
  private mutating func text(_ key: String) -> Located<String>? {
    guard let value = table[key] else { return nil }
    guard case .string(let text) = value.kind, !text.isEmpty else {
      add(value.line, key, "must be a text in quotes, and not empty")
      return nil
    }
    return Located(value: text, line: value.line, key: "rule.\(key)")
  }

  private mutating func span() -> Located<String>? {
    guard let value = table["for"] else { return nil }
    if case .integer(let seconds) = value.kind {
      return Located(value: String(seconds), line: value.line, key: "rule.for")
    }
    return text("for")
  }

  private mutating func severity() -> Int {
    guard let value = table["severity"] else { return Self.usualSeverity }
    guard case .integer(let severity) = value.kind, (1...5).contains(severity) else {
      add(value.line, "severity", "must be 1, 2, 3, 4 or 5; 5 is the worst")
      return Self.usualSeverity
    }
    return Int(severity)
  }

  private mutating func add(_ line: Int, _ key: String, _ message: String) {
    faults.append(SettingsFault(line: line, key: "rule.\(key)", message))
  }
}

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
  private var table: TableReader

  private static let keys = ["name", "when", "for", "severity", "text"]
  /// Of a rule that does not say how grave it is.
  private static let usualSeverity = 3
  private static let longestName = 40

  init(_ table: TOMLTable) {
    self.table = TableReader(table, named: "rule", keys: Self.keys)
  }

  var faults: [SettingsFault] { table.faults }

  /// The rule; nil when it lacks a name or a condition.
  mutating func rule() -> RuleSettings? {
    let (name, when) = (table.required("name"), table.required("when"))
    let span = span()
    let severity = severity()
    let text = table.text("text")
    guard let name, let when else { return nil }
    if !Self.isName(name.value) {
      table.add(
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

  private mutating func span() -> Located<String>? {
    guard let value = table["for"] else { return nil }
    if case .integer(let seconds) = value.kind {
      return table.located(String(seconds), value.line, "for")
    }
    return table.text("for")
  }

  private mutating func severity() -> Int {
    guard let value = table["severity"] else { return Self.usualSeverity }
    guard case .integer(let severity) = value.kind, (1...5).contains(severity) else {
      table.add(value.line, "severity", "must be 1, 2, 3, 4 or 5; 5 is the worst")
      return Self.usualSeverity
    }
    return Int(severity)
  }
}

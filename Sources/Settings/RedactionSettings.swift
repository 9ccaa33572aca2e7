/// `[redaction]`: what is taken out of recordings before they are written.
package struct RedactionSettings: Equatable, Sendable {
  /// Whether anything is.
  package var isEnabled = true
  /// Whom recordings are for.
  package var role: Located<String>?
  /// Further names whose values are secrets.
  package var fields: [Located<String>] = []
  /// Further shapes of secrets.
  package var shapes: [Shape] = []

  /// How a secret looks.
  package struct Shape: Equatable, Sendable {
    /// How it begins, at least three characters.
    package let prefix: Located<String>
    /// The characters that follow, `a-z` standing for a range.
    package let characters: String
    /// How many follow at least.
    package let least: Int
    /// What it is called where it was.
    package let name: String
  }

  /// Most fields, and most shapes.
  static let maximumExtras = 64
  static let keys = ["enabled", "role", "fields", "shapes"]
  static let shapeKeys = ["prefix", "characters", "least", "name"]

  /// The usual.
  package init() {}

  /// Reads the table and adds what is wrong with it.
  init(_ table: TOMLTable, _ faults: inout [SettingsFault]) {
    for entry in table.entries {
      let key = "redaction.\(entry.key)"
      func fault(_ message: String) {
        faults.append(SettingsFault(line: entry.line, key: key, message))
      }
      switch (entry.key, entry.value.kind) {
      case ("enabled", .boolean(let flag)): isEnabled = flag
      case ("enabled", _): fault("must be true or false")
      case ("role", .string(let name)):
        role = Located(value: name, line: entry.line, key: key)
      case ("role", _): fault("must be a text in quotes")
      case ("fields", .array(let items)) where items.count <= Self.maximumExtras:
        fields = items.compactMap { Self.field($0, key, &faults) }
      case ("shapes", .array(let items)) where items.count <= Self.maximumExtras:
        shapes = items.compactMap { Self.shape($0, key, &faults) }
      case ("fields", .array), ("shapes", .array): fault("has more than \(Self.maximumExtras)")
      case ("fields", _): fault("is a list: [\"member_id\"]")
      case ("shapes", _): fault("is a list: [{ prefix = \"acme_\", … }]")
      default: fault("is not known: \(Self.keys.joined(separator: ", ")) are")
      }
    }
  }

  private static func field(
    _ item: TOMLValue, _ key: String, _ faults: inout [SettingsFault]
  ) -> Located<String>? {
    guard case .string(let name) = item.kind, name.utf8.count >= 3 else {
      faults.append(
        SettingsFault(
          line: item.line, key: key, "must hold names in quotes of at least three characters"))
      return nil
    }
    return Located(value: name, line: item.line, key: key)
  }

  private static func shape(
    _ item: TOMLValue, _ key: String, _ faults: inout [SettingsFault]
  ) -> Shape? {
    func fault(_ message: String) -> Shape? {
      faults.append(SettingsFault(line: item.line, key: key, message))
      return nil
    }
    guard case .table(let table) = item.kind,
      table.entries.allSatisfy({ shapeKeys.contains($0.key) })
    else {
      return fault("holds { prefix = \"acme_\", characters = \"A-Za-z0-9\", least = 20 }")
    }
    guard case .string(let prefix)? = table["prefix"]?.kind, prefix.utf8.count >= 3 else {
      return fault("needs a prefix in quotes of at least three characters")
    }
    guard case .string(let characters)? = table["characters"]?.kind, !characters.isEmpty else {
      return fault("needs characters in quotes: those that follow the prefix, such as A-Za-z0-9")
    }
    guard case .integer(let least)? = table["least"]?.kind, (1...4_096).contains(least) else {
      return fault("needs least: how many characters follow at least, from 1 to 4096")
    }
    var name = "secret"
    if let value = table["name"] {
      guard case .string(let text) = value.kind, text.utf8.allSatisfy(isNamePart) else {
        return fault("has a name that is not letters, digits and dashes in quotes")
      }
      name = text
    }
    return Shape(
      prefix: Located(value: prefix, line: item.line, key: key), characters: characters,
      least: Int(least), name: name)
  }
}

private func isNamePart(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
  default: false
  }
}

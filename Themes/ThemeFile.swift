import Canvas

/// Why a theme file cannot be used.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The theme's name.
  package let theme: String
  /// The line, from 1; nil when the fault is the whole file's.
  package let line: Int?
  /// What is wrong and what would be right.
  package let problem: String

  package var description: String {
    "theme \(theme)\(line.map { " line \($0)" } ?? ""): \(problem)"
  }
}

extension Theme {
  /// Reads a theme file: `role = colour` lines, `#` comments, an `appearance` line.
  ///
  /// A colour is `#rrggbb`, one of the sixteen terminal names, or `default`. Every role must be
  /// given, so that a theme never shows a colour nobody chose.
  package init(name: String, text: String) throws(ThemeError) {
    var colors: [Role: Color] = [:]
    var appearance: Appearance?
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let trimmed = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard let first = trimmed.first, first != "#" else { continue }
      func fault(_ problem: String) -> ThemeError {
        ThemeError(theme: name, line: index + 1, problem: problem)
      }
      guard let (key, value) = Self.assignment(trimmed) else {
        throw fault("expected \"role = colour\", found \"\(trimmed)\"")
      }
      if key == "appearance" {
        guard let known = Appearance(rawValue: value) else {
          throw fault("appearance is \"dark\" or \"light\", not \"\(value)\"")
        }
        appearance = known
        continue
      }
      guard let role = Role(name: key) else {
        let known = Role.allCases.map(\.name).joined(separator: ", ")
        throw fault("unknown role \"\(key)\"; the roles are \(known)")
      }
      guard let color = Color(value) else {
        throw fault("\"\(value)\" is no colour; write #rrggbb, a terminal colour's name or default")
      }
      colors[role] = color
    }
    for role in Role.allCases where colors[role] == nil {
      throw ThemeError(theme: name, line: nil, problem: "the role \"\(role.name)\" is missing")
    }
    self.init(name: name, appearance: appearance ?? .dark, colors: colors)
  }

  private static func assignment(_ line: Substring) -> (key: String, value: String)? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    let key = line[..<equals].filter { $0 != " " && $0 != "\t" }
    let value = line[line.index(after: equals)...].filter { !" \t\r".contains($0) }
    return key.isEmpty || value.isEmpty ? nil : (key, value)
  }
}

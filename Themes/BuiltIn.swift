extension Theme {
  /// The text of each theme file that is part of the program, by name. A test compares this list
  /// with the folder.
  package static let builtInFiles: [(name: String, bytes: [UInt8])] = [
    ("dark", PackageResources.dark_theme),
    ("light", PackageResources.light_theme),
    ("terminal", PackageResources.terminal_theme),
  ]

  /// The names of the themes that need no file.
  package static var builtInNames: [String] { builtInFiles.map(\.name) }

  /// A theme that is part of the program.
  package static func builtIn(_ name: String) throws(ThemeError) -> Theme {
    guard let file = builtInFiles.first(where: { $0.name == name }) else {
      throw ThemeError(
        theme: name, line: nil,
        problem: "there is no such theme; the themes are \(builtInNames.joined(separator: ", "))")
    }
    return try Theme(name: name, text: String(decoding: file.bytes, as: UTF8.self))
  }
}

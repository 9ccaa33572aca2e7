/// A Bash command that tests, builds or lints, recognised by the programs it runs.
///
/// A table, so a new tool is a row. What is not in it is no check: a claim is better left unproven
/// than proven by an unrelated exit code.
struct CheckCommand: Equatable {
  /// What is checked, in the words evidence uses for its type.
  enum Kind: String {
    case test
    /// Builds and lints look at the source, not at what it does.
    case source
  }

  let kind: Kind
  /// Whether the command's exit code is the check's own. In `mix test | tail` it is not.
  let isConclusive: Bool

  /// The first check in a command, or nil.
  init?(_ text: String) {
    let command = ShellCommand(text)
    for (index, part) in command.parts.enumerated() {
      guard let kind = Self.kind(of: part.words) else { continue }
      self.kind = kind
      isConclusive = command.isConclusive(index)
      return
    }
    return nil
  }

  private static func kind(of words: [String]) -> Kind? {
    var words = words[...]
    while let first = words.first, wrappers.contains(first) || first.contains("=") {
      words.removeFirst()
      if first == "timeout" { words = words.dropFirst() }
      if first == "uv" || first == "poetry" || first == "bundle" { words = words.dropFirst() }
    }
    guard let path = words.first, let program = path.split(separator: "/").last else { return nil }
    if let kind = programs[String(program)] { return kind }
    guard let verbs = verbs[String(program)] else { return nil }
    for word in words.dropFirst() where !word.hasPrefix("-") && word != "run" {
      if let kind = verbs[word] { return kind }
      // `npm run test:unit` is a test as `npm run test` is.
      let stem = word.split(whereSeparator: { ":-".contains($0) }).first.map(String.init)
      return stem.flatMap { verbs[$0] }
    }
    return nil
  }

  private static let wrappers: Set<String> = [
    "env", "time", "timeout", "sudo", "npx", "bunx", "uv", "poetry", "bundle", "nice",
  ]

  private static let programs: [String: Kind] = [
    "pytest": .test, "jest": .test, "vitest": .test, "rspec": .test, "ctest": .test,
    "phpunit": .test, "tox": .test, "nox": .test, "tsc": .source, "eslint": .source,
    "ruff": .source, "mypy": .source, "pyright": .source, "flake8": .source,
    "shellcheck": .source, "swiftlint": .source, "golangci-lint": .source,
  ]

  private static let scripts: [String: Kind] = [
    "test": .test, "build": .source, "lint": .source, "typecheck": .source, "check": .source,
  ]

  private static let verbs: [String: [String: Kind]] = [
    "swift": ["test": .test, "build": .source],
    "cargo": [
      "test": .test, "nextest": .test, "build": .source, "check": .source, "clippy": .source,
    ],
    "go": ["test": .test, "build": .source, "vet": .source],
    "mix": ["test": .test, "compile": .source, "credo": .source, "dialyzer": .source],
    "python": ["pytest": .test, "unittest": .test],
    "python3": ["pytest": .test, "unittest": .test],
    "npm": scripts, "yarn": scripts, "pnpm": scripts, "bun": scripts, "deno": scripts,
    "make": scripts, "just": scripts, "rake": scripts, "gradle": scripts, "gradlew": scripts,
    "dotnet": scripts, "bazel": scripts, "xcodebuild": scripts,
    "mvn": ["test": .test, "verify": .test, "compile": .source, "package": .source],
  ]
}

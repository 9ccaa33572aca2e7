import Domain

extension MandateRules {
  /// A rule of the table; the raw value is its `ruleId`.
  enum Rule: String, NumberedCase, Sendable {
    case delegation = "edit-after-task"
    case planning = "edit-after-list"
    case proof = "check-after-edit"
    case research = "docs-before-manifest"
    case testFirst = "test-before-source"
    case commit = "commit-before-stop"
    case parallel = "ten-at-once"

    /// The key of the mandate.
    var mandate: String {
      switch self {
      case .delegation: "deploy"
      case .planning: "todowrite"
      case .proof: "evidence"
      case .research: "context7"
      case .testFirst: "quality"
      case .commit: "git"
      case .parallel: "parallel"
      }
    }

    /// The tracking point that is touched.
    func point(_ isSatisfied: Bool) -> String {
      switch self {
      case .delegation: isSatisfied ? "task-delegated" : "direct-work"
      case .planning: "list-written"
      case .proof: "claim-judged"
      case .research: isSatisfied ? "docs-read" : "bypassed"
      case .testFirst: "test-first"
      case .commit: "committed"
      case .parallel: "limit-kept"
      }
    }

    /// The type of the violation.
    var violation: String {
      switch self {
      case .delegation: "DIRECT_WORK"
      case .planning: "UNPLANNED_WORK"
      case .proof: "UNSUPPORTED_CLAIM"
      case .research: "UNREAD_DOCS"
      case .testFirst: "SOURCE_BEFORE_TEST"
      case .commit: "UNCOMMITTED_WORK"
      case .parallel: "TOO_MANY_TASKS"
      }
    }

    /// How grave a violation is, 1-5.
    var severity: Int64 {
      switch self {
      case .proof: 4
      case .delegation, .commit: 3
      case .planning, .research, .testFirst, .parallel: 2
      }
    }
  }
}

/// What sort of file an edit concerns, told from its path.
enum ProjectFile: Equatable {
  /// Names the libraries a project uses.
  case manifest
  case test, source, other

  init(_ path: String) {
    let steps = path.split(separator: "/").map(String.init)
    guard let name = steps.last else {
      self = .other
      return
    }
    let dot = name.lastIndex(of: ".")
    let stem = name[..<(dot ?? name.endIndex)]
    let ending = dot.map { name[name.index(after: $0)...].lowercased() } ?? ""
    if Self.manifests.contains(name) {
      self = .manifest
    } else if !Self.sourceEndings.contains(ending) {
      self = .other
    } else {
      let isTest =
        steps.dropLast().contains { Self.testFolders.contains($0.lowercased()) }
        || stem.hasPrefix("test_") || Self.testEndings.contains { stem.hasSuffix($0) }
      self = isTest ? .test : .source
    }
  }

  private static let manifests: Set<String> = [
    "Package.swift", "package.json", "mix.exs", "Cargo.toml", "requirements.txt",
    "pyproject.toml", "go.mod", "Gemfile", "pom.xml", "build.gradle", "composer.json",
  ]

  private static let testFolders: Set<String> = ["test", "tests", "spec", "specs", "__tests__"]

  private static let testEndings = ["_test", ".test", "-test", "_spec", ".spec", "Test", "Tests"]

  private static let sourceEndings: Set<String> = [
    "swift", "ex", "exs", "heex", "py", "js", "jsx", "ts", "tsx", "go", "rs", "rb", "java", "kt",
    "c", "h", "cc", "cpp", "hpp", "cs", "php", "scala", "vue", "svelte",
  ]
}

extension MandateRules.Rule: Comparable {
  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

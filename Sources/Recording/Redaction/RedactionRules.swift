/// What is taken out of a recording before it is written, beyond what always is.
package struct RedactionRules: Hashable, Sendable {
  /// Most names and most shapes beyond the built-in ones.
  package static let maximumExtras = 64
  /// The shortest name and the shortest prefix that can be looked for.
  package static let shortestWord = 3

  /// Whoever the recording is for.
  package var role: RedactionRole
  /// Names, beyond the built-in ones, whose values are secrets: exactly these, in any case.
  package var fields: [String]
  /// Shapes of secrets beyond the well-known ones.
  package var shapes: [SecretShape]

  /// Rules; what is too short or too many of `fields` and `shapes` is left out.
  package init(
    role: RedactionRole = .admin, fields: [String] = [], shapes: [SecretShape] = []
  ) {
    self.role = role
    self.fields = Array(
      fields.filter { $0.utf8.count >= Self.shortestWord }.prefix(Self.maximumExtras))
    self.shapes = Array(
      shapes.filter { $0.prefix.utf8.count >= Self.shortestWord }.prefix(Self.maximumExtras))
  }
}

/// Who may look at a recording (DOMAIN section 5): what a role may not see is masked.
package enum RedactionRole: String, CaseIterable, Hashable, Sendable {
  case server, cook, expo, admin, viewer, `operator`, auditor

  /// The members of an event's data that are masked. Which rows are a role's own cannot be told from
  /// a feed, so what it may see of its own rows alone is masked in all.
  var masked: [String] {
    switch self {
    case .server:
      ["resident", "transcript", "requests", "preference", "suggestion"] + Self.diet
    case .cook, .expo: ["resident", "transcript", "requests", "preference", "suggestion"]
    case .viewer:
      [
        "text", "summary", "description", "error", "claim", "requirement", "reason", "transcript",
        "resident", "requests", "preference", "suggestion", "content", "prompt", "input", "output",
        "command", "stdout", "stderr", "thinking",
      ] + Self.diet
    case .admin, .operator, .auditor: []
    }
  }

  private static let diet = ["allergens", "dietary", "texture"]
}

/// A shape by which a secret is known wherever it stands: how it begins, of which characters the rest
/// is, and how many of those there are at least.
package struct SecretShape: Hashable, Sendable {
  /// How it begins.
  package let prefix: String
  /// What follows the prefix.
  package let characters: ByteSet
  /// How many characters follow at least.
  package let least: Int
  /// What it is called where it was: `[redacted:name]`.
  package let name: String

  /// A shape.
  package init(_ prefix: String, _ characters: String, least: Int, name: String = "token") {
    self.prefix = prefix
    self.characters = ByteSet(characters)
    self.least = max(1, least)
    self.name = String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
  }

  /// Shapes that issuers have given their secrets so that they can be found.
  static let wellKnown: [SecretShape] = {
    let word = "A-Za-z0-9"
    let github = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { SecretShape($0, word, least: 20) }
    let slack = ["xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"].map {
      SecretShape($0, word + "-", least: 10)
    }
    let stripe = ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"].map {
      SecretShape($0, word, least: 16, name: "key")
    }
    let aws = ["AKIA", "ASIA"].map { SecretShape($0, "A-Z0-9", least: 16, name: "key") }
    return github + slack + stripe + aws + [
      SecretShape("sk-", word + "_-", least: 20, name: "key"),
      SecretShape("github_pat_", word + "_", least: 20),
      SecretShape("glpat-", word + "_-", least: 16),
      SecretShape("AIza", word + "_-", least: 30, name: "key"),
      SecretShape("ya29.", word + "_.-", least: 20),
      SecretShape("npm_", word, least: 30),
      SecretShape("dop_v1_", "a-f0-9", least: 32),
      SecretShape("SG.", word + "_.-", least: 32, name: "key"),
      SecretShape("hf_", "A-Za-z", least: 30),
      SecretShape("pypi-", word + "_-", least: 50),
    ]
  }()
}

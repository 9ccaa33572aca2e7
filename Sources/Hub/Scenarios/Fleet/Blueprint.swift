/// A piece of work as an orchestrator plans it, and how it is proven.
struct Blueprint: Sendable {
  /// What the task's id begins with.
  let area: String
  /// What is to be done.
  let title: String
  /// The type of agent that does it.
  let agent: String
  /// What the agent will claim.
  let claim: String
  /// What kind of evidence that needs.
  let proof: String
  /// What depends on it: BLOCKING, WARNING or ADVISORY.
  let gate: String
  /// The command whose exit code proves it.
  let check: String

  init(
    _ area: String, _ title: String, by agent: String, claim: String, proof: String,
    gate: String, check: String
  ) {
    self.area = area
    self.title = title
    self.agent = agent
    self.claim = claim
    self.proof = proof
    self.gate = gate
    self.check = check
  }

  /// Chains of work: each piece waits for the one before it.
  static let stories: [[Blueprint]] = [signIn, invoices, search, upgrade, docs, speed, release]

  private static let signIn = [
    Blueprint(
      "DB", "users schema", by: "schema-designer", claim: "migrations run both ways",
      proof: "test", gate: "BLOCKING", check: "make migrate-roundtrip"),
    Blueprint(
      "API", "auth endpoints", by: "api-builder", claim: "all 48 auth tests pass",
      proof: "test", gate: "BLOCKING", check: "swift test --filter AuthTests"),
    Blueprint(
      "UI", "login form", by: "ui-builder", claim: "login works with the keyboard alone",
      proof: "demo", gate: "WARNING", check: "npm run e2e -- login"),
    Blueprint(
      "SEC", "review sign-in", by: "security-auditor", claim: "no token reaches the log",
      proof: "source", gate: "BLOCKING", check: "make scan-secrets"),
  ]

  private static let invoices = [
    Blueprint(
      "DB", "invoice numbering", by: "schema-designer", claim: "numbers have no holes",
      proof: "behaviour", gate: "BLOCKING", check: "make check-numbering"),
    Blueprint(
      "API", "invoice totals", by: "api-builder", claim: "rounding matches the ledger",
      proof: "test", gate: "BLOCKING", check: "pytest tests/test_rounding.py -q"),
    Blueprint(
      "DOC", "invoice guide", by: "doc-curator", claim: "docs match the screens",
      proof: "demo", gate: "ADVISORY", check: "make docs-screens"),
  ]

  private static let search = [
    Blueprint(
      "IDX", "rebuild index", by: "system-enhancer", claim: "index rebuilds in one pass",
      proof: "measurement", gate: "WARNING", check: "make bench-index"),
    Blueprint(
      "API", "search filters", by: "api-builder", claim: "filters compose in any order",
      proof: "test", gate: "BLOCKING", check: "swift test --filter FilterTests"),
    Blueprint(
      "UI", "result list", by: "ui-builder", claim: "a long list scrolls at 60 Hz",
      proof: "measurement", gate: "WARNING", check: "npm run bench -- scroll"),
  ]

  private static let upgrade = [
    Blueprint(
      "DEP", "raise dependencies", by: "refs-consolidator", claim: "build is clean",
      proof: "test", gate: "BLOCKING", check: "swift build"),
    Blueprint(
      "FIX", "mend deprecations", by: "code-reviewer", claim: "no warning is left",
      proof: "source", gate: "WARNING", check: "make lint"),
  ]

  private static let docs = [
    Blueprint(
      "DOC", "check links", by: "link-tester", claim: "all 312 links resolve",
      proof: "measurement", gate: "ADVISORY", check: "make linkcheck"),
    Blueprint(
      "DOC", "rewrite quick start", by: "doc-curator", claim: "a newcomer is done in 5 minutes",
      proof: "demo", gate: "WARNING", check: "make quickstart-smoke"),
  ]

  private static let speed = [
    Blueprint(
      "PERF", "profile start-up", by: "perf-profiler", claim: "start-up is under 40 ms",
      proof: "benchmark", gate: "WARNING", check: "make bench-startup"),
    Blueprint(
      "PERF", "drop copies in decoder", by: "perf-profiler", claim: "decoding is 1.8x faster",
      proof: "benchmark", gate: "BLOCKING", check: "make bench-decode"),
  ]

  private static let release = [
    Blueprint(
      "QA", "regression suite", by: "testing-strategist", claim: "coverage is up by 2.4 %",
      proof: "measurement", gate: "WARNING", check: "make coverage"),
    Blueprint(
      "QA", "judge open claims", by: "evidence-validator", claim: "every claim has its proof",
      proof: "source", gate: "BLOCKING", check: "make audit-evidence"),
    Blueprint(
      "REL", "changelog and tag", by: "release-manager", claim: "the tag builds from clean",
      proof: "test", gate: "BLOCKING", check: "make release-check"),
  ]

  /// What agents read, search, change and run.
  static let files = [
    "Sources/Auth/Session.swift", "Sources/Auth/TokenStore.swift", "api/routes/invoices.py",
    "web/src/LoginForm.tsx", "web/src/ResultList.tsx", "db/migrations/0042_users.sql",
    "Tests/AuthTests/LoginTests.swift", "tests/test_rounding.py", "Makefile", "docs/quickstart.md",
    "Sources/Search/Filter.swift", "Sources/Decoder/Reader.swift", "README.md", "api/schema.json",
  ]
  static let patterns = [
    "TODO", "func refresh(", "deprecated", "import os", "SELECT .* FROM users", "aria-label",
    "token", "retry",
  ]
  static let commands = [
    "git status --short", "git diff --stat", "swift build", "make lint", "ls -la db/migrations",
    "npm test -- --watch=false", "pytest -q", "wc -l Sources/**/*.swift",
  ]
  static let pages = [
    "docs.swift.org/concurrency", "www.postgresql.org/docs/current/ddl.html",
    "react.dev/reference/react", "cloudevents.io/spec",
  ]
  /// Where runs work and with what.
  static let projects = ["harbor-api", "ledger", "atlas-search", "tideline", "orchard", "beacon"]
  static let models = ["claude-opus-4", "claude-sonnet-4", "claude-haiku-4"]
}

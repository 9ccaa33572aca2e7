import Testing

@testable import Wire

@Suite("parts of the transcript decoder")
struct TranscriptPartsTests {
  @Test(
    "a check is known by the program it runs, and judged only where its exit code shows",
    arguments: [
      ("swift test", CheckCommand.Kind.test, true),
      ("cd app && swift test 2>&1", .test, true),
      ("mix test 2>&1 | tail -30", .test, false),
      ("mix test; echo done", .test, false),
      ("npm run lint || true", .source, false),
      ("CI=1 timeout 60 npm run test:unit -- --all", .test, true),
      ("python3 -m pytest -q", .test, true),
      ("uv run pytest && git commit -m x", .test, true),
      ("./gradlew build", .source, true),
      ("make check", .source, true),
    ])
  func checks(command: String, kind: CheckCommand.Kind, isConclusive: Bool) {
    let check = CheckCommand(command)
    #expect(check?.kind == kind)
    #expect(check?.isConclusive == isConclusive)
  }

  @Test(
    "other commands are no checks",
    arguments: [
      "", "git status", "echo 'swift test'", "git commit -m \"run mix test\"", "npm install",
      "cat <<EOF\nswift test\nEOF", "swift", "&& || ;", "'", "\\",
    ])
  func others(command: String) {
    #expect(CheckCommand(command) == nil)
  }

  @Test("a line is cut after a whole character")
  func cutLines() {
    #expect("e\u{301}e\u{301}".prefix(bytes: 5) == "e\u{301}")
    #expect("👩‍👩‍👧x".prefix(bytes: 10).isEmpty)
    #expect("مرحبا".prefix(bytes: 5) == "مر")
    #expect(line(#""\n\n  first\nsecond""#) == "first")
    #expect(line(#""\u0645\u0631 \ud83d\ude00""#) == "مر 😀")
    #expect(line("\"\(String(repeating: "é", count: 100))\"").utf8.count == 120)
  }

  @Test("a failed command's exit code is read from its result")
  func exitCodes() {
    #expect(string(#""Exit code 128\nfatal""#) { $0.exitCode } == 128)
    #expect(string(#""Exit code ""#) { $0.exitCode } == nil)
    #expect(string(#""Exit code 99999999999999999999""#) { $0.exitCode } == nil)
  }

  @Test("bytes of a text are counted without its escapes")
  func byteCounts() {
    #expect(string(#""a\n\u00e9\ud83d\ude00""#) { $0.byteCount } == 8)
  }

  @Test(
    "a file is a manifest, a test, a source or neither",
    arguments: [
      ("/a/Package.swift", ProjectFile.manifest), ("/a/Tests/X.swift", .test),
      ("a/foo_test.go", .test), ("src/latest.js", .source), ("README.md", .other), ("", .other),
    ])
  func files(path: String, kind: ProjectFile) {
    #expect(ProjectFile(path) == kind)
  }

  @Test("a table keeps its newest keys and forgets a generation")
  func recentTable() {
    var table = RecentTable<Int>(bound: 2)
    for key in 1...5 { table[String(key)] = key }
    #expect(table.sortedKeys == ["3", "4", "5"])
    table["3"] = nil
    #expect(table["3"] == nil)
    #expect(table["5"] == 5)
  }

  private func line(_ json: String) -> String { string(json) { $0.firstLine() } ?? "" }

  private func string<Value>(_ json: String, _ ask: (JSONString) -> Value?) -> Value? {
    Array(json.utf8).withUnsafeBytes { bytes in
      var reader = JSONReader(bytes)
      guard let text = try? reader.readString() else { return nil }
      return ask(text)
    }
  }
}

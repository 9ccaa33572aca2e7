import Testing

@testable import Settings

@Suite("TOML, as far as settings need it")
struct TOMLReaderTests {
  @Test("texts, numbers, booleans, lists and tables are read with their lines")
  func reads() throws {
    let table = try read(
      """
      # a comment
      a = "x\\t\\u00e9\\\\" # another
      'b c' = 'C:\\temp'

      d = [1, -2_000, # three
        +3.5e2, ]
      e = { f = true, "g" = [] }
      [h]
      i = 0
      [[j]]
      k = 1
      [[j]]
      k = 2
      """)
    #expect(table["a"] == TOMLValue(kind: .string("x\té\\"), line: 2))
    #expect(table["b c"] == TOMLValue(kind: .string("C:\\temp"), line: 3))
    let numbers: [TOMLValue] = [
      TOMLValue(kind: .integer(1), line: 5), TOMLValue(kind: .integer(-2_000), line: 5),
      TOMLValue(kind: .float(350), line: 6),
    ]
    #expect(table["d"] == TOMLValue(kind: .array(numbers), line: 5))
    guard case .table(let inline)? = table["e"]?.kind, case .table(let section)? = table["h"]?.kind,
      case .tables(let elements)? = table["j"]?.kind
    else {
      Issue.record("a table is missing")
      return
    }
    #expect(inline["f"]?.kind == .boolean(true) && inline["g"]?.kind == .array([]))
    #expect(section["i"] == TOMLValue(kind: .integer(0), line: 9))
    #expect(elements.map { $0["k"]?.kind } == [.integer(1), .integer(2)])
    #expect(elements.map(\.line) == [10, 12])
  }

  @Test("an empty document, a byte order mark and CR LF are fine")
  func edges() throws {
    #expect(try read("").entries.isEmpty)
    #expect(try read("\u{FEFF}a = 1\r\n\r\nb = 2")["b"]?.line == 3)
    #expect(try read("a = \"\"")["a"]?.kind == .string(""))
  }

  @Test(
    "what is broken is told with its line",
    arguments: [
      ("a", 1, "an = is missing after the key"),
      ("\n\na =", 3, "a value is missing"),
      ("a = 1 b = 2", 1, "something follows where the line should end"),
      ("a = 1\na = 2", 2, "is there twice"),
      ("[a]\n[a]", 2, "is there twice"),
      ("a = 1\n[[a]]", 2, "is there already, as something else"),
      ("[a", 1, "a header lacks its ]"),
      ("[[a]", 1, "a header lacks its ]"),
      ("a = \"x", 1, "a text lacks its closing quote"),
      ("a = \"x\ny\"", 1, "a text lacks its closing quote"),
      ("a = \"\"\"x\"\"\"", 1, "text over several lines is not understood here"),
      ("a = \"\\q\"", 1, "a text has an unknown escape: write \\\\ for \\, or use 'single quotes'"),
      ("a = \"\\uD800\"", 1, "a text has a \\u escape that is no character"),
      ("a = \"\u{1B}\"", 1, "a text has a control character"),
      ("a.b = 1", 1, "dotted keys are not understood here: use a table"),
      ("a = [1, 2", 1, "a comma or ] is missing in a list"),
      ("a = [1 2]", 1, "a comma or ] is missing in a list"),
      ("a = {b = 1", 1, "a comma or } is missing in a table"),
      ("a = {b = 1, b = 2}", 1, "is there twice"),
      ("é = 1", 1, "a key was expected: letters, digits, _ and -"),
    ])
  func broken(document: String, line: Int, message: String) {
    let fault = #expect(throws: SettingsFault.self) { try read(document) }
    #expect(fault?.line == line && fault?.message == message)
  }

  @Test(
    "what is no value is told as that",
    arguments: [
      "yes", "01", "1__0", "_1", "1_", "1.", ".5", "1e", "0x10", "nan", "inf", "1979-05-27", "--1",
      "99999999999999999999", "True", "１",
    ])
  func noValue(text: String) {
    let fault = #expect(throws: SettingsFault.self) { try read("a = \(text)") }
    #expect(
      fault?.message
        == "is no value that is understood here: use a \"text\", a number, true or false")
    #expect(fault?.key == "a")
  }

  @Test("bytes that are no UTF-8, and endless nesting, are faults and no more")
  func hostile() {
    #expect(throws: SettingsFault.self) {
      try TOMLReader.read(Array("a = \"".utf8) + [0xFF, 0x22])
    }
    #expect(throws: SettingsFault.self) {
      try read("a = " + String(repeating: "[", count: 100_000))
    }
    #expect(throws: SettingsFault.self) {
      try read("a = " + String(repeating: "{a=", count: 100_000))
    }
    #expect(throws: SettingsFault.self) {
      try TOMLReader.read([UInt8](repeating: 0x20, count: 1 << 20 | 1))
    }
  }

  @Test("every cut of a document is read or refused")
  func cuts() {
    let bytes = Array(Settings.example.utf8.filter { $0 != UInt8(ascii: "#") })
    for length in 0...bytes.count { _ = try? TOMLReader.read(Array(bytes.prefix(length))) }
  }

  private func read(_ text: String) throws(SettingsFault) -> TOMLTable {
    try TOMLReader.read(Array(text.utf8))
  }
}

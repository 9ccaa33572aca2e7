import Testing

@testable import CESQL

private let attributes: [String: CESQLValue] = [
  "id": .string("42"), "count": .integer(7), "flag": .boolean(true), "word": .string("Été"),
]

private func evaluate(_ text: String) throws -> CESQLResult {
  try CESQLExpression(text).evaluate { attributes[$0] }
}

@Suite struct EvaluationTests {
  @Test(
    "an error gives the zero value of the operator around it",
    arguments: [
      ("missing", CESQLValue.boolean(false), CESQLError.Kind.missingAttribute),
      ("missing + 1", .integer(0), .missingAttribute),
      ("1 + missing", .integer(0), .missingAttribute),
      ("NOT (missing = 1)", .boolean(false), .missingAttribute),
      ("missing != 1", .boolean(false), .missingAttribute),
      ("missing OR TRUE", .boolean(false), .missingAttribute),
      ("missing NOT LIKE 'a'", .boolean(false), .missingAttribute),
      ("missing NOT IN (1)", .boolean(false), .missingAttribute),
      ("1 IN (2, missing)", .boolean(false), .missingAttribute),
      ("UPPER(missing)", .string(""), .missingAttribute),
      ("LENGTH(missing)", .integer(0), .missingAttribute),
      ("word = 5", .boolean(false), .cast), ("word != 5", .boolean(false), .cast),
      ("word > 5", .boolean(false), .cast), ("word AND TRUE", .boolean(false), .cast),
      ("1 IN ('a')", .boolean(false), .cast), ("-word", .integer(0), .cast),
      ("2147483647 + 1", .integer(0), .math), ("-2147483648 - 1", .integer(0), .math),
      ("65536 * 65536", .integer(0), .math), ("-2147483648 / -1", .integer(0), .math),
      ("-(-2147483648)", .integer(0), .math), ("1 / 0 = 0", .boolean(false), .math),
      ("NOWHERE(1)", .boolean(false), .missingFunction),
      ("ABS()", .boolean(false), .missingFunction),
      ("SUBSTRING('abc', 1, -1)", .string(""), .functionEvaluation),
      ("LEFT('abc', 'x')", .string(""), .cast),
    ])
  func errors(text: String, value: CESQLValue, kind: CESQLError.Kind) throws {
    let result = try evaluate(text)
    #expect(result.value == value)
    #expect(result.error?.kind == kind)
    #expect(!result.passes)
  }

  @Test(
    "values are cast to what the operator takes",
    arguments: [
      ("id = 42", true), ("id + 0 = 42", true), ("42 = id", true), ("id > 9", true),
      ("'+5' = 5", true), ("'05' = 5", true), ("5 = '05'", false), ("flag = 'true'", true),
      ("'TRUE' = flag", true), ("flag + 1 = 2", true), ("count AND flag", true),
      ("0 OR FALSE", false), ("count LIKE '_'", true), ("7 IN (id, count)", true),
      ("id IN (42)", true), ("EXISTS id AND NOT EXISTS nothing", true), ("-7 % 4 = -3", true),
      ("-7 / 4 = -1", true), ("-2147483648 % -1 = 0", true), ("flag XOR flag", false),
    ])
  func casts(text: String, expected: Bool) throws {
    #expect(try evaluate(text) == CESQLResult(.boolean(expected)))
  }

  @Test("a right side that cannot matter is not looked at")
  func shortCircuit() throws {
    #expect(try evaluate("FALSE AND missing = 1") == CESQLResult(.boolean(false)))
    #expect(try evaluate("TRUE OR missing = 1") == CESQLResult(.boolean(true)))
    #expect(try evaluate("TRUE XOR missing = 1").error?.kind == .missingAttribute)
    #expect(try evaluate("1 IN (1, missing)") == CESQLResult(.boolean(true)))
  }

  @Test("texts are compared and counted by character, letter case included")
  func texts() throws {
    #expect(try evaluate("LENGTH(word)") == CESQLResult(.integer(3)))
    #expect(try evaluate("UPPER(word) = 'ÉTÉ'").passes)
    #expect(try evaluate("word = 'été'").value == .boolean(false))
    // An accent of its own is a character of its own.
    #expect(try evaluate("'e\u{301}' = '\u{E9}'").value == .boolean(false))
    #expect(try evaluate("LENGTH('e\u{301}')") == CESQLResult(.integer(2)))
    #expect(try evaluate("TRIM('\u{2003} a b\u{A0}') = 'a b'").passes)
    #expect(try evaluate("TRIM('\u{1}a')") == CESQLResult(.string("\u{1}a")))
    #expect(try evaluate("RIGHT('añb', 2) = 'ñb'").passes)
    #expect(try evaluate("SUBSTRING('añb', -2, 1) = 'ñ'").passes)
    #expect(try evaluate("CONCAT_WS('/', 1, TRUE, 'x') = '1/true/x'").passes)
    #expect(try evaluate(#"'a\\' = 'a\\'"#).passes)
    #expect(try evaluate(#"'it\'s' = "it's""#).passes)
    #expect(try evaluate(#"LENGTH('a\nb')"#) == CESQLResult(.integer(4)))
  }

  @Test(
    "LIKE matches whole texts",
    arguments: [
      ("''", "''", true), ("''", "'%'", true), ("''", "'_'", false), ("'é'", "'_'", true),
      ("'abcabc'", "'%abc'", true), ("'abcab'", "'%abc'", false), ("'aXbXc'", "'%X%c'", true),
      ("'a%'", "'a\\%'", true), ("'ab'", "'a\\%'", false), ("'a\\\\'", "'a\\\\'", true),
      ("'abc'", "'%%%_%%'", true), ("'abc'", "'ABC'", false),
      ("'mississippi'", "'m%iss%ip_i'", true),
    ])
  func like(text: String, pattern: String, expected: Bool) throws {
    #expect(try evaluate("\(text) LIKE \(pattern)") == CESQLResult(.boolean(expected)))
  }

  @Test("a LIKE made to try everything is answered at once")
  func catastrophe() throws {
    let text = String(repeating: "a", count: 20_000)
    let pattern = String(repeating: "a%", count: 500) + "b"
    let expression = try CESQLExpression("text LIKE '\(pattern)'")
    #expect(expression.evaluate { _ in .string(text) } == CESQLResult(.boolean(false)))
  }

  @Test("an expression cannot make texts without bound")
  func growth() throws {
    let big = String(repeating: "x", count: 600_000)
    let result = try CESQLExpression("LENGTH(CONCAT(a, a)) > 0").evaluate { _ in .string(big) }
    #expect(result.error?.kind == .functionEvaluation)
    #expect(result.value == .boolean(false))
  }

  @Test("errors tell their column and what is the matter")
  func words() throws {
    #expect(
      try evaluate("1 = 1 AND nothing = 1").error?.description == "column 11: nothing is missing")
    #expect(
      try evaluate("word > 5").error?.description
        == "column 6: \"Été\" cannot be read as a number")
    #expect(
      try evaluate("LOWERS('a')").error?.description
        == "column 1: there is no function LOWERS; did you mean LOWER?")
    #expect(
      try evaluate("substring('a')").error?.description
        == "column 1: SUBSTRING takes 2 or 3 values, not 1")
    #expect(
      try evaluate("CONCAT_WS()").error?.description
        == "column 1: CONCAT_WS takes at least 1 values, not 0")
  }
}

@Suite struct CheckTests {
  private func complaint(_ text: String) -> String? {
    do throws(CESQLError) {
      try CESQLExpression(text).check()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("what could never be evaluated is found beforehand, however deep it stands")
  func check() {
    #expect(complaint("id = 'x' AND LENGTH(id) > 3") == nil)
    #expect(
      complaint("id = 'x' AND NOT (LENGHT(id) > 3)")
        == "column 19: there is no function LENGHT; did you mean LENGTH?")
    #expect(complaint("id > 'x'") == "column 4: \"x\" cannot be read as a number")
    #expect(complaint("id AND 'x'") == "column 4: \"x\" cannot be read as TRUE or FALSE")
    #expect(complaint("id > '5'") == nil)
    #expect(complaint("1 IN (2, ABS())") == "column 10: ABS takes 1 values, not 0")
  }

  @Test("the type of an expression is known where no attribute decides it")
  func kinds() throws {
    func kind(_ text: String) throws -> CESQLKind? { try CESQLExpression(text).kind() }
    #expect(try kind("a = 1") == .boolean)
    #expect(try kind("a + 1") == .integer)
    #expect(try kind("CONCAT(a)") == .string)
    #expect(try kind("a") == nil)
    #expect(try CESQLExpression("a").kind { _ in .integer } == .integer)
    #expect(try kind("EXISTS a") == .boolean)
  }

  @Test("near names are found, the nearest first")
  func nearNames() {
    let known = ["kds.late", "kds.held", "kds.open", "tasks.open", "agents.stalled"]
    #expect(NearNames.nearest(to: "kds.lates", in: known) == ["kds.late"])
    #expect(NearNames.nearest(to: "open", in: known) == ["kds.open", "tasks.open"])
    #expect(NearNames.nearest(to: "agent.stalled", in: known) == ["agents.stalled"])
    #expect(NearNames.nearest(to: "zzzzzz", in: known) == [])
    #expect(NearNames.advice(["a", "b"]) == "; did you mean a or b?")
    #expect(NearNames.advice([]) == "")
  }
}

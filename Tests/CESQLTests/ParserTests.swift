import Testing

@testable import CESQL

private func complaint(_ text: String, _ dialect: CESQLDialect = .standard) -> String? {
  do throws(CESQLError) {
    _ = try CESQLExpression(text, dialect: dialect)
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct ParserTests {
  @Test(
    "what cannot be read is told with its column and what was expected",
    arguments: [
      ("", "column 1: expected a name, a number, a text, TRUE, FALSE or \"(\", not the end"),
      ("a =", "column 4: expected a name, a number, a text, TRUE, FALSE or \"(\", not the end"),
      ("a b", "column 3: expected an operator or the end, not \"b\""),
      ("(a", "column 3: expected \")\" for the \"(\" of column 1, not the end"),
      ("ABC(", "column 5: expected a name, a number, a text, TRUE, FALSE or \"(\", not the end"),
      ("a LIKE b", "column 8: expected a text in quotes after LIKE, not \"b\""),
      ("a NOT b", "column 7: expected LIKE or IN after NOT, not \"b\""),
      ("a IN b", "column 6: expected \"(\" after IN, not \"b\""),
      ("a IN ()", "column 7: expected a name, a number, a text, TRUE, FALSE or \"(\", not \")\""),
      ("EXISTS 'a'", "column 8: expected a name after EXISTS, not a text"),
      ("'abc", "column 1: the text that begins here lacks its closing quote"),
      ("a && b", "column 3: \"&\" means nothing here; write AND"),
      ("!a", "column 1: \"!\" means nothing here; write NOT, or != for unequal"),
      ("é = 1", "column 1: U+E9 means nothing here"),
      ("'é' ? 1", "column 5: \"?\" means nothing here"),
      ("a.b = 1", "column 2: \".\" means nothing here"),
      ("a_b = 1", "column 1: \"a_b\" is no name: letters and digits only"),
      ("a1(2)", "column 1: \"a1\" is no name of a function: letters and _ only"),
      ("+ 1", "column 1: expected digits right after \"+\""),
      ("2147483648", "column 1: 2147483648 is beyond the numbers from -2147483648 to 2147483647"),
      ("- 2147483648", "column 3: 2147483648 is beyond the numbers from -2147483648 to 2147483647"),
    ])
  func complaints(text: String, expected: String) {
    #expect(complaint(text) == expected)
  }

  @Test("names may have dots in our dialect alone")
  func dots() throws {
    let expression = try CESQLExpression("Kds.oldest_s > 5 AND open_x = 1", dialect: .dotted)
    #expect(expression.names.map(\.name) == ["kds.oldest_s", "open_x"])
    #expect(expression.names.map(\.column) == [1, 22])
    #expect(
      complaint("kds..late = 1", .dotted)
        == "column 1: \"kds..late\" lacks a part of its name beside a dot")
    #expect(complaint("kds.late. = 1", .dotted)?.hasPrefix("column 1: ") == true)
    #expect(
      complaint("a > 1.5", .dotted) == "column 5: 1.5 is no whole number; numbers are whole")
  }

  @Test("names are found in any case; what follows a dot keeps its own")
  func cases() throws {
    let expression = try CESQLExpression(
      "SUBJECT = data.toolUseId OR subject = ''", dialect: .dotted)
    #expect(expression.names.map(\.name) == ["subject", "data.toolUseId"])
  }

  @Test("an expression has bounds: its length and its depth")
  func bounds() throws {
    let long = "'" + String(repeating: "a", count: CESQLExpression.maximumLength) + "'"
    #expect(complaint(long) == "column 1: the expression is longer than 8192 bytes")
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "TRUE" + String(repeating: ")", count: count)
    }
    #expect(try CESQLExpression(nested(256)).evaluate { _ in nil }.passes)
    #expect(
      complaint(nested(257))
        == "column 257: more than 256 operators, calls and parentheses")
    let chain = Array(repeating: "FALSE", count: 257).joined(separator: " OR ")
    #expect(try CESQLExpression(chain).evaluate { _ in nil }.value == .boolean(false))
    #expect(complaint(chain + " OR TRUE") != nil)
    let minus = String(repeating: "-", count: 300) + "1"
    #expect(complaint(minus) != nil)
    // A list may be long: its elements make nothing deeper.
    let list = (0..<1_000).map(String.init).joined(separator: ",")
    #expect(try CESQLExpression("999 IN (\(list))").evaluate { _ in nil }.passes)
  }

  @Test("operators bind as the specification orders them, from left to right")
  func precedence() throws {
    func value(_ text: String) throws -> CESQLValue {
      let attributes: [String: CESQLValue] = ["a": .boolean(false), "b": .boolean(true)]
      let result = try CESQLExpression(text).evaluate { attributes[$0] }
      #expect(result.error == nil)
      return result.value
    }
    #expect(try value("2 + 3 * 4 - 1") == .integer(13))
    #expect(try value("10 - 3 - 2") == .integer(5))
    #expect(try value("10 -3") == .integer(7))
    #expect(try value("7 % 4 * 2") == .integer(6))
    #expect(try value("1 + 1 = 2 AND 3 > 2") == .boolean(true))
    // AND and OR are of one rank: read from left to right, unlike in SQL.
    #expect(try value("TRUE OR TRUE AND FALSE") == .boolean(false))
    // NOT takes the nearest value alone.
    #expect(try value("NOT a = b") == .boolean(true))
    #expect(try value("NOT a LIKE 'tr%'") == .boolean(true))
    #expect(try value("-2 * -3") == .integer(6))
    #expect(try value("-2147483648") == .integer(.min))
  }
}

import CESQL

/// An expression is understood or refused with a column of its text; what is understood comes to a
/// value of its type, the same each time.
func fuzzCESQL(_ input: Input) {
  let text = input.text
  for dialect in [CESQLDialect.standard, .dotted] {
    do throws(CESQLError) {
      let expression = try CESQLExpression(text, dialect: dialect)
      evaluate(expression)
    } catch {
      require(error.kind == .parse, "what cannot be read is a parse error")
      require(
        (1...text.unicodeScalars.count + 1).contains(error.column), "a column is in the text")
    }
  }
}

private func evaluate(_ expression: CESQLExpression) {
  let values: [CESQLValue?] = [
    nil, .boolean(true), .integer(Int32.min), .integer(7), .string("-2147483648"),
    .string("a%_\\é"),
  ]
  for value in values {
    let result = expression.evaluate { _ in value }
    require(result == expression.evaluate { _ in value }, "an expression has one value")
    if let kind = expression.kind({ _ in value?.kind }), value != nil || expression.names.isEmpty {
      require(result.value.kind == kind, "an expression comes to its type")
    }
    if (try? expression.check()) != nil {
      require(result.error?.kind != .missingFunction, "a checked expression has its functions")
    }
    if value != nil {
      require(result.error?.kind != .missingAttribute, "what is there is not missing")
    }
  }
}

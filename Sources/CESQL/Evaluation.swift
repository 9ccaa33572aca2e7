// Evaluation in the specification's fail-fast mode (sections 3.3 and 4.1): the first error ends the
// work, and each operator around it comes to the zero value of its own type.

extension CESQLExpression {
  /// What it comes to with the attributes that `lookup` knows; nil is an attribute that is missing.
  /// A lookup that answers the same gives the same result.
  package func evaluate(_ lookup: (String) -> CESQLValue?) -> CESQLResult {
    withoutActuallyEscaping(lookup) { Evaluation(lookup: $0).evaluate(root) }
  }
}

/// One evaluation.
private struct Evaluation {
  let lookup: (String) -> CESQLValue?

  func evaluate(_ node: Node) -> CESQLResult {
    switch node {
    case .literal(let value): return CESQLResult(value)
    case .name(let name):
      if let value = lookup(name.name) { return CESQLResult(value) }
      return CESQLResult(
        .boolean(false),
        CESQLError(.missingAttribute, column: name.column, "\(name.name) is missing"))
    case .exists(let name): return CESQLResult(.boolean(lookup(name.name) != nil))
    case .not(let operand, let column): return not(evaluate(operand), column)
    case .negate(let operand, let column): return negate(evaluate(operand), column)
    case .binary(let symbol, let left, let right, let column):
      return symbol.level == 1
        ? logic(symbol, left, right, column) : binary(symbol, left, right, column)
    case .like(let operand, let pattern, let isNegated):
      let operand = evaluate(operand)
      if operand.error != nil { return CESQLResult(.boolean(false), operand.error) }
      return CESQLResult(.boolean(pattern.matches(operand.value.string) != isNegated))
    case .within(let operand, let elements, let isNegated, let column):
      return within(evaluate(operand), elements, isNegated, column)
    case .call(let call): return apply(call)
    }
  }

  /// The kit has it that a number cannot be negated here, though BOOL() takes it; and that what
  /// cannot be cast counts as false.
  private func not(_ operand: CESQLResult, _ column: Int) -> CESQLResult {
    if operand.error != nil { return CESQLResult(.boolean(false), operand.error) }
    guard operand.value.kind != .integer, let value = operand.value.boolean else {
      return CESQLResult(
        .boolean(true), CESQLExpression.castError(operand.value, .boolean, column))
    }
    return CESQLResult(.boolean(!value))
  }

  private func negate(_ operand: CESQLResult, _ column: Int) -> CESQLResult {
    if operand.error != nil { return CESQLResult(.integer(0), operand.error) }
    guard let value = operand.value.integer else {
      return CESQLResult(
        .integer(0), CESQLExpression.castError(operand.value, .integer, column))
    }
    return Self.integer(Int32(0).subtractingReportingOverflow(value), column)
  }

  // MARK: AND, OR, XOR

  private func logic(
    _ symbol: BinaryOperator, _ left: Node, _ right: Node, _ column: Int
  ) -> CESQLResult {
    let (first, error) = boolean(left, column)
    if let error { return CESQLResult(.boolean(false), error) }
    if symbol == .and, !first { return CESQLResult(.boolean(false)) }
    if symbol == .or, first { return CESQLResult(.boolean(true)) }
    let (second, fault) = boolean(right, column)
    if let fault { return CESQLResult(.boolean(false), fault) }
    return CESQLResult(.boolean(symbol == .xor ? first != second : second))
  }

  private func boolean(_ node: Node, _ column: Int) -> (Bool, CESQLError?) {
    let result = evaluate(node)
    if let error = result.error { return (false, error) }
    guard let value = result.value.boolean else {
      return (false, CESQLExpression.castError(result.value, .boolean, column))
    }
    return (value, nil)
  }

  // MARK: Arithmetic and comparison

  private func binary(
    _ symbol: BinaryOperator, _ leftNode: Node, _ rightNode: Node, _ column: Int
  ) -> CESQLResult {
    let zero = symbol.result.zero
    let left = evaluate(leftNode)
    if left.error != nil { return CESQLResult(zero, left.error) }
    let right = evaluate(rightNode)
    if right.error != nil { return CESQLResult(zero, right.error) }
    let kind = symbol.operand ?? right.value.kind
    guard let first = left.value.cast(to: kind) else {
      return CESQLResult(zero, CESQLExpression.castError(left.value, kind, column))
    }
    guard let second = right.value.cast(to: kind) else {
      return CESQLResult(zero, CESQLExpression.castError(right.value, kind, column))
    }
    if case .integer(let first) = first, case .integer(let second) = second {
      return Self.apply(symbol, first, second, column)
    }
    return CESQLResult(.boolean(Self.isEqual(first, second) == (symbol == .equal)))
  }

  private static func apply(
    _ symbol: BinaryOperator, _ left: Int32, _ right: Int32, _ column: Int
  ) -> CESQLResult {
    switch symbol {
    case .multiply: integer(left.multipliedReportingOverflow(by: right), column)
    case .add: integer(left.addingReportingOverflow(right), column)
    case .subtract: integer(left.subtractingReportingOverflow(right), column)
    case .divide where right == 0, .remainder where right == 0:
      CESQLResult(.integer(0), CESQLError(.math, column: column, "division by 0"))
    case .divide: integer(left.dividedReportingOverflow(by: right), column)
    // The smallest number by -1 has no remainder, though its quotient has no place.
    case .remainder: CESQLResult(.integer(right == -1 ? 0 : left % right))
    case .equal: CESQLResult(.boolean(left == right))
    case .unequal: CESQLResult(.boolean(left != right))
    case .less: CESQLResult(.boolean(left < right))
    case .lessOrEqual: CESQLResult(.boolean(left <= right))
    case .greater: CESQLResult(.boolean(left > right))
    case .greaterOrEqual: CESQLResult(.boolean(left >= right))
    case .and, .or, .xor: CESQLResult(.boolean(false))
    }
  }

  private static func integer(
    _ outcome: (partialValue: Int32, overflow: Bool), _ column: Int
  ) -> CESQLResult {
    outcome.overflow
      ? CESQLResult(
        .integer(0), CESQLError(.math, column: column, "the result does not fit in 32 bits"))
      : CESQLResult(.integer(outcome.partialValue))
  }

  /// Equal by type and character; Swift's own equality of texts takes a letter with its accent for
  /// both together.
  private static func isEqual(_ left: CESQLValue, _ right: CESQLValue) -> Bool {
    if case .string(let left) = left, case .string(let right) = right {
      return left.utf8.elementsEqual(right.utf8)
    }
    return left == right
  }

  // MARK: IN and functions

  /// The left side's type is the one its elements are cast to.
  private func within(
    _ operand: CESQLResult, _ elements: [Node], _ isNegated: Bool, _ column: Int
  ) -> CESQLResult {
    if operand.error != nil { return CESQLResult(.boolean(false), operand.error) }
    for element in elements {
      let element = evaluate(element)
      if element.error != nil { return CESQLResult(.boolean(false), element.error) }
      guard let value = element.value.cast(to: operand.value.kind) else {
        return CESQLResult(
          .boolean(false),
          CESQLExpression.castError(element.value, operand.value.kind, column))
      }
      if Self.isEqual(operand.value, value) { return CESQLResult(.boolean(!isNegated)) }
    }
    return CESQLResult(.boolean(isNegated))
  }

  private func apply(_ call: Node.Call) -> CESQLResult {
    guard let function = call.function else {
      return CESQLResult(
        .boolean(false),
        CESQLError(
          .missingFunction, column: call.column,
          Function.complaint(call.name, arguments: call.arguments.count)))
    }
    var values: [CESQLValue] = []
    for (place, argument) in call.arguments.enumerated() {
      let argument = evaluate(argument)
      if argument.error != nil { return CESQLResult(function.result.zero, argument.error) }
      let kind = function.parameter(place)
      guard let value = argument.value.cast(to: kind) else {
        return CESQLResult(
          function.result.zero, CESQLExpression.castError(argument.value, kind, call.column))
      }
      values.append(value)
    }
    return function.apply(values, column: call.column)
  }
}

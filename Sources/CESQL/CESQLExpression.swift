/// An expression of the CloudEvents SQL Expression Language 1.0
/// (https://github.com/cloudevents/spec, cesql/spec.md), read once and evaluated often.
///
/// The laws of this target: total and pure. Every expression comes to a value, in a number of steps
/// bounded by the lengths of the expression and of the values it is given.
package struct CESQLExpression: Sendable {
  /// The longest expression, in bytes.
  package static let maximumLength = 8_192
  /// The most operators, calls and parentheses in one.
  package static let maximumOperations = 256

  /// The expression as it was written.
  package let text: String
  /// The names it refers to, each once, in order of appearance.
  package let names: [CESQLName]
  let root: Node

  /// Reads an expression.
  ///
  /// - Throws: a parse error that names the column and what was expected there.
  package init(_ text: String, dialect: CESQLDialect = .standard) throws(CESQLError) {
    var parser = try Parser(text, dialect: dialect)
    root = try parser.parse()
    names = parser.names
    self.text = text
  }

  /// Its type, as far as it is known before evaluation and as the types of names are; nil where an
  /// attribute decides.
  package func kind(_ kindOfName: (String) -> CESQLKind? = { _ in nil }) -> CESQLKind? {
    root.kind(kindOfName)
  }

  /// Finds what would fail at every evaluation: a function that does not exist, or a text where
  /// only a number or a truth value can be meant.
  package func check() throws(CESQLError) {
    var rest = [root]
    while let node = rest.popLast() {
      try Self.check(node)
      rest += node.children
    }
  }

  private static func check(_ node: Node) throws(CESQLError) {
    switch node {
    case .call(let call) where call.function == nil:
      throw CESQLError(
        .missingFunction, column: call.column,
        Function.complaint(call.name, arguments: call.arguments.count))
    case .binary(let symbol, let left, let right, let column):
      guard let kind = symbol.operand else { return }
      for case .literal(let value) in [left, right] where value.cast(to: kind) == nil {
        throw castError(value, kind, column)
      }
    default: return
    }
  }

  /// What is said of a value that cannot become what is asked for.
  static func castError(_ value: CESQLValue, _ kind: CESQLKind, _ column: Int) -> CESQLError {
    let wanted =
      switch kind {
      case .boolean: "TRUE or FALSE"
      case .integer: "a number"
      case .string: "a text"
      }
    return CESQLError(.cast, column: column, "\"\(shown(value))\" cannot be read as \(wanted)")
  }

  /// A value short enough for a message.
  private static func shown(_ value: CESQLValue) -> String {
    let text = value.string
    return text.unicodeScalars.count > 40 ? String(text.unicodeScalars.prefix(40)) + "…" : text
  }
}

/// What is wrong with an expression, or went wrong while it was evaluated (section 3.3).
package struct CESQLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of error that the specification names, and the kit's words for them.
  package enum Kind: String, Hashable, Sendable {
    case parse, math, cast, missingFunction, functionEvaluation, missingAttribute, generic
  }

  /// Which kind it is.
  package let kind: Kind
  /// Where in the expression, in characters from 1.
  package let column: Int
  /// What happened and, in an expression that cannot be read, what was expected instead.
  package let message: String

  /// An error at a column.
  package init(_ kind: Kind, column: Int, _ message: String) {
    self.kind = kind
    self.column = column
    self.message = message
  }

  package var description: String { "column \(column): \(message)" }
}

/// What an expression came to: always a value, and the first error met, if one was.
package struct CESQLResult: Hashable, Sendable {
  /// The value; the zero value of the expression's type where an error prevented another.
  package let value: CESQLValue
  /// The error that was met first; nil when all went well.
  package let error: CESQLError?

  /// A value, and the error that came with it.
  package init(_ value: CESQLValue, _ error: CESQLError? = nil) {
    self.value = value
    self.error = error
  }

  /// Whether it lets something pass: true, and no error (section 1.2).
  package var passes: Bool { error == nil && value == .boolean(true) }
}

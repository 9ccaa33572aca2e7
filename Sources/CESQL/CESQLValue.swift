/// A value of the language (CESQL 1.0 section 3.1). URIs and timestamps are strings.
package enum CESQLValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int32)
  case string(String)

  /// Its type.
  package var kind: CESQLKind {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .string: .string
    }
  }
}

/// The types of the language.
package enum CESQLKind: String, Hashable, Sendable {
  case boolean, integer, string

  /// What stands in for a value that an error prevented.
  package var zero: CESQLValue {
    switch self {
    case .boolean: .boolean(false)
    case .integer: .integer(0)
    case .string: .string("")
    }
  }
}

// The casts (section 3.7): nil where a value has no counterpart in the type.
extension CESQLValue {
  /// The value in another type.
  package func cast(to kind: CESQLKind) -> CESQLValue? {
    switch kind {
    case .boolean: boolean.map { .boolean($0) }
    case .integer: integer.map { .integer($0) }
    case .string: .string(string)
    }
  }

  /// As a boolean: a number that is not 0, or the word in any case.
  var boolean: Bool? {
    switch self {
    case .boolean(let value): return value
    case .integer(let value): return value != 0
    case .string(let text):
      let word = text.lowercased()
      return word == "true" ? true : word == "false" ? false : nil
    }
  }

  /// As an integer of 32 bits, in decimal, with a sign or without.
  var integer: Int32? {
    switch self {
    case .boolean(let value): value ? 1 : 0
    case .integer(let value): value
    case .string(let text): Int32(text)
    }
  }

  /// As text.
  package var string: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .string(let text): text
    }
  }
}

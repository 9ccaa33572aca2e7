import Domain
import Wire

/// How the kinds of value that occur all over a report are written; what is not known is null.
extension JSONValue {
  static func of(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { Member(name: $0.0, value: $0.1) })
  }

  static func moment(_ moment: Timestamp?) -> JSONValue {
    moment.map { .string($0.rfc3339) } ?? .null
  }

  static func span(_ span: Span) -> JSONValue { .integer(span.microseconds) }
  static func count(_ count: Int) -> JSONValue { .integer(Int64(count)) }

  static func fact(_ value: Fact.Value?) -> JSONValue {
    switch value {
    case .count(let count)?: .count(count)
    case .truth(let truth)?: .bool(truth)
    case nil: .null
    }
  }

  static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

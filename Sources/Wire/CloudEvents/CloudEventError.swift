/// Why a text is no CloudEvent in the JSON format (CloudEvents 1.0.2, JSON Event Format).
package enum CloudEventError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text is not JSON, or not an object (or array, for a batch).
  case syntax(JSONError)
  /// An attribute is not as the specification demands.
  case attribute(CloudEventAttribute, Problem)

  /// What is wrong with an attribute, in words that follow its name.
  package enum Problem: String, Equatable, Sendable {
    case missing = "is missing"
    case empty = "is empty"
    case notAString = "is not a string"
    case notVersion1 = "is not \"1.0\""
    case notRFC3339 = "is not an RFC 3339 date and time with an offset"
    case notASequence = "is neither a string nor a whole number"
    case notBase64 = "is not base64"
  }

  /// One line saying which attribute is at fault, how, and who can mend it.
  package var description: String {
    switch self {
    case .syntax(let error): error.description
    case .attribute(let attribute, let problem):
      "CloudEvent attribute \"\(attribute.rawValue)\" \(problem.rawValue); mend it at the source"
    }
  }
}

/// The members of a CloudEvent in the JSON format that Podium reads.
package enum CloudEventAttribute: String, CaseIterable, Equatable, Sendable {
  case id, source, specversion, type, subject, time, sequence, seqbasis, datacontenttype, data
  case dataBase64 = "data_base64"
  case feedposition
}

package import Domain

/// A row that gave no events, or fewer than it should; the rows after it are unharmed.
package struct TranscriptProblem: Equatable, Sendable, CustomStringConvertible {
  /// Why a row was passed over.
  package enum Reason: Equatable, Sendable, CustomStringConvertible {
    /// The line is longer than the decoder's bound.
    case tooLong(WireError)
    /// The line is not a JSON object; a cut line is one of these.
    case syntax(JSONError)
    /// A member without which the row means nothing.
    case missing(String)
    /// A row type of which nothing is known; it also gives an unmapped event.
    case unknownType(String)

    package var description: String {
      switch self {
      case .tooLong(let error): error.description
      case .syntax(let error): error.description
      case .missing(let member): "the row has no \(member) and was passed over"
      case .unknownType(let type): "rows of type \"\(type)\" are not known"
      }
    }
  }

  /// The file, as it was named to the decoder.
  package let file: String
  /// The line in the file, from 1.
  package let line: Int
  /// What was wrong with it.
  package let reason: Reason

  package init(file: String, line: Int, reason: Reason) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  /// One line saying where and what.
  package var description: String { "\(file):\(line): \(reason)" }
}

/// What the decoder hands over.
package enum TranscriptItem: Equatable, Sendable {
  case event(Event)
  case problem(TranscriptProblem)
}

/// A question in the last row, and what was typed so far.
package struct Prompt: Hashable, Sendable {
  /// What is asked for.
  package enum Question: Hashable, Sendable {
    /// The moment to go to.
    case time
    /// The label of a marker.
    case label

    /// How the question begins.
    package var words: String {
      switch self {
      case .time: "go to"
      case .label: "label of the marker"
      }
    }

    /// What can be answered.
    package var hint: String {
      switch self {
      case .time: "-2m  +30s  19:42:08  1:30  start  end"
      case .label: "Enter alone numbers it"
      }
    }
  }

  /// The most characters an answer may have.
  package static let bound = 64

  package let question: Question
  package private(set) var text = ""
  /// Why the answer was not taken.
  package var fault: String?

  /// A question with nothing typed.
  package init(_ question: Question) {
    self.question = question
  }

  /// What was typed, without blanks around it.
  package var answer: String {
    let characters = text.drop { $0 == " " }.reversed().drop { $0 == " " }
    return String(characters.reversed())
  }

  /// Adds a character; one that is not for showing, or one too many, is passed over.
  package mutating func type(_ character: Character) {
    guard text.count < Self.bound, character.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
    else { return }
    text.append(character)
    fault = nil
  }

  /// Takes the last character away.
  package mutating func erase() {
    _ = text.popLast()
    fault = nil
  }

  /// Takes everything away.
  package mutating func eraseAll() {
    text = ""
    fault = nil
  }
}

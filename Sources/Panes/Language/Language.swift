package import Canvas
import Domain

/// A language of the dashboard's own words. What comes from a stream is shown as it came.
package enum Language: String, CaseIterable, Hashable, Sendable {
  case english = "en"
  case arabic = "ar"

  /// The side at which lines begin.
  package var direction: TextDirection {
    switch self {
    case .english: .leftToRight
    case .arabic: .rightToLeft
    }
  }

  /// The language after this one.
  package var next: Language {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// A text in this language; English where it has no other.
  package func text(_ label: Label) -> String {
    switch self {
    case .english: label.english
    case .arabic: label.arabic ?? label.english
    }
  }

  /// A text with what is filled in for its `%1` to `%9`.
  package func text(_ label: Label, _ arguments: String...) -> String {
    text(label, values: arguments)
  }

  func text(_ label: Label, values arguments: [String]) -> String {
    var filled = ""
    var isPlace = false
    for character in text(label) {
      if isPlace, let number = character.wholeNumberValue, arguments.indices.contains(number - 1) {
        filled += arguments[number - 1]
        isPlace = false
      } else {
        if isPlace { filled += "%" }
        isPlace = character == "%"
        if !isPlace { filled.append(character) }
      }
    }
    return isPlace ? filled + "%" : filled
  }

  /// A quality of something, agreeing with its gender.
  package func text(_ quality: Quality, _ gender: Gender) -> String {
    switch (self, gender) {
    case (.english, _): quality.english
    case (.arabic, .masculine): quality.masculine
    case (.arabic, .feminine): quality.feminine
    }
  }

  /// A number of things: `3 calls`. In Arabic one and two are words of their own.
  package func count(_ number: Int, _ noun: Noun) -> String {
    switch self {
    case .english: "\(number) \(noun.english)"
    case .arabic: noun.counted(number)
    }
  }

  /// What parts the members of a list.
  var comma: String { self == .arabic ? "، " : ", " }

  /// How long ago something was.
  func ago(_ span: Span) -> String { text(.ago, Format.clock(span)) }

  /// Since how long something lasts.
  func lasting(_ span: Span) -> String { text(.lasting, Format.clock(span)) }
}

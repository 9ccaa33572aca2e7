/// A text of the dashboard in every language. Each is a static member beside its like: see the
/// files of `Labels/`.
package struct Label: Hashable, Sendable {
  package let english: String
  /// Nil until somebody has found it: then the English is shown.
  package let arabic: String?

  /// A text in both languages.
  package init(_ english: String, _ arabic: String) {
    self.english = english
    self.arabic = arabic
  }

  /// A text that waits for its Arabic.
  package init(untranslated english: String) {
    self.english = english
    arabic = nil
  }
}

/// The grammatical gender of what a state is told of: an order is late as `متأخر`, a ticket as
/// `متأخرة`.
package enum Gender: Hashable, Sendable {
  /// Agent, order, item, event, source, connection, alert, evidence, device.
  case masculine
  /// Task, ticket, station, table, mandate, claim, violation, gap.
  case feminine
}

/// A word that agrees in gender with what it is said of.
package struct Quality: Hashable, Sendable {
  package let english: String
  package let masculine: String
  package let feminine: String

  /// A word and its forms; without a feminine one it is the same for both, as a phrase is.
  package init(_ english: String, _ masculine: String, _ feminine: String? = nil) {
    self.english = english
    self.masculine = masculine
    self.feminine = feminine ?? masculine
  }
}

/// A thing that is counted: Arabic has six forms (CLDR plural rules: zero, one, two, few, many,
/// other).
package struct Noun: Hashable, Sendable {
  /// The categories of a whole number.
  package enum Plural: Hashable, Sendable {
    case zero, one, two
    /// 3 to 10, and hundreds with those.
    case few
    /// 11 to 99, and hundreds with those.
    case many
    /// Hundreds alone, and with 1 or 2.
    case other

    /// The category of a number.
    package init(_ number: Int) {
      self =
        switch number.magnitude {
        case 0: .zero
        case 1: .one
        case 2: .two
        case let value where (3...10).contains(value % 100): .few
        case let value where (11...99).contains(value % 100): .many
        default: .other
        }
    }
  }

  package let english: String
  private let zero: String, one: String, two: String, few: String, many: String, other: String

  /// A noun; `zero`, `one` and `two` stand without a number, the others behind one.
  package init(
    _ english: String, zero: String, one: String, two: String, few: String, many: String,
    other: String
  ) {
    self.english = english
    (self.zero, self.one, self.two) = (zero, one, two)
    (self.few, self.many, self.other) = (few, many, other)
  }

  /// The Arabic of so many.
  func counted(_ number: Int) -> String {
    switch Plural(number) {
    case .zero: zero
    case .one where number > 0: one
    case .two where number > 0: two
    case .one, .two, .other: "\(number) \(other)"
    case .few: "\(number) \(few)"
    case .many: "\(number) \(many)"
    }
  }
}

/// The known members of an event's `data`, in the order they came; a later duplicate wins.
///
/// A linear list: catalogue events have at most a dozen members, where scanning beats hashing.
package struct Fields: Hashable, Sendable {
  /// One member.
  package struct Entry: Hashable, Sendable {
    /// The member's name.
    package var field: Field
    /// The member's value.
    package var value: FieldValue

    /// A member.
    package init(_ field: Field, _ value: FieldValue) {
      self.field = field
      self.value = value
    }
  }

  /// The members in order, each name once.
  package private(set) var entries: [Entry]

  /// No members.
  package init() {
    entries = []
  }

  /// Members in the given order.
  package init(_ pairs: KeyValuePairs<Field, FieldValue>) {
    entries = pairs.map { Entry($0.key, $0.value) }
  }

  /// Members whose names the caller knows to differ, in the given order.
  package init(distinct entries: [Entry]) {
    self.entries = entries
  }

  /// The value of a member, nil when the event does not mention it.
  package subscript(field: Field) -> FieldValue? {
    get {
      for entry in entries where entry.field == field { return entry.value }
      return nil
    }
    set {
      let index = entries.firstIndex { $0.field == field }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(field, value))
      case (nil, nil): break
      }
    }
  }

  /// Whether the event withdraws the member (`null`, or named in `unset`).
  package func withdraws(_ field: Field) -> Bool {
    self[field] == .null
  }

  /// A text, or a number written as text; nil when absent, withdrawn or of another shape.
  package func text(_ field: Field) -> String? {
    switch self[field] {
    case .string(let text): text
    case .integer(let value): String(value)
    default: nil
    }
  }

  /// A whole number; accepts a number in a string, as several real feeds send.
  package func integer(_ field: Field) -> Int64? {
    switch self[field] {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value.rounded())
    case .string(let text): Int64(text)
    default: nil
    }
  }

  /// A finite number.
  package func number(_ field: Field) -> Double? {
    switch self[field] {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// A truth value.
  package func flag(_ field: Field) -> Bool? {
    guard case .bool(let value) = self[field] else { return nil }
    return value
  }

  /// A moment written as RFC 3339.
  package func moment(_ field: Field) -> Timestamp? {
    guard case .string(let text) = self[field] else { return nil }
    return Timestamp(rfc3339: text)
  }

  /// A list of texts; one text counts as a list of one.
  package func texts(_ field: Field) -> [String]? {
    switch self[field] {
    case .strings(let texts): texts
    case .string(let text): [text]
    case .records(let records): records.isEmpty ? [] : nil
    default: nil
    }
  }

  /// A list of objects.
  package func records(_ field: Field) -> [Fields]? {
    switch self[field] {
    case .records(let records): records
    case .strings(let texts): texts.isEmpty ? [] : nil
    default: nil
    }
  }
}

// Member by member: the tail of a busy feed has thousands.
extension Fields: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(entries.count)
    for entry in entries {
      try container.encode(entry.field)
      try container.encode(entry.value)
    }
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    entries = []
    let count = try container.decode(Int.self)
    while entries.count < count {
      let field = try container.decode(Field.self)
      entries.append(Entry(field, try container.decode(FieldValue.self)))
    }
  }
}

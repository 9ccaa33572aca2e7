package import CESQL
package import Domain
import Wire

/// Lets through the events of which an expression is true.
///
/// Its names are CloudEvents attributes, extensions included, and members of the data as
/// `data.ticket` or `data.set.state`. An event on which the expression fails does not pass (CESQL
/// section 1.2).
package struct EventFilter {
  /// The most different failures that are told.
  private static let toldBound = 16

  private let expression: CESQLExpression
  private let wanted: Set<String>
  private var told: Set<Int> = []

  /// A filter by an expression.
  ///
  /// - Throws: what is wrong with it, with its column.
  package init(_ text: String) throws(CESQLError) {
    expression = try CESQLExpression(text, dialect: .dotted)
    for name in expression.names where name.name.contains(".") && !name.name.hasPrefix("data.") {
      throw CESQLError(
        .parse, column: name.column,
        "\(name.name) is no attribute: members of the data are written data.NAME")
    }
    try expression.check()
    let kind = expression.kind()
    guard kind == nil || kind == .boolean else {
      throw CESQLError(
        .generic, column: 1,
        "is \(kind == .integer ? "a number" : "a text"), not true or false: compare it")
    }
    wanted = Set(expression.names.map(\.name))
  }

  /// Whether an event passes; `json` is the event as it came, where it came as JSON. A failure is
  /// told where it is the first of its kind.
  package mutating func passes(
    _ event: Event, json: UnsafeRawBufferPointer?, _ tell: (String) -> Void
  ) -> Bool {
    let attributes = json.map { members(of: $0) } ?? members(of: event)
    let result = expression.evaluate { attributes[$0] }
    if let error = result.error, told.count < Self.toldBound,
      told.insert(error.column).inserted
    {
      tell("--filter counts as false for events such as \(event.id): \(error)")
    }
    return result.passes
  }

  // MARK: As it came

  private func members(of json: UnsafeRawBufferPointer) -> [String: CESQLValue] {
    var found: [String: CESQLValue] = [:]
    var reader = JSONReader(json)
    // What is no JSON was no event either: nothing of it is found.
    try? collect(&reader, below: "", into: &found)
    return found
  }

  private func collect(
    _ reader: inout JSONReader, below path: String, into found: inout [String: CESQLValue]
  ) throws(JSONError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let name = path + key.string
      if wanted.contains(name) {
        found[name] = try Self.value(&reader)
      } else if wanted.contains(where: { $0.hasPrefix(name + ".") }),
        try reader.peek() == .object
      {
        try collect(&reader, below: name + ".", into: &found)
      } else {
        try reader.skipValue()
      }
    }
  }

  /// A number beyond 32 bits, or with a fraction, is a text (section 3.1); nil for what is no value.
  private static func value(_ reader: inout JSONReader) throws(JSONError) -> CESQLValue? {
    switch try reader.peek() {
    case .string: return .string(try reader.readString().string)
    case .bool: return .boolean(try reader.readBool())
    case .number:
      let number = try reader.readNumber()
      if let small = number.int64.flatMap({ Int32(exactly: $0) }) { return .integer(small) }
      return .string(String(decoding: number.bytes, as: UTF8.self))
    case .null, .object, .array:
      try reader.skipValue()
      return nil
    }
  }

  // MARK: As it was understood

  /// Of an event that did not come as JSON: what the decoder made of it.
  private func members(of event: Event) -> [String: CESQLValue] {
    var found: [String: CESQLValue] = [
      "specversion": .string("1.0"), "id": .string(event.id), "source": .string(event.source),
      "type": .string(event.type.name),
    ]
    found["subject"] = event.subject.map { .string($0) }
    found["time"] = event.time.map { .string($0.rfc3339) }
    found["sequence"] = event.sequence.map { .string(String($0)) }
    for entry in event.data.entries {
      found["data." + entry.field.rawValue] = CESQLValue(entry.value)
    }
    return found
  }
}

extension CESQLValue {
  /// A member of the data; nil for a list and for what was withdrawn.
  fileprivate init?(_ value: FieldValue) {
    switch value {
    case .string(let text): self = .string(text)
    case .integer(let number):
      self = Int32(exactly: number).map { .integer($0) } ?? .string(String(number))
    case .number(let number): self = .string(String(number))
    case .bool(let truth): self = .boolean(truth)
    case .null, .strings, .records: return nil
    }
  }
}

/// A JSON value as a plain tree, for paths that are not hot. Member order is kept.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number written without fraction and exponent that fits 64 bits.
  case integer(Int64)
  /// Any other number; always finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the text. A repeated name occurs again; look-ups take the last.
  case object([Member])

  /// One member of an object.
  package struct Member: Equatable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// Reads a whole text (RFC 8259): one value and nothing after it.
  package init(
    parsing bytes: UnsafeRawBufferPointer, maximumDepth: Int = JSONReader.maximumDepth
  ) throws(JSONError) {
    var reader = JSONReader(bytes, maximumDepth: maximumDepth)
    self = try reader.readValue()
    try reader.finish()
  }

  /// Reads a whole text held in an array.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    self = try bytes.withRawBytes { (raw) throws(JSONError) in try JSONValue(parsing: raw) }
  }

  /// The value of the last member of that name, or nil where there is none or this is no object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// The text of a string, else nil.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a whole number within 64 bits, else nil.
  package var integer: Int64? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  /// The value of either sort of number.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// The truth value, else nil.
  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The elements of an array, else nil.
  package var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }
}

extension JSONReader {
  /// The next value as a tree. It recurses once a level, so at most `depthLimit` deep.
  package mutating func readValue() throws(JSONError) -> JSONValue {
    switch try peek() {
    case .null:
      try readNull()
      return .null
    case .bool: return .bool(try readBool())
    case .string: return .string(try readString().string)
    case .number: return try readNumberValue()
    case .array: return .array(try readElements())
    case .object: return .object(try readMembers())
    }
  }

  private mutating func readNumberValue() throws(JSONError) -> JSONValue {
    let number = try readNumber()
    if let integer = number.int64 { return .integer(integer) }
    guard let double = number.double else {
      throw JSONError(offset: offset - number.bytes.count, reason: .numberOutOfRange)
    }
    return .number(double)
  }

  private mutating func readElements() throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    try beginArray()
    while try nextElement() { elements.append(try readValue()) }
    return elements
  }

  private mutating func readMembers() throws(JSONError) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    try beginObject()
    while let name = try nextKey()?.string {
      members.append(JSONValue.Member(name: name, value: try readValue()))
    }
    return members
  }
}

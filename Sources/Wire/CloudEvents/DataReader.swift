import Domain

// From the JSON of `data` to `Fields`, in one pass and without a tree.

extension Fields {
  /// The fields of a whole JSON text, or nil where it is not JSON or not an object.
  init?(json bytes: UnsafeRawBufferPointer, _ names: inout CloudEventNames) {
    var reader = JSONReader(bytes)
    guard let fields = try? reader.readData(&names), (try? reader.finish()) != nil else {
      return nil
    }
    self = fields
  }
}

extension JSONReader {
  private typealias Order = KeyPredictor<CloudEventNames.DataName>

  /// The members of the `data` object under the cursor, the delta rule applied: what `set` holds goes
  /// before same-named members beside it, what `unset` names is withdrawn. Where either is repeated,
  /// all count.
  mutating func readData(_ names: inout CloudEventNames) throws(JSONError) -> Fields {
    var fields = FieldList()
    var withdrawn: [CloudEventNames.DataName] = []
    var place = Order.start
    try beginObject()
    while true {
      switch try names.data.next(&self, after: &place) {
      case .end:
        for case .field(let field, let ordinal) in withdrawn {
          fields.fix(field, ordinal: ordinal, .null)
        }
        return Fields(distinct: fields.entries)
      case .unknown: try skipValue()
      case .known(.field(let field, let ordinal)):
        fields.set(field, ordinal: ordinal, try readFieldValue(&names, place))
      case .known(.set): try readMembers(of: &fields, &names, place, fixing: true)
      case .known(.tokens): try readMembers(of: &fields, &names, place, fixing: false)
      case .known(.unset): withdrawn += try readNames(names)
      }
    }
  }

  /// Adds the known members of the next value to `fields`; what is no object adds none.
  private mutating func readMembers(
    of fields: inout FieldList, _ names: inout CloudEventNames, _ place: Order.Place, fixing: Bool
  ) throws(JSONError) {
    guard try peek() == .object else {
      try skipValue()
      return
    }
    var place = place
    try beginObject()
    while true {
      switch try names.data.next(&self, after: &place) {
      case .end: return
      case .unknown, .known(.set), .known(.unset), .known(.tokens): try skipValue()
      case .known(.field(let field, let ordinal)):
        let value = try readFieldValue(&names, place)
        if fixing {
          fields.fix(field, ordinal: ordinal, value)
        } else {
          fields.set(field, ordinal: ordinal, value)
        }
      }
    }
  }

  /// The known members of an object inside `data`, where the delta rule has no meaning.
  private mutating func readRecord(
    _ names: inout CloudEventNames, _ place: Order.Place
  ) throws(JSONError) -> Fields {
    var fields = FieldList()
    try readMembers(of: &fields, &names, place, fixing: false)
    return Fields(distinct: fields.entries)
  }

  /// The next value as a field's. An object counts as a list of one record.
  @inline(__always)
  private mutating func readFieldValue(
    _ names: inout CloudEventNames, _ place: Order.Place
  ) throws(JSONError) -> FieldValue {
    if let text = try readStringIfNext() { return .string(text.string) }
    return try readOtherFieldValue(&names, place)
  }

  @inline(never)
  private mutating func readOtherFieldValue(
    _ names: inout CloudEventNames, _ place: Order.Place
  ) throws(JSONError) -> FieldValue {
    switch try peek() {
    case .string: return .string(try readString().string)
    case .number: return try readNumericField()
    case .bool: return .bool(try readBool())
    case .null:
      try readNull()
      return .null
    case .object: return .records([try readRecord(&names, place)])
    case .array: return try readList(&names, place)
    }
  }

  private mutating func readNumericField() throws(JSONError) -> FieldValue {
    let number = try readNumber()
    if let integer = number.int64 { return .integer(integer) }
    guard let double = number.double else {
      throw JSONError(offset: offset - number.bytes.count, reason: .numberOutOfRange)
    }
    return .number(double)
  }

  /// A list of records where it holds any object, else of texts; a number counts as its text, and
  /// what fits neither is passed over. An empty list is one of texts.
  private mutating func readList(
    _ names: inout CloudEventNames, _ place: Order.Place
  ) throws(JSONError) -> FieldValue {
    var texts: [String] = []
    var records: [Fields] = []
    try beginArray()
    while try nextElement() {
      switch try peek() {
      case .object: records.append(try readRecord(&names, place))
      case .string: texts.append(try readString().string)
      case .number: texts.append(String(decoding: try readNumber().bytes, as: UTF8.self))
      case .bool, .null, .array: try skipValue()
      }
    }
    return records.isEmpty ? .strings(texts) : .records(records)
  }

  /// The known field names of an `unset` list; one name counts as a list of one.
  private mutating func readNames(
    _ names: CloudEventNames
  ) throws(JSONError) -> [CloudEventNames.DataName] {
    var found: [CloudEventNames.DataName] = []
    switch try peek() {
    case .string: found += [names.data[try readString()]].compactMap { $0 }
    case .array:
      try beginArray()
      while try nextElement() {
        guard try peek() == .string else {
          try skipValue()
          continue
        }
        if let name = names.data[try readString()] { found.append(name) }
      }
    case .object, .number, .bool, .null: try skipValue()
    }
    return found
  }
}

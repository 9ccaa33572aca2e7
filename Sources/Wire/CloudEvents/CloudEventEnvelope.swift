import Domain

/// The members of one CloudEvent as they were found, a later duplicate in place of an earlier one.
/// Its strings are slices of the text.
struct CloudEventEnvelope {
  var id: JSONString?
  var source: JSONString?
  var specversion: JSONString?
  var type: JSONString?
  var subject: JSONString?
  var time: JSONString?
  var sequence: Int64?
  var sequenceBasis = SequenceBasis.unstated
  var feedPosition: JSONString?
  var hasJSONData = true
  var data = Fields()
  /// The first attribute of the wrong shape. The object is read to its end all the same, so that
  /// the next event of a batch can be read.
  private(set) var problem: CloudEventError?

  /// Reads the object under the reader's cursor.
  @inline(__always)
  init(_ reader: inout JSONReader, names: inout CloudEventNames) throws(JSONError) {
    var place = KeyPredictor<CloudEventAttribute>.start
    try reader.beginObject()
    while true {
      switch try names.attributes.next(&reader, after: &place) {
      case .end: return
      case .unknown: try reader.skipValue()
      case .known(let attribute): try read(attribute, &reader, &names)
      }
    }
  }

  @inline(__always)
  private mutating func read(
    _ attribute: CloudEventAttribute, _ reader: inout JSONReader, _ names: inout CloudEventNames
  ) throws(JSONError) {
    switch attribute {
    case .id: id = try text(attribute, &reader)
    case .source: source = try text(attribute, &reader)
    case .specversion: specversion = try text(attribute, &reader)
    case .type: type = try text(attribute, &reader)
    case .subject: subject = try text(attribute, &reader)
    case .time: time = try text(attribute, &reader)
    case .sequence: try readSequence(&reader)
    case .seqbasis: try readBasis(&reader)
    case .datacontenttype: hasJSONData = try text(attribute, &reader)?.isJSONContentType ?? true
    case .data:
      guard try reader.peek() == .object else {
        data = Fields()
        try reader.skipValue()
        return
      }
      data = try reader.readData(&names)
    case .feedposition: feedPosition = try text(attribute, &reader)
    case .dataBase64: try readBase64(&reader, &names)
    }
  }

  /// A string attribute; null counts as absent, as the format says.
  @inline(__always)
  private mutating func text(
    _ attribute: CloudEventAttribute, _ reader: inout JSONReader
  ) throws(JSONError) -> JSONString? {
    if let text = try reader.readStringIfNext() { return text }
    return try noText(attribute, &reader)
  }

  @inline(never)
  private mutating func noText(
    _ attribute: CloudEventAttribute, _ reader: inout JSONReader
  ) throws(JSONError) -> JSONString? {
    let isNull = try reader.peek() == .null
    try reader.skipValue()
    if !isNull { fault(attribute, .notAString) }
    return nil
  }

  private mutating func readSequence(_ reader: inout JSONReader) throws(JSONError) {
    sequence = nil
    switch try reader.peek() {
    case .string: sequence = try reader.readString().withUnescapedBytes { decimalInteger($0) }
    case .number:
      let number = try reader.readNumber()
      sequence = number.int64
      if !number.isInteger { fault(.sequence, .notASequence) }
    case .null: try reader.readNull()
    case .object, .array, .bool:
      try reader.skipValue()
      fault(.sequence, .notASequence)
    }
  }

  private mutating func readBasis(_ reader: inout JSONReader) throws(JSONError) {
    guard let text = try text(.seqbasis, &reader) else { return sequenceBasis = .unstated }
    sequenceBasis =
      text.equals("upstream") ? .upstream : text.equals("adapter") ? .adapter : .unstated
  }

  private mutating func readBase64(
    _ reader: inout JSONReader, _ names: inout CloudEventNames
  ) throws(JSONError) {
    data = Fields()
    guard let text = try text(.dataBase64, &reader) else { return }
    guard let bytes = text.withUnescapedBytes({ Base64.decode($0) }) else {
      return fault(.dataBase64, .notBase64)
    }
    data = bytes.withRawBytes { Fields(json: $0, &names) } ?? Fields()
  }

  private mutating func fault(
    _ attribute: CloudEventAttribute, _ problem: CloudEventError.Problem
  ) {
    if self.problem == nil { self.problem = .attribute(attribute, problem) }
  }
}

extension JSONString {
  /// Whether a media type is JSON: `application/json`, `text/json` or any `+json`.
  @inline(__always)
  fileprivate var isJSONContentType: Bool {
    equals("application/json") || isOtherJSONContentType
  }

  private var isOtherJSONContentType: Bool {
    let essence = string.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
    let lowered = essence.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return lowered.suffix(5).elementsEqual("/json".utf8)
      || lowered.suffix(5).elementsEqual("+json".utf8)
  }
}

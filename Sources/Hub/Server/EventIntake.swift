import Domain
import HTTPTypes
import Wire

/// Reads the events of one POST; a single bad one refuses them all, so nothing is half taken.
///
/// The forms of the CloudEvents JSON event format 1.0.2 (one event, a batch), newline-delimited
/// events, and the binary mode of the HTTP binding with JSON data.
struct EventIntake {
  /// How a body is to be read.
  enum Form: Equatable {
    case document, lines
    /// The body is the data of an event whose attributes are headers.
    case binary
  }

  /// The form a content type means; nil for one that is not served.
  static func form(contentType: String?, isBinary: Bool) -> Form? {
    let type = contentType?.prefix { $0 != ";" }.lowercased().trimmed ?? ""
    switch type {
    case "application/cloudevents+json", "application/cloudevents-batch+json": return .document
    case "application/json": return isBinary ? .binary : .document
    case "application/x-ndjson", "application/ndjson", "application/jsonl": return .lines
    case "": return isBinary ? .binary : nil
    default: return nil
    }
  }

  private var decoder = CloudEventDecoder()
  private var taken: [Incoming] = []

  /// The events of a document: one event, or a batch of them.
  static func document(_ body: [UInt8]) throws(Problem) -> [Incoming] {
    var intake = EventIntake()
    try intake.readDocument(body)
    return intake.taken
  }

  /// The events of a text of lines.
  static func lines(_ body: [UInt8]) throws(Problem) -> [Incoming] {
    var intake = EventIntake()
    try intake.readLines(body)
    return intake.taken
  }

  /// The one event of a binary message.
  static func binary(
    attributes: [(name: String, value: String)], body: [UInt8]
  ) throws(Problem) -> [Incoming] {
    var intake = EventIntake()
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in attributes {
      writer.key(name)
      writer.string(value)
    }
    if !body.isEmpty {
      try checkJSON(body)
      writer.key("data")
      writer.bytes += body
    }
    writer.endObject()
    try intake.take(writer.bytes, index: nil, line: nil)
    return intake.taken
  }

  private mutating func readDocument(_ body: [UInt8]) throws(Problem) {
    guard let elements = try Self.elements(body) else {
      try take(body, index: nil, line: nil)
      return
    }
    for (index, element) in elements.enumerated() { try take(element, index: index, line: nil) }
  }

  private mutating func readLines(_ body: [UInt8]) throws(Problem) {
    var lines: [(number: Int, text: [UInt8])] = []
    var fault: Problem?
    let each = { (item: NDJSONItem) in
      switch item {
      case .line(let number, let bytes): lines.append((number, Array(bytes)))
      case .fault(let number, let reason):
        fault = fault ?? Problem(.badRequest, reason.description, line: number)
      }
    }
    var decoder = NDJSONDecoder(checksSyntax: false)
    body.withUnsafeBytes { decoder.receive($0, each) }
    decoder.finish(each)
    if let fault { throw fault }
    for (number, text) in lines { try take(text, index: nil, line: number) }
  }

  private mutating func take(_ text: [UInt8], index: Int?, line: Int?) throws(Problem) {
    do throws(CloudEventError) {
      taken.append(Incoming(event: try decoder.decode(text), json: text))
    } catch {
      throw Problem(error, index: index, line: line)
    }
  }

  /// The texts of a batch's events; nil when the text is no array.
  private static func elements(_ body: [UInt8]) throws(Problem) -> [[UInt8]]? {
    var texts: [[UInt8]]?
    let failure = body.withUnsafeBytes { raw -> JSONError? in
      var reader = JSONReader(raw)
      do throws(JSONError) {
        guard try reader.peek() == .array else { return nil }
        texts = []
        try reader.beginArray()
        while try reader.nextElement() { texts?.append(Array(try reader.skipValue())) }
        try reader.finish()
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw Problem(CloudEventError.syntax(failure), index: texts?.count) }
    return texts
  }

  private static func checkJSON(_ body: [UInt8]) throws(Problem) {
    do throws(JSONError) {
      _ = try JSONValue(parsing: body)
    } catch {
      throw Problem(CloudEventError.syntax(error))
    }
  }
}

extension String {
  /// The text without blanks at either end.
  fileprivate var trimmed: String {
    let head = drop { $0 == " " || $0 == "\t" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(head[...last])
  }
}

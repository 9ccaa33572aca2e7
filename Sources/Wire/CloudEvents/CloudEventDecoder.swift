package import Domain

/// Decodes CloudEvents 1.0 in the JSON format (`application/cloudevents+json` and its batch form)
/// straight from bytes to `Event`, in one pass.
///
/// A value of this type learns the types and the source of its feed, so keep one for each feed.
package struct CloudEventDecoder {
  private var names = CloudEventNames()
  private var types: TypeCatalogue
  private var minutes = MinuteCache()
  /// The last source as it stood in the text, and as the string all its events share.
  private var sourceBytes: [UInt8] = []
  private var source = ""

  /// - Parameter trustedPrefixes: the type prefixes under which a catalogue name counts, each with
  ///   its last dot (`com.example.`); none means any prefix.
  package init(trustedPrefixes: [String] = []) {
    types = TypeCatalogue(trustedPrefixes: trustedPrefixes)
  }

  /// Decodes one event.
  ///
  /// Required are `id`, `source`, `type` (not empty) and `specversion` 1.0; `subject`, `time`,
  /// `sequence` and `seqbasis` may be absent. Unknown members are passed over, of a repeated one the
  /// last counts. Data that is not a JSON object gives an event without fields.
  package mutating func decode(
    _ text: UnsafeRawBufferPointer
  ) throws(CloudEventError) -> Event {
    var reader = JSONReader(text)
    let envelope = try readEnvelope(&reader, isLast: true)
    return try event(envelope)
  }

  /// Decodes one event held in an array.
  package mutating func decode(_ text: [UInt8]) throws(CloudEventError) -> Event {
    try text.withRawBytes { (raw) throws(CloudEventError) in try decode(raw) }
  }

  /// Decodes a document of either form: one event, or a batch (a JSON array of events).
  ///
  /// An event of a batch with a faulty attribute is handed over as its error and the others go on;
  /// a text that is not JSON is an error as a whole, thrown after the events before it.
  package mutating func decodeDocument(
    _ text: UnsafeRawBufferPointer, _ each: (Result<Event, CloudEventError>) -> Void
  ) throws(CloudEventError) {
    var reader = JSONReader(text)
    guard try isBatch(&reader) else {
      let envelope = try readEnvelope(&reader, isLast: true)
      return each(result(envelope))
    }
    while try hasNext(&reader) { each(try readElement(&reader)) }
  }

  // MARK: Batches

  private func isBatch(_ reader: inout JSONReader) throws(CloudEventError) -> Bool {
    do throws(JSONError) {
      guard try reader.peek() == .array else { return false }
      try reader.beginArray()
      return true
    } catch {
      throw .syntax(error)
    }
  }

  private func hasNext(_ reader: inout JSONReader) throws(CloudEventError) -> Bool {
    do throws(JSONError) {
      if try reader.nextElement() { return true }
      try reader.finish()
      return false
    } catch {
      throw .syntax(error)
    }
  }

  private mutating func readElement(
    _ reader: inout JSONReader
  ) throws(CloudEventError) -> Result<Event, CloudEventError> {
    do throws(JSONError) {
      if try reader.peek() != .object {
        let error = JSONError(offset: reader.offset, reason: .expectedObject)
        try reader.skipValue()
        return .failure(.syntax(error))
      }
    } catch {
      throw .syntax(error)
    }
    return result(try readEnvelope(&reader, isLast: false))
  }

  private mutating func result(
    _ envelope: CloudEventEnvelope
  ) -> Result<Event, CloudEventError> {
    Result { () throws(CloudEventError) in try event(envelope) }
  }

  // MARK: One event

  @inline(__always)
  private mutating func readEnvelope(
    _ reader: inout JSONReader, isLast: Bool
  ) throws(CloudEventError) -> CloudEventEnvelope {
    do throws(JSONError) {
      let envelope = try CloudEventEnvelope(&reader, names: &names)
      if isLast { try reader.finish() }
      return envelope
    } catch {
      throw .syntax(error)
    }
  }

  @inline(__always)
  private mutating func event(_ envelope: CloudEventEnvelope) throws(CloudEventError) -> Event {
    if let problem = envelope.problem { throw problem }
    guard try required(envelope.specversion, .specversion).equals("1.0") else {
      throw .attribute(.specversion, .notVersion1)
    }
    let type = try required(envelope.type, .type)
    let subject = envelope.subject
    return Event(
      id: try required(envelope.id, .id).string,
      source: interned(try required(envelope.source, .source)),
      type: type.withUnescapedBytes { types.type($0) },
      subject: subject?.bytes.isEmpty == false ? subject?.string : nil,
      time: try time(envelope.time),
      sequence: envelope.sequence, sequenceBasis: envelope.sequenceBasis,
      data: envelope.hasJSONData ? envelope.data : Fields())
  }

  @inline(__always)
  private func required(
    _ text: JSONString?, _ attribute: CloudEventAttribute
  ) throws(CloudEventError) -> JSONString {
    guard let text else { throw .attribute(attribute, .missing) }
    guard !text.bytes.isEmpty else { throw .attribute(attribute, .empty) }
    return text
  }

  @inline(__always)
  private mutating func time(_ text: JSONString?) throws(CloudEventError) -> Timestamp? {
    guard let text else { return nil }
    guard let time = text.withUnescapedBytes({ minutes.moment($0) }) else {
      throw .attribute(.time, .notRFC3339)
    }
    return time
  }

  /// The string of a source; the last one is reused while the feed repeats it.
  @inline(__always)
  private mutating func interned(_ text: JSONString) -> String {
    let isSame = sourceBytes.withUnsafeBytes { $0.isSame(as: text.bytes) }
    if !isSame {
      sourceBytes = Array(text.bytes)
      source = text.string
    }
    return source
  }
}

package import Domain

/// Decodes CloudEvents 1.0 in the JSON format (`application/cloudevents+json`)
/// straight from bytes to `Event`, in one pass.
///
/// A value of this type learns the types and the source of its feed, so keep one for each feed.
package struct CloudEventDecoder {
  private var names = CloudEventNames.initial
  private var types: TypeCatalogue
  private var minutes = MinuteCache()
  /// The last source as it stood in the text, and as the string all its events share.
  private var sourceBytes: [UInt8] = []
  private var source = ""
  /// The `feedposition` of the last event; a longer one than the bound counts as none.
  private var feedPosition: [UInt8]?
  private static let maximumPosition = 256

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
    let envelope = try readEnvelope(&reader)
    return try event(envelope)
  }

  /// Decodes one event held in an array.
  package mutating func decode(_ text: [UInt8]) throws(CloudEventError) -> Event {
    try text.withRawBytes { (raw) throws(CloudEventError) in try decode(raw) }
  }

  /// Hands over the extension attribute `feedposition` of the event decoded last: its place in the
  /// feed that brought it; nil when it has none.
  func withFeedPosition<Result>(_ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    guard let feedPosition else { return body(nil) }
    return feedPosition.withUnsafeBytes(body)
  }

  @inline(__always)
  private mutating func readEnvelope(
    _ reader: inout JSONReader
  ) throws(CloudEventError) -> CloudEventEnvelope {
    do throws(JSONError) {
      let envelope = try CloudEventEnvelope(&reader, names: &names)
      try reader.finish()
      return envelope
    } catch {
      throw .syntax(error)
    }
  }

  @inline(__always)
  private mutating func event(_ envelope: CloudEventEnvelope) throws(CloudEventError) -> Event {
    if envelope.feedPosition != nil || feedPosition != nil { note(envelope.feedPosition) }
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

  private mutating func note(_ position: JSONString?) {
    feedPosition = position.flatMap { position in
      position.withUnescapedBytes { $0.count > Self.maximumPosition ? nil : Array($0) }
    }
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

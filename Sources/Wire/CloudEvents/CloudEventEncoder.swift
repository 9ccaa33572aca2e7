package import Domain

/// Writes events as CloudEvents 1.0 in the JSON format, the same bytes for the same event.
///
/// `CloudEventDecoder` reads back an equal event, but for what JSON or CloudEvents cannot say: an
/// empty id, source or type, an empty subject, a double that is not finite, an empty list of records.
package struct CloudEventEncoder: Sendable {
  /// What stands before a catalogue name in `type`, its last dot included.
  package let prefix: String

  package init(prefix: String = "dev.podium.") {
    self.prefix = prefix
  }

  /// Appends one event. Member order: id, source, specversion, type, subject, time, sequence,
  /// seqbasis, data; what the event does not have is left out.
  package func append(_ event: Event, to bytes: inout [UInt8]) {
    var writer = JSONWriter()
    swap(&writer.bytes, &bytes)
    writer.event(event, prefix: prefix)
    swap(&writer.bytes, &bytes)
  }

  /// Appends a batch (`application/cloudevents-batch+json`).
  package func append(batch events: some Sequence<Event>, to bytes: inout [UInt8]) {
    var writer = JSONWriter()
    swap(&writer.bytes, &bytes)
    writer.beginArray()
    for event in events { writer.event(event, prefix: prefix) }
    writer.endArray()
    swap(&writer.bytes, &bytes)
  }
}

extension JSONWriter {
  fileprivate mutating func event(_ event: Event, prefix: String) {
    beginObject()
    member("id", event.id)
    member("source", event.source)
    member("specversion", "1.0")
    switch event.type {
    case .known(let kind): member("type", prefix + kind.rawValue)
    case .unmapped(let text): member("type", text)
    }
    if let subject = event.subject { member("subject", subject) }
    if let time = event.time?.preciseRFC3339 { member("time", time) }
    if let sequence = event.sequence { member("sequence", String(sequence)) }
    if event.sequenceBasis != .unstated { member("seqbasis", event.sequenceBasis.rawValue) }
    if !event.data.entries.isEmpty {
      key("data")
      fields(event.data)
    }
    endObject()
  }

  private mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  private mutating func fields(_ fields: Fields) {
    beginObject()
    for entry in fields.entries {
      key(entry.field.rawValue)
      field(entry.value)
    }
    endObject()
  }

  private mutating func field(_ value: FieldValue) {
    switch value {
    case .string(let text): string(text)
    case .integer(let integer): self.integer(integer)
    case .number(let number): self.number(number)
    case .bool(let flag): bool(flag)
    case .null: null()
    case .strings(let texts):
      beginArray()
      for text in texts { string(text) }
      endArray()
    case .records(let records):
      beginArray()
      for record in records { fields(record) }
      endArray()
    }
  }
}

extension Timestamp {
  /// The moment as RFC 3339 in UTC, to the microsecond where it has any, else to the millisecond;
  /// nil outside the years 0 to 9999, which RFC 3339 cannot name.
  fileprivate var preciseRFC3339: String? {
    guard (Timestamp.earliest...Timestamp.latest).contains(microseconds) else { return nil }
    let civil = CivilTime(self)
    guard civil.microsecond % 1_000 != 0 else { return rfc3339 }
    let digits = String(1_000_000 + civil.microsecond).dropFirst()
    return "\(civil.date)T\(civil.clock).\(digits)Z"
  }

  /// 0000-01-01T00:00:00Z and the last microsecond of the year 9999.
  private static let earliest: Int64 = -62_167_219_200_000_000
  private static let latest: Int64 = 253_402_300_799_999_999
}

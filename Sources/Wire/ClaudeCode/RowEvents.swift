import Domain

/// The events of one row, all of its source, time and number.
///
/// An event's id is `row/kind/entity`: it depends on the row alone, so that a transcript read again,
/// in other pieces or beside other files, gives the same ids and the board drops what it knows.
struct RowEvents {
  /// Which session the row belongs to.
  let origin: TranscriptOrigin
  /// The row's uuid, or its file and line where it has none.
  let row: String
  let time: Timestamp?
  /// Rows seen before this one, over all files.
  let number: Int64
  private(set) var events: [Event] = []

  init(origin: TranscriptOrigin, row: String, time: Timestamp?, number: Int64) {
    self.origin = origin
    self.row = row
    self.time = time
    self.number = number
  }

  /// Adds an event about `collection/entity`.
  mutating func add(
    _ kind: EventKind, _ collection: Field, _ entity: String, part: String? = nil, _ data: Fields
  ) {
    events.append(
      Event(
        id: "\(row)/\(kind.rawValue)/\(part ?? entity)", source: origin.source,
        type: .known(kind), subject: "\(collection.rawValue)/\(entity)", time: time,
        sequence: number, sequenceBasis: .adapter, data: data))
  }

  /// Adds an event about `collection/entity` with these members.
  mutating func add(
    _ kind: EventKind, _ collection: Field, _ entity: String, part: String? = nil,
    _ data: KeyValuePairs<Field, FieldValue>
  ) {
    add(kind, collection, entity, part: part, Fields(data))
  }

  /// Adds the events of a row inside this one.
  mutating func append(_ inner: RowEvents) {
    events.append(contentsOf: inner.events)
  }

  /// Adds an event of a type outside the catalogue.
  mutating func addUnmapped(_ type: String) {
    events.append(
      Event(
        id: "\(row)/unmapped", source: origin.source, type: .unmapped(type), time: time,
        sequence: number, sequenceBasis: .adapter))
  }
}

/// A session, as events name it.
struct TranscriptOrigin: Codable, Sendable {
  /// The session's id, a UUID.
  let session: String
  /// The CloudEvents source.
  let source: String
  /// The id of the session's main agent: the first eight characters of the session's id.
  let root: String

  init(session: String) {
    self.session = session
    source = "claude-code/\(session)"
    root = String(session.prefix(8))
  }
}

extension Fields {
  /// Adds a member where there is a value.
  mutating func set(_ field: Field, _ text: String?) {
    if let text { self[field] = .string(text) }
  }

  /// Adds a member where there is a value.
  mutating func set(_ field: Field, _ number: Int64?) {
    if let number { self[field] = .integer(number) }
  }
}
